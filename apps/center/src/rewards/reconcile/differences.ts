/** Which two books differ, and what each says; base units. */
export interface Difference {
  books:
    | 'ledger and itself'
    | 'ledger and lines'
    | 'ledger and bundle'
    | 'ledger and contract'
    | 'ledger and balance'
    | 'ledger and cheques';
  /** What is compared, for people. */
  what: string;
  ledger: string;
  other: string;
}

/** Everything that is compared, all of one campaign; base units. */
export interface Books {
  /** Sum of all postings. */
  sumOfPostings: bigint;
  /** Accounts of the ledger that may never be below zero. */
  balances: Readonly<Record<string, bigint>>;
  /** Promised by reward lines (without releases), less forfeits; and what of it is still held. */
  promisedByLines: bigint;
  heldByLines: bigint;
  /** Ever released, by account: the ledger, and the tree of the last bundle. */
  releasedByLedger: ReadonlyMap<string, bigint>;
  releasedByBundle: ReadonlyMap<string, bigint>;
  /** Paid and held by the contract at a final block. */
  contractPaid: bigint;
  contractBalance: bigint;
}

/**
 * Compares ledger, lines, bundle, contract and balance. `behind`: the contract has paid more than is booked, which is so
 * for a moment after each payment and wrong only when it stays.
 */
export function differencesOf(books: Books): { differences: Difference[]; behind: Difference | null } {
  const differences: Difference[] = [];
  const compare = (is: Difference['books'], what: string, ledger: bigint, other: bigint) => {
    if (ledger !== other) differences.push(difference(is, what, ledger, other));
  };
  const { balances } = books;
  const of = (account: string) => balances[account] ?? 0n;
  compare('ledger and itself', 'sum of all postings', books.sumOfPostings, 0n);
  for (const [account, amount] of Object.entries(balances)) {
    if (account !== 'campaign:external' && amount < 0n) compare('ledger and itself', account, amount, 0n);
  }
  const promised =
    of('contributor:held') +
    of('contributor:released') +
    of('contributor:published') +
    of('contributor:paid');
  compare('ledger and lines', 'promised to contributors', promised, books.promisedByLines);
  compare('ledger and lines', 'held', of('contributor:held'), books.heldByLines);
  for (const account of new Set([...books.releasedByLedger.keys(), ...books.releasedByBundle.keys()])) {
    const [ledger, bundle] = [books.releasedByLedger, books.releasedByBundle].map(
      (by) => by.get(account) ?? 0n,
    );
    compare('ledger and bundle', `released to ${account}`, ledger!, bundle!);
  }
  const paid = of('contributor:paid');
  if (paid > books.contractPaid) compare('ledger and contract', 'paid', paid, books.contractPaid);
  const funded = -of('campaign:external');
  const everFunded = books.contractBalance + books.contractPaid;
  // more came in than is booked: it is booked at the next look; less is gone
  if (everFunded < funded) compare('ledger and balance', 'funded', funded, everFunded);
  const behind =
    paid < books.contractPaid ? difference('ledger and contract', 'paid', paid, books.contractPaid) : null;
  return { differences, behind };
}

const difference = (books: Difference['books'], what: string, ledger: bigint, other: bigint): Difference => ({
  books,
  what,
  ledger: ledger.toString(),
  other: other.toString(),
});
