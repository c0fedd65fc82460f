import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlotFormatError } from '../errors.js';
import { parkBytes } from '../sizes.js';
import { verifyProof } from '../verify/verify-proof.js';
import { fileSource } from './file-source.js';
import { readFullHeader } from './header.js';
import { linePointToPair } from './line-point.js';
import { linePointAt } from './park.js';
import { openPlot } from './plot-reader.js';
import { plotReason } from './plot-reason.js';
import { memorySource } from './source.js';
import { countedSource } from './testing/faulty-source.js';
import {
  bytes,
  type ChallengeVector,
  challengeOf,
  hex,
  vectorLines as lines,
  vectorPath as path,
  wholeFile as whole,
} from './testing/plot-vectors.js';

interface Format {
  file: string;
  plot_id: string;
  k: number;
  memo: string;
  pointers: number[];
  tables: { table: number; samples: { pos: number; line_point: string; x: number; y: number }[] }[];
}

test.each(['k18-n0', 'k20-n0'])(
  'looking up every challenge in plot %s gives the listed proofs and qualities',
  async (name) => {
    const plot = await openPlot(await fileSource(path(`plot-${name}.plot`)));
    for (const { challenge, proofs } of lines<ChallengeVector>(`proofs-${name}.jsonl`)) {
      const qualities = await plot.qualities(bytes(challenge));
      expect(qualities.map(hex)).toEqual(proofs.map(({ quality }) => quality));
      for (const [index, { proof }] of proofs.entries()) {
        expect(hex(await plot.proof(bytes(challenge), index))).toBe(proof);
      }
    }
    await plot.close();
  },
);

test('header fields, park sizes and sampled line points are those of the reference', async () => {
  const present = lines<Format>('plot-format.jsonl').filter(({ file }) => /k18-n0|k20-n0/.test(file));
  expect(present).toHaveLength(2);
  for (const { file, plot_id, k, memo, pointers, tables } of present) {
    const source = memorySource(whole(file));
    const header = await readFullHeader(source);
    expect({ plot_id: hex(header.plotId), k: header.k, memo: hex(header.memo) }).toEqual({
      plot_id,
      k,
      memo,
    });
    const regions = [...header.parks.slice(1), header.c1, header.c2, header.c3];
    expect(regions.map(({ begin }) => begin)).toEqual(pointers);
    for (const { table, samples } of tables) {
      const size = parkBytes(k, table);
      for (const sample of samples) {
        const park = await source.read(pointers[table - 1]! + Math.floor(sample.pos / 2048) * size, size);
        const linePoint = linePointAt(park, k, table, sample.pos % 2048);
        expect(linePoint.toString()).toBe(sample.line_point);
        expect(linePointToPair(linePoint)).toEqual({ larger: sample.x, smaller: sample.y });
      }
    }
  }
});

test('checkpoint entries and the last entry of a plot are found too', async () => {
  const file = whole('plot-k18-n0.plot');
  const plot = await openPlot(memorySource(file));
  const { c1 } = await readFullHeader(memorySource(file));
  const f7s: number[] = [];
  for (let at = c1.begin; at + 3 <= c1.end; at += 3) {
    f7s.push((file[at]! << 10) | (file[at + 1]! << 2) | (file[at + 2]! >>> 6));
  }
  expect(f7s.pop()).toBe(0);
  // The last f7: the highest challenge that has a proof.
  for (let f7 = 2 ** 18 - 1; ; f7--) {
    if ((await plot.qualities(challengeOf(f7))).length === 0) continue;
    f7s.push(f7);
    break;
  }
  for (const f7 of f7s) {
    const challenge = challengeOf(f7);
    const qualities = await plot.qualities(challenge);
    expect(qualities.length).toBeGreaterThan(0);
    for (const [index, quality] of qualities.entries()) {
      const proof = await plot.proof(challenge, index);
      expect(verifyProof(plot.plotId, 18, challenge, proof)).toEqual(quality);
    }
  }
});

test.each([
  ['k18-n0', undefined, 8],
  ['k20-n0', undefined, 8],
  ['k20-n0', 16, 9],
])(
  'plot %s with %s marks: a quality takes at most %s reads, its proof 63 more',
  async (name, mostMarks, forQuality) => {
    const { source, counts } = countedSource(memorySource(whole(`plot-${name}.plot`)));
    const plot = await openPlot(source, { mostMarks });
    expect(counts.reads).toBeLessThanOrEqual(3);
    for (const { challenge, proofs } of lines<ChallengeVector>(`proofs-${name}.jsonl`)) {
      const before = counts.reads;
      expect((await plot.qualities(bytes(challenge))).length).toBe(proofs.length);
      // Each proof has six tables of its own to go down; finding them all costs the same reads.
      expect(counts.reads - before).toBeLessThanOrEqual(forQuality - 6 + 6 * proofs.length);
      for (const index of proofs.keys()) {
        const then = counts.reads;
        await plot.proof(bytes(challenge), index);
        expect(counts.reads - then).toBe(63);
      }
    }
    // The reads of a table overlap.
    expect(counts.most).toBe(32);
    await plot.close();
  },
);

test('questions a plot cannot take get a typed error', async () => {
  const plot = await openPlot(memorySource(whole('plot-k18-n0.plot')));
  await expect(plot.qualities(new Uint8Array(31))).rejects.toMatchObject({ code: 'bad_challenge' });
  const empty = lines<ChallengeVector>('proofs-k18-n0.jsonl').find(({ proofs }) => proofs.length === 0)!;
  for (const index of [0, -1, 0.5, Number.NaN]) {
    await expect(plot.proof(bytes(empty.challenge), index)).rejects.toMatchObject({ code: 'no_such_proof' });
  }
});

test('files that are no plots say what they are', async () => {
  const good = whole('plot-k18-n0.plot').slice(0, 1000);
  const code = (data: Uint8Array) =>
    openPlot(memorySource(data)).then(
      () => 'opened',
      (error: PlotFormatError) => error.code,
    );
  const edited = (at: number, ...values: number[]) => {
    const copy = good.slice();
    copy.set(values, at);
    return copy;
  };
  expect(await code(new Uint8Array(0))).toBe('plot_truncated');
  expect(await code(good.subarray(0, 10))).toBe('plot_truncated');
  expect(await code(good.subarray(0, 100))).toBe('plot_truncated');
  expect(await code(good)).toBe('plot_truncated');
  expect(await code(new TextEncoder().encode('PLOT\u0002\0\0\0 and so on'))).toBe('plot_unsupported');
  const compressed = new Uint8Array(200);
  compressed.set(new TextEncoder().encode('PLOT\u0002'));
  compressed[42] = 112;
  expect(await code(compressed)).toBe('plot_unsupported');
  compressed[43 + 112] = 1;
  expect(await code(compressed)).toBe('plot_compressed');
  expect(await code(compressed.subarray(0, 43 + 112))).toBe('plot_unsupported');
  expect(await code(new TextEncoder().encode('something else altogether'))).toBe('plot_bad_header');
  expect(await code(edited(51, 17))).toBe('plot_bad_header');
  expect(await code(edited(55, 0x32))).toBe('plot_unsupported');
  await expect(fileSource('/nowhere/at/all.plot')).rejects.toMatchObject({ code: 'plot_gone' });
  expect(plotReason(new Error('something else'))).toBeNull();
  await expect(fileSource(tmpdir())).rejects.toMatchObject({ code: 'plot_unreadable' });
});

test('a plot cut short anywhere is truncated', async () => {
  const file = whole('plot-k18-n0.plot');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: file.length }), async (cut) => {
      const opening = openPlot(memorySource(file.subarray(0, file.length - cut)));
      await expect(opening).rejects.toMatchObject({ code: 'plot_truncated' });
    }),
  );
});

test('a file cut while it is open is truncated as well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plot-'));
  const file = join(folder, 'a.plot');
  writeFileSync(file, whole('plot-k18-n0.plot'));
  const plot = await openPlot(await fileSource(file));
  writeFileSync(file, whole('plot-k18-n0.plot').subarray(0, 2000));
  const { challenge } = lines<ChallengeVector>('proofs-k18-n0.jsonl').find(
    ({ proofs }) => proofs.length > 0,
  )!;
  await expect(plot.proof(bytes(challenge), 0)).rejects.toBeInstanceOf(PlotFormatError);
  await plot.close();
  rmSync(folder, { recursive: true });
});

test('altered tables give a typed error or proofs that verify, and always end', async () => {
  const file = whole('plot-k18-n0.plot');
  const known = lines<ChallengeVector>('proofs-k18-n0.jsonl').filter(({ proofs }) => proofs.length > 0);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(file.length - 1), fc.uint8Array({ minLength: 1, maxLength: 4000 })), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.nat(known.length - 1),
      async (edits, which) => {
        const copy = file.slice();
        for (const [at, data] of edits) copy.set(data.subarray(0, copy.length - at), at);
        const challenge = bytes(known[which]!.challenge);
        try {
          const plot = await openPlot(memorySource(copy));
          const qualities = await plot.qualities(challenge);
          for (const index of qualities.keys()) {
            const proof = await plot.proof(challenge, index);
            expect(verifyProof(plot.plotId, plot.k, challenge, proof)).not.toBeNull();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(PlotFormatError);
        }
      },
    ),
    { numRuns: 150 },
  );
});
