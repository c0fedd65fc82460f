import { appendFile, mkdtemp, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentRootOf, limits, pieceCount, pieceLength } from '#libs/protocol';
import { sha256Hex } from './content.js';
import { PartialFile } from './partial-file.js';

const plotBytes = 5 * limits.pieceBytes + 77;
const whole = Buffer.alloc(plotBytes, 'croft ');
const pieces = Array.from({ length: pieceCount(plotBytes) }, (_, index) =>
  whole.subarray(index * limits.pieceBytes, index * limits.pieceBytes + pieceLength(plotBytes, index)),
);
const expected = { plotBytes, contentRoot: contentRootOf(pieces.map(sha256Hex)) };
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-partial-'));
  path = join(folder, 'x.plot.tmp');
});
afterEach(() => rm(folder, { recursive: true }));

async function append(partial: PartialFile, upTo: number) {
  while (partial.have < upTo) await partial.append(pieces[partial.have]!, sha256Hex(pieces[partial.have]!));
}

async function begun(upTo: number) {
  const partial = await PartialFile.open(path, expected);
  await append(partial, upTo);
  await partial.close();
}

test('continues where it was, and becomes the file', async () => {
  await begun(3);
  const partial = await PartialFile.open(path, expected);
  expect(partial.have).toBe(3);
  expect(partial.isComplete()).toBe(false);
  await append(partial, pieces.length);
  expect(partial.isComplete()).toBe(true);
  await partial.finish(join(folder, 'x.plot'));
  expect(await readdir(folder)).toEqual(['x.plot']);
  expect((await readFile(join(folder, 'x.plot'))).equals(whole)).toBe(true);
});

test('torn anywhere, what is kept is right, and the rest is fetched again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: plotBytes }),
      fc.integer({ min: 0, max: 32 * 7 }),
      async (dataBytes, sidecarBytes) => {
        await begun(pieces.length);
        await truncate(path, dataBytes);
        await truncate(`${path}.pieces`, sidecarBytes);
        const partial = await PartialFile.open(path, expected);
        const noted = Math.max(0, Math.floor(sidecarBytes / 32) - 1);
        const full = dataBytes === plotBytes ? pieces.length : Math.floor(dataBytes / limits.pieceBytes);
        expect(partial.have).toBe(Math.min(noted, full));
        expect((await stat(path)).size).toBe(partial.bytes);
        await append(partial, pieces.length);
        expect(partial.isComplete()).toBe(true);
        await partial.close();
        expect((await readFile(path)).equals(whole)).toBe(true);
      },
    ),
    { numRuns: 25 },
  );
});

test('a piece whose bytes changed on the disk is fetched again, and all after it', async () => {
  await begun(4);
  const file = await open(path, 'r+');
  await file.write(Buffer.from('!'), 0, 1, 2 * limits.pieceBytes + 5);
  await file.close();
  await appendFile(`${path}.pieces`, Buffer.from('torn'));
  const partial = await PartialFile.open(path, expected);
  expect(partial.have).toBe(2);
  await partial.close();
});

test('a copy of another content begins anew', async () => {
  await begun(4);
  const partial = await PartialFile.open(path, { ...expected, contentRoot: 'ab'.repeat(32) });
  expect(partial.have).toBe(0);
  await append(partial, pieces.length);
  expect(partial.isComplete()).toBe(false);
  await partial.close();
});
