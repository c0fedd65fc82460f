/** The operator's money, and what contributors see when there is little of it. */
export const treasuryEn = {
  title: 'Treasury',
  lead: 'What came in, what is promised, what was paid, and how long the rest lasts. At two days nothing new is handed out; with everything promised a campaign pauses by itself, and goes on when money came in. What is promised stays covered and is paid.',
  runway: 'Lasts for',
  days: (count: string) => `${count} days`,
  pace: (amount: string) => `at ${amount} promised a day, the average of the last 7 days`,
  paceUnknown: 'no period was closed yet',
  free: 'Not promised to anybody',
  everFunded: 'Funded so far',
  committed: 'Promised and not paid',
  held: 'of it held back',
  owed: 'of it due now',
  paid: 'Paid',
  onContract: 'On the contract',
  read: 'read',
  senders: 'Accounts that send transactions',
  sendersUnknown: 'Unknown: they were not read yet.',
  roles: { proposer: 'proposes and pays', approver: 'approves' },
  coins: (amount: string) => `${amount} of the chain’s coin`,
  payouts: (count: string) => `good for about ${count} payouts at the present fee;`,
  payoutsUnknown: 'how many payouts that pays is unknown;',
  low: 'Money for two days or less: nothing new is handed out.',
  paused: 'Everything funded is promised: the campaign is paused.',
  campaignLow: (name: string) =>
    `${name} has money for two days or less. No new plots are asked for until it is funded. What you earned is covered and will be paid.`,
  campaignPaused: (name: string) =>
    `${name} is paused: all of its money is promised. Nothing new is earned until it is funded; it then goes on by itself. What you earned is covered and will be paid.`,
};
