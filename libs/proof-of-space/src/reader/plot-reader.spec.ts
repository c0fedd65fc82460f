import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
import { memorySource } from './source.js';

const FOLDER = new URL('../../../../test/vectors/proof-of-space/', import.meta.url);
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');
const path = (name: string) => fileURLToPath(new URL(name, FOLDER));
const whole = (name: string) => new Uint8Array(readFileSync(path(name)));

function lines<T>(name: string): T[] {
  return readFileSync(path(name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

interface Challenge {
  challenge: string;
  proofs: { proof: string; quality: string }[];
}
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
    for (const { challenge, proofs } of lines<Challenge>(`proofs-${name}.jsonl`)) {
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

test('a last C3 block that the reference left out is no truncation', async () => {
  const file = whole('plot-k18-n0.plot');
  const { c1, c3 } = await readFullHeader(memorySource(file));
  // Pretend that the table ends with the first entry of the last block: what the reference then leaves is this.
  const last = (c1.end - c1.begin) / 3 - 2;
  const before = c3.begin + (last - 1) * 10_000;
  const end = before + 2 + ((file[before]! << 8) | file[before + 1]!);
  const short = file.subarray(0, end);
  const plot = await openPlot(memorySource(short));
  const at = c1.begin + 3 * last;
  const f7 = (file[at]! << 10) | (file[at + 1]! << 2) | (file[at + 2]! >>> 6);
  expect((await plot.qualities(challengeOf(f7))).length).toBeGreaterThan(0);
  await expect(openPlot(memorySource(short.subarray(0, end - 1)))).rejects.toMatchObject({
    code: 'plot_truncated',
  });
});

function challengeOf(f7: number): Uint8Array {
  const challenge = new Uint8Array(32).fill(0xa7);
  challenge[0] = f7 >>> 10;
  challenge[1] = f7 >>> 2;
  challenge[2] = (f7 << 6) | 0x27;
  return challenge;
}

test('questions a plot cannot take get a typed error', async () => {
  const plot = await openPlot(memorySource(whole('plot-k18-n0.plot')));
  await expect(plot.qualities(new Uint8Array(31))).rejects.toMatchObject({ code: 'bad_challenge' });
  const empty = lines<Challenge>('proofs-k18-n0.jsonl').find(({ proofs }) => proofs.length === 0)!;
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
  expect(await code(new TextEncoder().encode('something else altogether'))).toBe('plot_bad_header');
  expect(await code(edited(51, 17))).toBe('plot_bad_header');
  expect(await code(edited(55, 0x32))).toBe('plot_unsupported');
  await expect(fileSource('/nowhere/at/all.plot')).rejects.toMatchObject({ code: 'plot_unreadable' });
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
  const { challenge } = lines<Challenge>('proofs-k18-n0.jsonl').find(({ proofs }) => proofs.length > 0)!;
  await expect(plot.proof(bytes(challenge), 0)).rejects.toBeInstanceOf(PlotFormatError);
  await plot.close();
  rmSync(folder, { recursive: true });
});

test('altered tables give a typed error or proofs that verify, and always end', async () => {
  const file = whole('plot-k18-n0.plot');
  const known = lines<Challenge>('proofs-k18-n0.jsonl').filter(({ proofs }) => proofs.length > 0);
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
