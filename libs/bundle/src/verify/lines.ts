import { canonicalText } from '#libs/protocol';
import type { EpochOutcome } from '#libs/ruleset';
import { BundleFault } from '../fault.js';
import type { FaultReason, FaultValues } from '../fault-words.js';
import { type Adjustment, type Line, type Pool, publishedName } from '../records.js';
import { isSame } from './is-same.js';
import { addReleased } from './tree.js';

/**
 * Sees that every published line is the one that the rules make, and that there is no other. They come one by one: a
 * million need not be kept.
 */
export class LineCheck {
  count = 0;
  /** What the lines release, by account, base units. */
  readonly released = new Map<string, bigint>();
  private next: Line | undefined;

  constructor(private readonly expected: Iterator<Line, void>) {
    this.goOn();
  }

  /** The expected line, when this is its text: nearly always, and then nothing of it need be read. */
  readonly known = (text: string): Line | null =>
    this.next && canonicalText(this.next) === text ? this.next : null;

  /** The next published line. Throws BundleFault. */
  take(is: Line): void {
    this.count++;
    const must = this.goOn();
    if (!must) throw this.fault('line_unfounded', { kind: is.kind });
    if (!isSame(is, must)) throw this.difference(is, must);
    addReleased(this.released, is);
  }

  /** After the last. Throws BundleFault. */
  end(): void {
    const must = this.goOn();
    if (!must) return;
    this.count++;
    throw this.fault('line_missing', { kind: must.kind, amount: must.amount });
  }

  private goOn(): Line | undefined {
    const { next } = this;
    this.next = this.expected.next().value ?? undefined;
    return next;
  }

  private difference(is: Line, must: Line): BundleFault {
    const field = (Object.keys(must) as (keyof Line)[]).find((name) => !isSame(is[name], must[name]))!;
    const words = { is: canonicalText(is[field]) ?? '', must: canonicalText(must[field]) ?? '' };
    return this.fault('other_line', { kind: is.kind, field, ...words });
  }

  private fault(reason: FaultReason, values: FaultValues): BundleFault {
    return new BundleFault('reward', publishedName('lines'), reason, values, this.count);
  }
}

/** What became of each held part is what the rules make of it. Throws BundleFault. */
export function checkHeld(adjustments: readonly Adjustment[], expected: readonly Adjustment[]): void {
  const file = publishedName('adjustments');
  const mustOf = new Map(expected.map((one) => [one.plot, one]));
  for (const [i, is] of adjustments.entries()) {
    const must = mustOf.get(is.plot);
    mustOf.delete(is.plot);
    if (!must) throw new BundleFault('reward', file, 'held_unfounded', { plot: is.plot }, i + 1);
    if (isSame(is, must)) continue;
    const words = { is: canonicalText(is)!, must: canonicalText(must)! };
    throw new BundleFault('reward', file, 'other_held', words, i + 1);
  }
  const [missing] = mustOf.keys();
  if (missing) throw new BundleFault('reward', file, 'held_missing', { plot: missing });
}

/** Every pool is what it was, faded, and the tries of the epoch's answers. Throws BundleFault. */
export function checkPools(pools: readonly Pool[], { pools: after }: EpochOutcome): void {
  const file = publishedName('pools');
  const expected = Object.keys(after.nodes).length + Object.keys(after.plots).length;
  for (const [i, pool] of pools.entries()) {
    const must = (pool.kind === 'node' ? after.nodes : after.plots)[pool.subject];
    if (!must || must.tries !== pool.after.tries || must.proofs !== pool.after.proofs) {
      throw new BundleFault('pool', file, 'other_pool', {}, i + 1);
    }
  }
  if (pools.length !== expected) {
    throw new BundleFault('pool', file, 'other_pools', { is: pools.length, must: expected });
  }
}
