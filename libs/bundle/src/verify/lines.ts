import { canonicalText } from '#libs/protocol';
import type { EpochOutcome } from '#libs/ruleset';
import { BundleFault } from '../fault.js';
import { type Adjustment, type Line, type Pool, publishedName } from '../records.js';
import { isSame } from './is-same.js';

/** Every published line is the one that the rules make, and there is no other. Throws BundleFault. */
export function checkLines(lines: readonly Line[], expected: Iterable<Line>): void {
  const file = publishedName('lines');
  let place = 0;
  for (const must of expected) {
    const is = lines[place++];
    const { kind, amount } = must;
    if (!is) throw new BundleFault('reward', file, 'line_missing', { kind, amount }, place);
    if (isSame(is, must)) continue;
    const field = (Object.keys(must) as (keyof Line)[]).find((name) => !isSame(is[name], must[name]))!;
    const [there, here] = [canonicalText(is[field]) ?? '', canonicalText(must[field]) ?? ''];
    throw new BundleFault(
      'reward',
      file,
      'other_line',
      { kind: is.kind, field, is: there, must: here },
      place,
    );
  }
  const more = lines[place];
  if (more) throw new BundleFault('reward', file, 'line_unfounded', { kind: more.kind }, place + 1);
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
