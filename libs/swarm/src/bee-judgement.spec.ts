import { expect, test } from 'vitest';
import { agreeing, type Committed, judgeSilence, type Stake, stakeGap } from './bee-judgement.js';
import { declaredReserve, RESERVE_CHUNKS } from './reserve-estimate.js';

const committed = (accountId: string, commitment: string, plur = 10n): Committed => ({
  accountId,
  commitment,
  plur,
});
const overlay = 'aa'.repeat(32);
const stake: Stake = { overlay, plur: 10n ** 17n, height: 0, sinceBlock: 100, frozenUntilBlock: null };

test('others agree when they are other people, and most of the stake is theirs', () => {
  const [a, b, c] = [committed('a', 'x'), committed('b', 'x'), committed('c', 'y')];
  expect(agreeing(a, [a, b, c])).toBe(1);
  expect(agreeing(c, [a, b, c])).toBe(0);
  // nobody else, one more node of one’s own, or half of the stake
  expect(agreeing(a, [a])).toBe(0);
  expect(agreeing(a, [a, committed('a', 'x')])).toBe(0);
  expect(agreeing(a, [a, b, committed('c', 'y', 20n)])).toBe(0);
  // many without a stake that counts are nobody
  const crowd = Array.from({ length: 20 }, (_, i) => committed(`crowd${i}`, 'y', 0n));
  expect(agreeing(crowd[0]!, [a, b, ...crowd])).toBe(0);
  expect(agreeing(a, [a, b, ...crowd])).toBe(1);
});

test('a stake stands behind an overlay when it is large and old enough, not frozen, and not moved', () => {
  expect(stakeGap(stake, overlay, 1000)).toBe(null);
  expect(stakeGap(null, overlay, 1000)).toBe('stake-missing');
  expect(stakeGap({ ...stake, height: 1 }, overlay, 1000)).toBe('stake-missing');
  expect(stakeGap(stake, 'bb'.repeat(32), 1000)).toBe('overlay-moved');
  expect(stakeGap({ ...stake, frozenUntilBlock: 1000 }, overlay, 1000)).toBe('frozen');
  expect(stakeGap(stake, overlay, 404)).toBe('stake-too-young');
  expect(stakeGap(stake, overlay, 405)).toBe(null);
});

test('without an answer it is said whose fault that is', () => {
  expect(judgeSilence({ fault: null, commitment: null })).toMatchObject({
    verdict: 'late',
    reason: 'not-committed',
  });
  expect(judgeSilence({ fault: null, commitment: overlay })).toMatchObject({ reason: 'not-opened' });
  expect(judgeSilence({ fault: 'bee-syncing', commitment: null })).toMatchObject({ verdict: 'unready' });
  expect(judgeSilence({ fault: 'overlay-differs', commitment: null })).toMatchObject({ verdict: 'invalid' });
});

test('a reserve counts up to what was declared', () => {
  const small = new Uint8Array(32).fill(0xff, 0, 1);
  expect(declaredReserve([small], 1)).toMatchObject({ chunks: 30n, bytes: 30n * 4096n, isCapped: false });
  const huge = new Uint8Array(32).fill(1, 31);
  expect(declaredReserve([huge], 1)).toMatchObject({ chunks: BigInt(RESERVE_CHUNKS) * 2n, isCapped: true });
});
