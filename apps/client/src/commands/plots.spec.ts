import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyGen, publicKey } from '#libs/chia';
import { bytesToHex } from '#libs/protocol';
import { installStandIn } from '../../../../libs/chia/src/plotters/testing/stand-in.js';
import { speakFor } from '../messages/speak.js';
import { plot18 } from '../testing/vectors.js';
import type { CommandIo } from './io.js';
import { benchPlots } from './plots-bench.js';
import { createPlotCommand } from './plots-create.js';

let folder: string;
let lines: string[];
const io: CommandIo = {
  out: (line) => void lines.push(line),
  err: (line) => void lines.push(line),
  speak: speakFor({}),
  env: {},
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-plots-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

const identity = { id: plot18.plotId, memo: 'abcd' };

test('a plot is made for an id and a memo, its progress told as JSON lines', async () => {
  await createPlotCommand({ k: '18', final: folder, ...identity, threads: '1', json: true }, io);
  const told = lines.map((line) => JSON.parse(line));
  const made = told.at(-1);
  expect(made).toMatchObject({ k: 18, plotId: identity.id, bytes: expect.any(Number) });
  expect(await readdir(folder)).toEqual([basename(made.file)]);
  const progress = told.slice(0, -1).map((line) => line.progress.fraction);
  expect(progress.length).toBeGreaterThan(5);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});

test('a dry run says what a plot would take and makes nothing', async () => {
  // small enough for the disk of any machine that runs tests: it must have the space
  const options = { k: '25', final: folder, ...identity, memory: '512MiB', dryRun: true };
  await createPlotCommand({ ...options, json: true }, io);
  const { plan } = JSON.parse(lines[0]!);
  expect(plan).toMatchObject({ mode: 'disk', k: 25, threads: 2 });
  expect(plan.peakMemoryBytes).toBeLessThan(2 ** 29);
  expect(plan.finalBytes).toBeGreaterThan(0.6 * 2 ** 30);
  await createPlotCommand(options, io);
  expect(lines[1]).toMatch(/On disk with 2 threads and \d+ buckets/);
  await expect(createPlotCommand({ ...options, memory: '10MB' }, io)).rejects.toMatchObject({
    code: 'plotter_limit',
  });
  // the plan is told, and then refused as the run itself would be
  const tooMuch = createPlotCommand({ ...options, k: '35', memory: '8GiB' }, io);
  await expect(tooMuch).rejects.toMatchObject({
    code: 'disk_full',
    details: { path: folder, bytesFree: expect.any(Number) },
  });
  const noTemp = createPlotCommand({ ...options, temp: join(folder, 'gone') }, io);
  await expect(noTemp).rejects.toMatchObject({ code: 'folder_not_writable', detail: join(folder, 'gone') });
  expect(await readdir(folder)).toEqual([]);
});

test('the same command goes on with the plot that was broken off, and another request does not', async () => {
  const keys = {
    farmerPublicKey: bytesToHex(publicKey(keyGen(new Uint8Array(32).fill(7)))),
    contract: 'cd'.repeat(32),
  };
  const plotId = 'ee'.repeat(32);
  const asked = ['18', 'keys', keys.farmerPublicKey, keys.contract].join(' ');
  const begun = `plot-k18-2026-01-01-00-00-${plotId}`;
  await writeFile(join(folder, `${begun}.plot.making`), JSON.stringify({ asked, plotId, memo: '0102' }));
  await createPlotCommand({ k: '19', final: folder, ...keys, threads: '1', json: true }, io);
  expect(JSON.parse(lines.at(-1)!).plotId).not.toBe(plotId);
  await createPlotCommand({ k: '18', final: folder, ...keys, threads: '1', json: true }, io);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ plotId, file: join(folder, `${begun}.plot`) });
  expect((await readdir(folder)).filter((name) => !name.endsWith('.plot'))).toEqual([]);
});

test('a plotter that is not there is not used', async () => {
  const contract = 'cd'.repeat(32);
  const farmerPublicKey = bytesToHex(publicKey(keyGen(new Uint8Array(32).fill(7))));
  const options = { k: '25', final: folder, farmerPublicKey, contract, memory: '4GiB', dryRun: true };
  await expect(createPlotCommand({ ...options, plotter: 'madmax' }, io)).rejects.toMatchObject({
    code: 'plotter_not_usable',
    detail: 'madmax',
  });
  await createPlotCommand(options, io);
  expect(lines[0]).toMatch(/^Plotter: built in/);
  const none = createPlotCommand({ ...options, memory: '10MB' }, io);
  await expect(none).rejects.toMatchObject({ code: 'plotter_limit' });
});

test('options that describe no plot are refused', async () => {
  const key = 'ab'.repeat(48);
  const bad = [
    { k: '17' },
    { k: '18' },
    { k: '18', id: 'ab', memo: '' },
    { k: '18', id: 'ab'.repeat(32), memo: '', contract: 'xch1x' },
    { k: '18', farmerPublicKey: key, contract: 'xch1nonsense' },
    { k: '18', farmerPublicKey: key, contract: 'cd'.repeat(32) },
    { k: '18', ...identity, threads: '0' },
    { k: '18', ...identity, threads: 'two' },
    { k: '18', ...identity, memory: 'much' },
    { k: '18', ...identity, nice: '20' },
    { k: '18', ...identity, plotter: 'other' },
    { k: '18', ...identity, plotter: 'chia' },
  ];
  for (const options of bad) {
    await expect(createPlotCommand({ final: folder, ...options }, io)).rejects.toMatchObject({
      code: 'plot_options_invalid',
    });
  }
  for (const buckets of ['17', '8']) {
    const refused = createPlotCommand({ k: '18', final: folder, ...identity, buckets }, io);
    await expect(refused).rejects.toMatchObject({ code: 'plot_bad_request' });
  }
  const nowhere = createPlotCommand({ k: '18', final: join(folder, 'no'), ...identity }, io);
  await expect(nowhere).rejects.toMatchObject({ code: 'folder_not_writable' });
  expect(await readdir(folder)).toEqual([]);
});

test('a benchmark makes, asks and takes away a plot', async () => {
  const result = await benchPlots({ k: '18', threads: '1', temp: folder, json: true }, io);
  expect(JSON.parse(lines[0]!)).toEqual(result);
  expect(result.proofs).toBeGreaterThan(50);
  expect(result.verifiedPerSecond).toBeGreaterThan(0);
  expect(await readdir(folder)).toEqual([]);
  await expect(benchPlots({ k: '40', threads: '1' }, io)).rejects.toMatchObject({
    code: 'plot_options_invalid',
  });
});

test('a benchmark wants a folder that is there', async () => {
  const missing = benchPlots({ k: '18', threads: '1', temp: join(folder, 'gone') }, io);
  await expect(missing).rejects.toMatchObject({ code: 'folder_not_writable', detail: join(folder, 'gone') });
});

test('a dry run with another plotter shows its call and what it is known to need', async () => {
  const bin = join(folder, 'bin');
  installStandIn(bin, { name: 'bladebit', file: 'bladebit' });
  installStandIn(bin, { name: 'madmax', file: 'chia_plot' });
  const farmerPublicKey = bytesToHex(publicKey(keyGen(new Uint8Array(32).fill(7))));
  const keys = { farmerPublicKey, contract: 'cd'.repeat(32) };
  const options = { k: '22', final: folder, ...keys, dryRun: true, plotter: 'madmax', memory: '8GiB' };
  const there = { ...io, env: { PATH: bin } };
  await createPlotCommand({ ...options, json: true }, there);
  const { plan } = JSON.parse(lines.at(-1)!);
  expect(plan).toMatchObject({
    ...{ plotter: 'madmax', version: '1.2.3', k: 22, tempBytes: 2 ** 28, temp2Bytes: 0 },
    command: { executable: join(bin, 'chia_plot') },
  });
  expect(plan.command.arguments).toEqual(expect.arrayContaining(['-f', farmerPublicKey]));
  // nothing longer than a public key, which everybody may see
  for (const argument of plan.command.arguments) expect(argument).not.toMatch(/[0-9a-f]{97}/);
  await createPlotCommand(options, there);
  expect(lines.at(-1)).toMatch(/^With madmax 1\.2\.3 and 2 threads: .*chia_plot -k 22 -n 1/);
  expect(lines.join('\n')).not.toMatch(/\{\w+\}|undefined/);
  const noSpace = createPlotCommand({ ...options, k: '32', temp2: bin, plotter: 'bladebit' }, there);
  await noSpace.catch((error) => expect(error).toMatchObject({ code: 'disk_full' }));
  expect(lines.at(-1)).toContain('an unknown amount of temporary files');
});

test('folders of another plotter may be relative, the second temporary one too', async () => {
  const bin = join(folder, 'bin');
  const report = join(folder, 'arguments');
  for (const name of ['bin', 'temp', 'temp2', 'final']) await mkdir(join(folder, name));
  const script = `#!/bin/sh\nif [ "$1" = --version ]; then echo 1.2.3; else echo "$@" > '${report}'; exit 3; fi\n`;
  await writeFile(join(bin, 'chia_plot'), script, { mode: 0o755 });
  const made = createPlotCommand(
    {
      k: '25',
      final: relative('.', join(folder, 'final')),
      temp: relative('.', join(folder, 'temp')),
      temp2: relative('.', join(folder, 'temp2')),
      farmerPublicKey: bytesToHex(publicKey(keyGen(new Uint8Array(32).fill(7)))),
      contract: 'cd'.repeat(32),
      plotter: 'madmax',
    },
    { ...io, env: { PATH: bin } },
  );
  await expect(made).rejects.toMatchObject({ code: 'plotter_failed', details: { exitCode: 3 } });
  expect(await readFile(report, 'utf8')).toContain(`-2 ${join(folder, 'temp2')}`);
  for (const name of ['temp', 'temp2', 'final']) expect(await readdir(join(folder, name))).toEqual([]);
});
