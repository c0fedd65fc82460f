import { getAddress, id, zeroPadValue } from 'ethers';
import type { DemoChain } from './chain.js';
import type { Contributor } from './people.js';

const TRANSFER = id('Transfer(address,address,uint256)');

interface PayoutItem {
  campaignId: string;
  epochIndex: number;
  address: string;
  /** Base units. */
  amount: string;
  state: string;
  tx: string | null;
}

interface Balances {
  campaignId: string;
  held: string;
  released: string;
  published: string;
  paid: string;
}

/** What a contributor was paid, as the chain has it. */
export interface PaidOnChain {
  /** Base units of the token. */
  balance: bigint;
  /** Of the first payment. */
  tx: string;
}

/** Payouts of a contributor that are final on chain, oldest first. */
export async function confirmedPayouts(person: Contributor): Promise<PayoutItem[]> {
  const { items } = await person.api.get<{ items: PayoutItem[] }>('/payouts?limit=200');
  return items.filter((item) => item.state === 'confirmed').reverse();
}

/**
 * Whether a contributor was paid exactly what is theirs. Four books must agree: the token's Transfer events are one
 * by one the confirmed payouts, no two of them for the same root; their sum is the wallet's balance and what the
 * ledger calls paid; and the ledger holds as much as the reward lines say. Null when they do not.
 */
export async function checkPayments(person: Contributor, chain: DemoChain): Promise<PaidOnChain | null> {
  const { address } = person.wallet;
  const confirmed = await confirmedPayouts(person);
  const [ledger] = (await person.api.get<{ campaigns: Balances[] }>('/earnings/summary')).campaigns;
  if (!ledger) return null;
  const days = await person.api.get<{ items: { total: string }[] }>(
    `/earnings/days?campaignId=${ledger.campaignId}&days=30`,
  );
  const transfers = await transfersTo(address, chain);
  const balance = await chain.chain.tokenBalance(chain.token, address, 'finalized');

  const wanted = confirmed.map(({ tx, amount }) => `${tx} ${amount}`).sort();
  const found = transfers.map(({ tx, units }) => `${tx} ${units}`).sort();
  const roots = new Set(confirmed.map(({ campaignId, epochIndex }) => `${campaignId} ${epochIndex}`));
  const ledgerSum = [ledger.held, ledger.released, ledger.published, ledger.paid].map(BigInt).reduce(add);
  const agrees =
    confirmed.length > 0 &&
    confirmed.every((payout) => payout.tx && getAddress(payout.address) === address) &&
    roots.size === confirmed.length &&
    wanted.join() === found.join() &&
    balance === transfers.map(({ units }) => units).reduce(add, 0n) &&
    balance === BigInt(ledger.paid) &&
    ledgerSum === days.items.map(({ total }) => BigInt(total)).reduce(add, 0n);
  return agrees ? { balance, tx: confirmed[0]!.tx! } : null;
}

const add = (a: bigint, b: bigint) => a + b;

/** Every final transfer of the token from the payout contract to `address`. */
async function transfersTo(address: string, { chain, token, payoutContract }: DemoChain) {
  const logs = await chain.getLogs({
    address: token,
    topic: TRANSFER,
    fromBlock: 0,
    toBlock: await chain.blockNumber('finalized'),
  });
  const [from, to] = [payoutContract, address].map((party) => zeroPadValue(party, 32).toLowerCase());
  return logs
    .filter(({ topics }) => topics[1] === from && topics[2] === to)
    .map((log) => ({ tx: log.transactionHash, units: BigInt(log.data) }));
}
