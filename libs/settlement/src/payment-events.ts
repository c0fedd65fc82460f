import { getAddress } from 'ethers';
import { CHUNK } from './amount-vector.js';
import type { ChainLog } from './chain.js';
import { campaignInterface, tokenInterface } from './contract-interfaces.js';
import { SettlementError } from './errors.js';
import type { ReceiptContext } from './push-receipt.js';

/** One transfer of a push, not yet told whose index it is. */
export interface PushedTransfer {
  /** EIP-55. */
  readonly to: string;
  readonly units: bigint;
  readonly logIndex: number;
}

export interface PushEvent {
  readonly kind: 'push';
  /** Number of the root it was paid under. */
  readonly epoch: number;
  readonly firstIndex: number;
  /** How many indices its chunks have. */
  readonly indices: number;
  readonly units: bigint;
  /** In the order of their indices. */
  readonly transfers: readonly PushedTransfer[];
  /** Indices whose transfer failed. */
  readonly failed: readonly number[];
  /** Of the BatchPaid event. */
  readonly logIndex: number;
}

export interface ClaimEvent {
  readonly kind: 'claim';
  readonly index: number;
  readonly units: bigint;
  /** Of the Paid event. */
  readonly logIndex: number;
}

/**
 * What a campaign paid in one transaction, told by the events of campaign and token alone: whoever called, through
 * whatever contract, and however often. In the contract's order a push's transfers come before its BatchPaid, a
 * claim's transfer after its Paid, a sweep's before its Swept.
 * @param logs all logs of one receipt
 * @throws SettlementError `receipt_mismatch` when they do not add up; nothing should be booked from them
 */
export function readPaymentEvents(
  context: Pick<ReceiptContext, 'campaign' | 'token' | 'unitSize'>,
  logs: readonly ChainLog[],
): (PushEvent | ClaimEvent)[] {
  const [campaign, token] = [getAddress(context.campaign), getAddress(context.token)];
  const events: (PushEvent | ClaimEvent)[] = [];
  let transfers: PushedTransfer[] = [];
  let failed: number[] = [];
  let claimed: bigint | null = null;
  for (const log of [...logs].sort((a, b) => a.logIndex - b.logIndex)) {
    const { logIndex } = log;
    const wrong = (what: string) =>
      new SettlementError('receipt_mismatch', what, { hash: log.transactionHash, logIndex });
    if (log.address === token) {
      const event = tokenInterface.parseLog(log as MutableLog);
      if (event?.name !== 'Transfer' || event.args.from !== campaign) continue;
      const units = event.args.value / context.unitSize;
      if (claimed === null) transfers.push({ to: event.args.to, units, logIndex });
      else if (claimed !== units) throw wrong('the transfer of a claim is not its amount');
      claimed = null;
    }
    if (log.address !== campaign) continue;
    const event = campaignInterface.parseLog(log as MutableLog);
    if (event?.name === 'PaymentFailed') failed.push(Number(event.args.index));
    if (event?.name === 'Paid') {
      const { index, units } = event.args;
      events.push({ kind: 'claim', index: Number(index), units, logIndex });
      claimed = units;
    }
    if (event?.name === 'Swept' && event.args.asset === token) transfers.pop();
    if (event?.name === 'BatchPaid') {
      const { epoch, firstChunk, chunkCount, units } = event.args;
      const sum = transfers.reduce((all, transfer) => all + transfer.units, 0n);
      if (sum !== units) throw wrong(`BatchPaid says ${units}, its transfers are ${sum} units`);
      events.push({
        kind: 'push',
        epoch: Number(epoch),
        firstIndex: Number(firstChunk) * CHUNK,
        indices: Number(chunkCount) * CHUNK,
        units,
        transfers,
        failed,
        logIndex,
      });
      [transfers, failed] = [[], []];
    }
  }
  return events;
}

/** Somebody a push may have paid. */
export interface PushPayee {
  readonly index: number;
  /** EIP-55, as in the root that was pushed. */
  readonly account: string;
  /** What was due to it by the payer's own books. */
  readonly due: bigint;
}

/**
 * Whose index each transfer of a push was. Payees of one address are told apart by their order and by what was due.
 * @param payees in the order of their indices
 * @throws SettlementError `receipt_mismatch` when a transfer went to nobody who could have been paid
 */
export function placeTransfers(
  push: PushEvent,
  payees: readonly PushPayee[],
): { index: number; units: bigint }[] {
  const open = payees.filter(({ index }) => !push.failed.includes(index));
  let next = 0;
  return push.transfers.map(({ to, units, logIndex }) => {
    const rest = open.slice(next);
    const fits = rest.findIndex((payee) => payee.account === to && payee.due === units);
    const found = fits >= 0 ? fits : rest.findIndex((payee) => payee.account === to);
    if (found < 0)
      throw new SettlementError('receipt_mismatch', 'a push paid an address that is not in the root', {
        to,
        logIndex,
      });
    next += found + 1;
    return { index: rest[found]!.index, units };
  });
}

/** parseLog takes a mutable array of topics but changes nothing. */
type MutableLog = ChainLog & { topics: string[] };
