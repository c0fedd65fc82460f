import { expect, test } from 'vitest';
import { openPlot } from './plot-reader.js';
import { memorySource } from './source.js';
import { alignTables, endAtCheckpoint, openTables, reverseEqualF7 } from './testing/other-layouts.js';
import {
  bytes,
  type ChallengeVector,
  challengeOf,
  hex,
  vectorLines,
  wholeFile,
} from './testing/plot-vectors.js';

const reference = await openTables(wholeFile('plot-k18-n0.plot'));

/** The proofs of every n-th challenge of the vectors, whatever the order of those of one challenge. */
async function expectProofs(file: Uint8Array, every: number): Promise<void> {
  const plot = await openPlot(memorySource(file));
  const challenges = vectorLines<ChallengeVector>('proofs-k18-n0.jsonl');
  for (const { challenge, proofs } of challenges.filter((_, i) => i % every === 0)) {
    const asked = bytes(challenge);
    const qualities = await plot.qualities(asked);
    const found = await Promise.all(
      qualities.map(async (quality, index) => ({
        proof: hex(await plot.proof(asked, index)),
        quality: hex(quality),
      })),
    );
    const inOrder = (pairs: { proof: string; quality: string }[]) =>
      pairs.map(({ proof, quality }) => `${proof} ${quality}`).sort();
    expect(inOrder(found)).toEqual(inOrder(proofs));
  }
  await plot.close();
}

test('entries of the same f7 in another order, as in plots of madMAx', async () => {
  const other = reverseEqualF7(reference);
  expect(other).not.toEqual(reference.file);
  await expectProofs(other, 1);
});

test('aligned tables in another order with anything in between, as in plots of bladebit', async () => {
  for (const filler of [() => 0, () => 0xff, (i: number) => (i * 2_654_435_761) >>> 24]) {
    await expectProofs(alignTables(reference, filler), 5);
  }
});

test('every f7 of a plot is found, as often as it is there: checkpoints, runs over parks and blocks, the last', async () => {
  const plot = await openPlot(memorySource(reference.file));
  const { f7 } = reference;
  const wanted = new Map<number, number>();
  const times = (value: number) => f7.filter((each) => each === value).length;
  for (let i = 0; i < f7.length; i++) {
    const isEdge = i % 10_000 === 0 || i % 2048 === 0 || i === f7.length - 1;
    if (isEdge) for (const value of [f7[i]!, f7[Math.max(0, i - 1)]!]) wanted.set(value, times(value));
  }
  // The fixture has both kinds of runs, so that this does test them.
  const crosses = (interval: number) =>
    f7.some((value, i) => i > 0 && i % interval === 0 && value === f7[i - 1]);
  expect([crosses(2048), crosses(10_000)]).toEqual([true, true]);
  for (const [value, count] of wanted) {
    expect([value, (await plot.qualities(challengeOf(value))).length]).toEqual([value, count]);
  }
});

test('a last block of C3 without deltas may be missing, with the padding before it or without', async () => {
  const { header, f7 } = reference;
  const last = Math.floor((f7.length - 1) / 10_000) * 10_000;
  for (const leavesPadding of [true, false]) {
    const short = endAtCheckpoint(reference, leavesPadding);
    const plot = await openPlot(memorySource(short));
    expect((await plot.qualities(challengeOf(f7[last]!))).length).toBeGreaterThan(0);
    // With entries behind it in P7 the block is missed, and so is a byte of the block before.
    const whole = short.slice();
    whole.set(reference.file.subarray(header.parks[7]!.begin, header.c1.begin), header.parks[7]!.begin);
    for (const cut of [whole, endAtCheckpoint(reference, false).subarray(0, -1)]) {
      await expect(openPlot(memorySource(cut))).rejects.toMatchObject({ code: 'plot_truncated' });
    }
  }
});
