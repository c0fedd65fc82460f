import { getAddress, getBytes, hexlify } from 'ethers';
import { ADDRESS_BYTES, type AmountVector, CHUNK, emptyVector, setUnits, unitsAt } from './amount-vector.js';
import type { ChainLog, ChainReceipt } from './chain.js';
import { campaignInterface, tokenInterface } from './contract-interfaces.js';
import { SettlementError } from './errors.js';

/** The campaign whose transaction is read. */
export interface ReceiptContext {
  /** Address of the PayoutCampaign contract. */
  campaign: string;
  token: string;
  unitSize: bigint;
  /** 128 × 20 bytes of a chunk; needed only to read a `pushGroupBook`. */
  addressesOf?: (chunk: number) => Uint8Array;
}

export interface PushPayment {
  readonly index: number;
  /** EIP-55. */
  readonly account: string;
  /** Units paid by this transaction, not cumulative. */
  readonly units: bigint;
  /** Of the token's Transfer event. */
  readonly logIndex: number;
}

export interface FailedPayment {
  readonly index: number;
  readonly account: string;
  /** Units that stay owed. */
  readonly units: bigint;
}

export interface PushOutcome {
  readonly epoch: number;
  readonly firstChunk: number;
  /** Sum of all payments. */
  readonly units: bigint;
  readonly payments: readonly PushPayment[];
  readonly failed: readonly FailedPayment[];
  /** The vectors now applied; their hashes are what the contract keeps. */
  readonly vectors: readonly { readonly chunk: number; readonly paid: AmountVector }[];
}

interface PushPart {
  addresses?: string;
  paid: string;
  amounts: string;
  skip: bigint;
}

/**
 * Who was paid what by a push: the differences of the vectors in the calldata, less the PaymentFailed events, checked
 * one by one against the token's Transfer events and the BatchPaid sum.
 * @param calldata of the transaction
 * @throws SettlementError `transaction_reverted`, `not_a_push`, `addresses_needed`, `receipt_mismatch` (the token's
 * events are not those of the payments; nothing should be booked from it)
 */
export function parsePushReceipt(
  context: ReceiptContext,
  calldata: string,
  receipt: ChainReceipt,
): PushOutcome {
  if (receipt.status === 'reverted')
    throw new SettlementError('transaction_reverted', 'the push reverted and paid nobody', {
      hash: receipt.hash,
    });
  const { firstChunk, parts } = decodePush(context, calldata, receipt);
  const failed = failedPayments(context, receipt);
  const failedIndices = new Set(failed.map(({ index }) => index));
  const vectors: { chunk: number; paid: AmountVector }[] = [];
  const expected: Omit<PushPayment, 'logIndex'>[] = [];
  for (const [i, part] of parts.entries()) {
    const chunk = firstChunk + i;
    const addresses = part.addresses ? getBytes(part.addresses) : context.addressesOf?.(chunk);
    if (!addresses)
      throw new SettlementError('addresses_needed', 'a book push names no addresses', { chunk });
    const before = part.paid === '0x' ? emptyVector() : getBytes(part.paid);
    const amounts = getBytes(part.amounts);
    const after = before.slice();
    for (let place = 0; place < CHUNK; place++) {
      const index = chunk * CHUNK + place;
      const units = unitsAt(amounts, place) - unitsAt(before, place);
      if (units <= 0n || failedIndices.has(index) || (part.skip >> BigInt(place)) & 1n) continue;
      setUnits(after, place, unitsAt(amounts, place));
      const account = addresses.subarray(place * ADDRESS_BYTES, (place + 1) * ADDRESS_BYTES);
      expected.push({ index, account: getAddress(hexlify(account)), units });
    }
    vectors.push({ chunk, paid: after });
  }
  const payments = matchTransfers(context, expected, receipt);
  const units = payments.reduce((sum, payment) => sum + payment.units, 0n);
  const batch = ownLogs(context.campaign, receipt, 'BatchPaid')[0];
  if (!batch || batch.units !== units)
    throw mismatch(receipt, `BatchPaid says ${batch?.units}, the payments are ${units} units`);
  return { epoch: Number(batch.epoch), firstChunk, units, payments, failed, vectors };
}

function decodePush(context: ReceiptContext, calldata: string, receipt: ChainReceipt) {
  const call = campaignInterface.parseTransaction({ data: calldata });
  const isPush = call?.name === 'pushGroup' || call?.name === 'pushGroupBook';
  if (!call || !isPush || receipt.to !== getAddress(context.campaign))
    throw new SettlementError('not_a_push', 'not a push to this campaign', { hash: receipt.hash });
  return { firstChunk: Number(call.args.firstChunk), parts: call.args.chunks as PushPart[] };
}

function failedPayments(context: ReceiptContext, receipt: ChainReceipt): FailedPayment[] {
  return ownLogs(context.campaign, receipt, 'PaymentFailed').map(({ index, account, units }) => ({
    index: Number(index),
    account,
    units,
  }));
}

function matchTransfers(
  context: ReceiptContext,
  expected: readonly Omit<PushPayment, 'logIndex'>[],
  receipt: ChainReceipt,
): PushPayment[] {
  const campaign = getAddress(context.campaign);
  const transfers = receipt.logs
    .filter((log) => log.address === getAddress(context.token))
    .map((log) => ({ logIndex: log.logIndex, event: tokenInterface.parseLog(log as MutableLog) }))
    .filter(({ event }) => event?.name === 'Transfer' && event.args.from === campaign)
    .sort((a, b) => a.logIndex - b.logIndex);
  if (transfers.length !== expected.length)
    throw mismatch(receipt, `${transfers.length} Transfer events for ${expected.length} payments`);
  return expected.map((payment, i) => {
    const { event, logIndex } = transfers[i]!;
    if (event!.args.to !== payment.account || event!.args.value !== payment.units * context.unitSize)
      throw mismatch(receipt, `Transfer event ${logIndex} is not the payment of index ${payment.index}`);
    return { ...payment, logIndex };
  });
}

/** parseLog takes a mutable array of topics but changes nothing. */
type MutableLog = ChainLog & { topics: string[] };

function ownLogs(campaign: string, receipt: ChainReceipt, name: string) {
  return receipt.logs
    .filter((log) => log.address === getAddress(campaign))
    .map((log) => campaignInterface.parseLog(log as MutableLog))
    .filter((event) => event?.name === name)
    .map((event) => event!.args);
}

function mismatch(receipt: ChainReceipt, message: string): SettlementError {
  return new SettlementError('receipt_mismatch', message, { hash: receipt.hash });
}

export interface ClaimPayment {
  readonly index: number;
  /** The account in the root. */
  readonly account: string;
  /** Where the tokens went. */
  readonly recipient: string;
  /** Paid by this transaction, not cumulative. */
  readonly units: bigint;
  /** Of the Paid event. */
  readonly logIndex: number;
}

/** The claims among these logs (of a receipt, or of `getLogs` with `CLAIM_TOPIC`); other logs are passed over. */
export function parseClaimLogs(campaign: string, logs: readonly ChainLog[]): ClaimPayment[] {
  return logs
    .filter((log) => log.address === getAddress(campaign) && log.topics[0] === CLAIM_TOPIC)
    .map((log) => {
      const { index, account, recipient, units } = campaignInterface.parseLog(log as MutableLog)!.args;
      return { index: Number(index), account, recipient, units, logIndex: log.logIndex };
    });
}

/** First topic of the Paid event. */
export const CLAIM_TOPIC = campaignInterface.getEvent('Paid')!.topicHash;
/** First topic of the BatchPaid event. */
export const PUSH_TOPIC = campaignInterface.getEvent('BatchPaid')!.topicHash;
