import { hexlify } from 'ethers';
import { type AmountVector, CHUNK, emptyVector, setUnits, unitsAt } from './amount-vector.js';
import type { GroupPush } from './campaign-calls.js';
import { SettlementError } from './errors.js';
import { keccak256 } from './keccak.js';
import type { PayoutTree } from './payout-tree.js';

/** The vector already paid of a chunk; null when it was never paid. */
export type PaidVectors = (chunk: number) => AmountVector | null;

export interface DuePayment {
  readonly index: number;
  /** EIP-55. */
  readonly account: string;
  /** Difference to be paid now. */
  readonly units: bigint;
}

/** One `pushGroup` and the payments it makes when no transfer fails. */
export interface PlannedPush {
  readonly group: GroupPush;
  readonly payments: readonly DuePayment[];
}

export interface PlanOptions {
  /** Chunks in one transaction at most: 1, 2 or 4. Default 4 = 512 payees, 13.4 Mgas when all are new. */
  maxChunks?: 1 | 2 | 4;
  /** Indices to leave as they are (on hold, under the minimum, …). */
  skip?: ReadonlySet<number>;
}

/** Hash the contract keeps in `applied`; 32 zero bytes for null. */
export function vectorHash(vector: AmountVector | null): string {
  return vector ? hexlify(keccak256(vector)) : `0x${'00'.repeat(32)}`;
}

/** What the tree owes in one chunk beyond what is paid, in order of index. */
export function dueInChunk(
  tree: PayoutTree,
  chunk: number,
  paid: AmountVector | null,
  skip?: ReadonlySet<number>,
): DuePayment[] {
  const { amounts } = tree.chunk(chunk);
  const before = paid ?? emptyVector();
  const due: DuePayment[] = [];
  for (let place = 0; place < CHUNK; place++) {
    const units = unitsAt(amounts, place) - unitsAt(before, place);
    const index = chunk * CHUNK + place;
    if (units > 0n && !skip?.has(index)) due.push({ index, account: tree.entry(index).account, units });
  }
  return due;
}

/**
 * The pushes that pay everything due under the tree. Neighbouring chunks share a transaction when more than half of
 * them have something due. Vectors must be those the contract has applied (`vectorHash`).
 */
export function planPushes(tree: PayoutTree, paid: PaidVectors, options: PlanOptions = {}): PlannedPush[] {
  const { maxChunks = 4, skip } = options;
  const due = new Map<number, DuePayment[]>();
  for (const { chunk } of tree.chunks) {
    const payments = dueInChunk(tree, chunk, paid(chunk), skip);
    if (payments.length > 0) due.set(chunk, payments);
  }
  const plan: PlannedPush[] = [];
  const visit = (first: number, size: number): void => {
    const chunks = Array.from({ length: size }, (_, i) => first + i);
    const withDue = chunks.filter((chunk) => due.has(chunk)).length;
    if (withDue === 0) return;
    if (withDue * 2 > size && chunks.every((chunk) => tree.hasChunk(chunk))) {
      const payments = chunks.flatMap((chunk) => due.get(chunk) ?? []);
      plan.push({ group: groupPush(tree, first, size, paid, skip), payments });
      return;
    }
    visit(first, size / 2);
    visit(first + size / 2, size / 2);
  };
  for (let first = 0; first < tree.chunkCount; first += maxChunks) visit(first, maxChunks);
  return plan;
}

/**
 * Calldata parts of one group.
 * @throws SettlementError `chunk_unknown`, `group_invalid`
 */
export function groupPush(
  tree: PayoutTree,
  firstChunk: number,
  size: number,
  paid: PaidVectors,
  skip?: ReadonlySet<number>,
): GroupPush {
  const chunks = Array.from({ length: size }, (_, i) => {
    const { chunk, addresses, amounts, leavesRoot } = tree.chunk(firstChunk + i);
    return { addresses, amounts, leavesRoot, paid: paid(chunk), skip: skipBits(chunk, skip) };
  });
  return { firstChunk, chunks, proof: tree.chunkProof(firstChunk, size) };
}

/**
 * The smallest `totalUnits` a proposal of this tree may carry: Σ max(new, paid). It exceeds the tree's own sum where a
 * correction lowered somebody below what was paid already.
 */
export function requiredTotalUnits(tree: PayoutTree, paid: ReadonlyMap<number, AmountVector>): bigint {
  let total = tree.totalUnits;
  for (const [chunk, before] of paid) {
    const amounts = tree.hasChunk(chunk) ? tree.chunk(chunk).amounts : emptyVector();
    for (let place = 0; place < CHUNK; place++) {
      const over = unitsAt(before, place) - unitsAt(amounts, place);
      if (over > 0n) total += over;
    }
  }
  return total;
}

/** The paid vector after a claim of `index` up to cumulative `units`. @throws SettlementError `nothing_due` */
export function applyClaim(paid: AmountVector | null, index: number, units: bigint): AmountVector {
  const after = paid ? paid.slice() : emptyVector();
  if (unitsAt(after, index % CHUNK) >= units)
    throw new SettlementError('nothing_due', 'as much was paid already', { index });
  setUnits(after, index % CHUNK, units);
  return after;
}

function skipBits(chunk: number, skip?: ReadonlySet<number>): bigint {
  let bits = 0n;
  if (skip && skip.size > 0)
    for (let place = 0; place < CHUNK; place++)
      if (skip.has(chunk * CHUNK + place)) bits |= 1n << BigInt(place);
  return bits;
}
