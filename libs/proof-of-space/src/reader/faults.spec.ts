import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiskLane } from '../disk/disk-lane.js';
import { PlotFormatError } from '../errors.js';
import { verifyProof } from '../verify/verify-proof.js';
import { readFullHeader } from './header.js';
import { openPlot } from './plot-reader.js';
import { plotReason } from './plot-reason.js';
import { memorySource, type PlotSource } from './source.js';
import { countedSource, faultySource, lanedSource } from './testing/faulty-source.js';
import { bytes, type ChallengeVector, vectorLines, wholeFile } from './testing/plot-vectors.js';

const file = wholeFile('plot-k18-n0.plot');
const known = vectorLines<ChallengeVector>('proofs-k18-n0.jsonl').filter(({ proofs }) => proofs.length > 0);
const challenge = bytes(known[0]!.challenge);

/** Opens the plot and takes one proof out of it; two marks, so that every kind of read is there. */
async function takeProof(source: PlotSource): Promise<Uint8Array> {
  const plot = await openPlot(source, { mostMarks: 2 });
  await plot.qualities(challenge);
  return plot.proof(challenge, 0);
}

const { source: counted, counts } = countedSource(memorySource(file));
await takeProof(counted);
/** Header, C1; C1, C3, P7, six parks a quality; 63. */
const READS = counts.reads;

test('whichever read fails, comes back short, or hangs, there is a reason for it', async () => {
  expect(READS).toBeGreaterThanOrEqual(2 + 9 + 63);
  for (let at = 0; at < READS; at++) {
    const eio = Object.assign(new Error('i/o error'), { code: 'EIO' });
    const failing = faultySource(memorySource(file), at, () => Promise.reject(eio));
    const error = await takeProof(failing).catch((thrown) => thrown);
    expect([at, plotReason(error), error.details.errno]).toEqual([at, 'io_error', 'EIO']);

    const short = faultySource(memorySource(file), at, async (real) => (await real()).subarray(0, 20));
    const outcome = await takeProof(short).catch(plotReason);
    // C1 is read piece by piece, until its end.
    if (at === 1) expect(outcome).toHaveLength(144);
    else expect([at, outcome]).toEqual([at, 'truncated']);

    const never = faultySource(memorySource(file), at, () => new Promise(() => {}));
    const laned = lanedSource(never, new DiskLane(4, 5));
    expect([at, await takeProof(laned).catch(plotReason)]).toEqual([at, 'timeout']);
  }
});

test('a read that ends after its time, well or badly, does no harm', async () => {
  for (const end of ['well', 'badly']) {
    let finish = () => {};
    const lane = new DiskLane(4, 5);
    const slow = faultySource(memorySource(file), 9, async (real) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      if (end === 'badly') throw new Error('too late');
      return real();
    });
    const laned = lanedSource(slow, lane);
    await expect(takeProof(laned)).rejects.toMatchObject({ code: 'plot_timeout' });
    expect(lane.stalled).toBe(true);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(lane.stalled).toBe(false);
    expect(await takeProof(laned)).toHaveLength(144);
  }
});

/** A typed error, or what verifies. */
async function expectVerdict(altered: Uint8Array, asked: Uint8Array): Promise<void> {
  try {
    const plot = await openPlot(memorySource(altered), { mostMarks: 2 });
    for (const index of (await plot.qualities(asked)).keys()) {
      const proof = await plot.proof(asked, index);
      expect(verifyProof(plot.plotId, plot.k, asked, proof)).not.toBeNull();
    }
  } catch (error) {
    expect(error).toBeInstanceOf(PlotFormatError);
  }
}

test('whichever read brings garbage, there is a verdict', async () => {
  let seed = 1;
  const noise = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 24;
  };
  for (let at = 0; at < READS; at++) {
    const garbage = faultySource(memorySource(file), at, async (real) => (await real()).map(noise));
    const outcome = await takeProof(garbage).catch((thrown) => thrown);
    if (outcome instanceof Uint8Array) expect(outcome).toHaveLength(144);
    else expect(outcome).toBeInstanceOf(PlotFormatError);
  }
});

const { parks, c1, c2, c3 } = await readFullHeader(memorySource(file));
const ranges = [{ begin: 0, end: parks[1]!.begin }, c1, c2, c3, ...parks.slice(1)];

test.each(ranges)(
  'changed bytes from $begin to $end give a typed error or what verifies',
  async ({ begin, end }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.integer({ min: begin, max: end - 1 }), fc.uint8Array({ minLength: 1, maxLength: 64 })),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        fc.constantFrom(...known),
        async (edits, { challenge }) => {
          const copy = file.slice();
          for (const [at, data] of edits) copy.set(data.subarray(0, end - at), at);
          await expectVerdict(copy, bytes(challenge));
        },
      ),
      { numRuns: 60 },
    );
  },
);

test('any k and any table pointers give a typed error, and no more memory than the file', async () => {
  const pointersAt = parks[1]!.begin - 80;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 18, max: 50 }),
      fc.array(fc.nat(file.length), { minLength: 10, maxLength: 10 }),
      fc.constantFrom(...known),
      async (k, pointers, { challenge }) => {
        const copy = file.slice();
        copy[51] = k;
        const view = new DataView(copy.buffer);
        for (const [i, pointer] of pointers.entries()) view.setBigUint64(pointersAt + 8 * i, BigInt(pointer));
        await expectVerdict(copy, bytes(challenge));
      },
    ),
    { numRuns: 300 },
  );
});
