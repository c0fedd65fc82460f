import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { appendFile, copyFile, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Disks } from '../disk/disks.js';
import { fileSource } from './file-source.js';
import { openPlot } from './plot-reader.js';
import { plotReason } from './plot-reason.js';
import { bytes, type ChallengeVector, vectorLines, vectorPath } from './testing/plot-vectors.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plot-'));
  file = join(folder, 'a.plot');
  await copyFile(vectorPath('plot-k18-n0.plot'), file);
});
afterEach(() => rm(folder, { recursive: true }));

const known = vectorLines<ChallengeVector>('proofs-k18-n0.jsonl').filter(({ proofs }) => proofs.length > 0);

test.each<[string, () => Promise<unknown>]>([
  ['gone', () => rm(file)],
  ['truncated', () => truncate(file, 100_000)],
  ['replaced', () => appendFile(file, 'x')],
  ['replaced', () => utimes(file, 1, 1)],
  [
    'replaced',
    async () => {
      await writeFile(`${file}.new`, 'another');
      await rename(`${file}.new`, file);
    },
  ],
])('a file that is %s while it is open is noticed', async (reason, change) => {
  const source = await fileSource(file);
  await source.check?.();
  await change();
  expect(await source.check?.().catch(plotReason)).toBe(reason);
  await source.close();
});

test('bytes that make no sense are told from those of another file', async () => {
  const plot = await openPlot(await fileSource(file));
  await writeFile(file, Buffer.alloc(plot.bytes, 0xff));
  expect(await plot.qualities(bytes(known[0]!.challenge)).catch(plotReason)).toBe('replaced');
  await plot.close();
});

test('what is no readable file has a reason, and a pipe is not waited for', async () => {
  expect(await fileSource(folder).catch(plotReason)).toBe('io_error');
  expect(await fileSource(join(folder, 'none.plot')).catch(plotReason)).toBe('gone');
  expect(await fileSource(join(file, 'below-a-file.plot')).catch(plotReason)).toBe('io_error');
  if (process.platform === 'win32') return;
  const pipe = join(folder, 'pipe.plot');
  execFileSync('mkfifo', [pipe]);
  expect(await fileSource(pipe).catch(plotReason)).toBe('io_error');
});

test('a closed source reads no more, and closing waits for reads in progress', async () => {
  const source = await fileSource(file);
  const reading = source.read(0, 1000);
  await Promise.all([source.close(), source.close()]);
  expect(await reading).toHaveLength(1000);
  expect(await source.read(0, 10).catch(plotReason)).toBe('io_error');
});

test('hundreds of open plots take one handle and a few KiB each, and answer at once', async () => {
  const handles = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);
  const before = handles();
  const disks = new Disks({ readsAtOnce: 3, timeoutMs: 10_000 });
  const plots = await Promise.all(
    Array.from({ length: 300 }, async () => openPlot(await fileSource(file, disks))),
  );
  expect(handles() - before).toBeLessThanOrEqual(300);
  expect(plots[0]!.indexBytes).toBeLessThan(1024);
  const { challenge, proofs } = known[0]!;
  const found = await Promise.all(plots.map((plot) => plot.qualities(bytes(challenge))));
  expect(found.every(({ length }) => length === proofs.length)).toBe(true);
  await Promise.all(plots.map((plot) => plot.close()));
  expect(handles()).toBeLessThanOrEqual(before);
});
