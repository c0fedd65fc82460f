import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownerOf, processIdentity } from '#libs/processes';
import { createPlot } from '#libs/proof-of-space';
import { encodeAddress } from '../address.js';
import { publicKey } from '../bls.js';
import { keyGen } from '../key-derivation.js';
import { plotIdentity } from '../plot-identity.js';
import { RunRecords } from './run-record.js';
import { sweepPlotterRuns } from './sweep.js';

const root = mkdtempSync(join(tmpdir(), 'croft-sweep-'));
const farmerPublicKey = publicKey(keyGen(new Uint8Array(32).fill(1)));
const contractPuzzleHash = new Uint8Array(32).fill(7);
const masterSecretKey = keyGen(new Uint8Array(32).fill(2));
const identity = plotIdentity({ farmerPublicKey, contractPuzzleHash, masterSecretKey });
const plot = join(root, 'plot-k18.plot');
const asked = {
  ...{ k: 18, threads: 1, tempDir: root, finalDir: root },
  ...{ farmerPublicKey, contractAddress: encodeAddress(contractPuzzleHash), tag: 'lease-1' },
};
let final: string;
let temp: string;
let runs = 0;

beforeAll(() => createPlot({ k: 18, plotId: identity.plotId, memo: identity.memo, path: plot, threads: 1 }));
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  final = mkdtempSync(join(root, 'final-'));
  temp = mkdtempSync(join(root, 'temp-'));
});

/** The folders of a run whose owner has ended, unless `alter` makes something else of its records. */
function leftRun(
  alter: (record: Record<string, unknown>) => object = () => ({}),
  runs_: number | null = null,
) {
  const folders = [final, temp].map((parent) => join(parent, `.croft-plotter-${++runs}`));
  for (const folder of folders) mkdirSync(folder);
  const records = new RunRecords('madmax', asked, { final: folders[0]!, others: [folders[1]!] });
  if (runs_ !== null) records.starting(runs_);
  for (const folder of folders) {
    const path = join(folder, 'croft-run.json');
    const record = JSON.parse(readFileSync(path, 'utf8'));
    const dead = { owner: { ...record.owner, process: '999999999-1' } };
    writeFileSync(path, JSON.stringify({ ...record, ...dead, ...alter(record) }));
  }
  return { final: folders[0]!, temp: folders[1]! };
}

const sweep = (options = {}) => sweepPlotterRuns([final, temp, final], { graceMs: 200, ...options });
const left = () => [...readdirSync(final), ...readdirSync(temp)];

test('what a dead process left goes; a finished plot takes its place', async () => {
  const run = leftRun();
  writeFileSync(join(run.temp, 'table.tmp'), 'x');
  copyFileSync(plot, join(run.final, 'plot-k18.plot'));
  const empty = join(final, '.croft-plotter-empty');
  mkdirSync(empty);
  const anHourAgo = Date.now() / 1000 - 3600;
  utimesSync(empty, anHourAgo, anHourAgo);
  const swept = await sweep();
  expect(swept.plots).toEqual([join(final, 'plot-k18.plot')]);
  expect(swept.folders.sort()).toEqual([run.final, run.temp].sort());
  expect(left()).toEqual(['plot-k18.plot']);
});

test('whoever knows what the run was for says where its plot goes', async () => {
  const tags: (string | null)[] = [];
  const said = (answer: string) => ({
    place: async (found: { tag: string | null; plotId: Uint8Array }) => {
      tags.push(found.tag);
      expect(found.plotId).toEqual(identity.plotId);
      return answer;
    },
  });
  const run = leftRun();
  copyFileSync(plot, join(run.final, 'plot-k18.plot'));
  await sweep(said('leave'));
  expect(existsSync(join(run.final, 'plot-k18.plot'))).toBe(true);
  expect((await sweep(said(join(final, 'other.plot')))).plots).toEqual([join(final, 'other.plot')]);
  expect(left()).toEqual(['other.plot']);
  copyFileSync(plot, join(leftRun().final, 'plot-k18.plot'));
  await sweep(said('remove'));
  expect(left()).toEqual(['other.plot']);
  expect(tags).toEqual(['lease-1', 'lease-1', 'lease-1']);
});

test('a plot that is not as asked, or may not be on the disk yet, goes with its run', async () => {
  const otherKey = leftRun(() => ({ farmerPublicKey: 'ab'.repeat(48) }));
  const beforeReboot = leftRun(({ owner }) => ({ owner: { ...(owner as object), boot: 'another' } }));
  for (const run of [otherKey, beforeReboot]) copyFileSync(plot, join(run.final, 'plot-k18.plot'));
  expect((await sweep()).plots).toEqual([]);
  expect(left()).toEqual([]);
});

test('what belongs to a living process, another machine, nobody known, or its owner’s eyes, stays', async () => {
  const us = ownerOf();
  leftRun(() => ({ owner: us }));
  leftRun(() => ({ owner: { ...us, host: 'another', process: '1-1' } }));
  leftRun(() => ({ isKept: true }));
  const strange = join(final, '.croft-plotter-strange');
  mkdirSync(strange);
  writeFileSync(join(strange, 'croft-run.json'), '{"owner":');
  // another process has just made it, and will write its record
  mkdirSync(join(final, '.croft-plotter-starting'));
  const before = left().sort();
  expect(await sweep()).toEqual({ folders: [], ended: [], plots: [] });
  expect(left().sort()).toEqual(before);
});

test.skipIf(process.platform !== 'linux')(
  'a plotter that still runs is ended, if it is certainly that',
  async () => {
    // it asks for nothing and ignores being asked; what it started ends with it
    const script = `trap '' TERM; sleep 100 & echo ready; wait; wait`;
    const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const { pid } = child as { pid: number };
    // the same id at another time is another process
    const reused = leftRun(({ runs }) => ({ runs: { ...(runs as object), process: `${pid}-1` } }), pid);
    expect((await sweep()).ended).toEqual([]);
    expect(existsSync(reused.final)).toBe(false);
    expect(processIdentity(pid)).not.toBeNull();
    // an id without a time, as other systems have it, is not certain: nothing is ended, and its files stay
    const uncertain = leftRun(({ runs }) => ({ runs: { ...(runs as object), host: 'another' } }), pid);
    expect((await sweep()).ended).toEqual([]);
    expect(existsSync(uncertain.final)).toBe(true);
    expect(processIdentity(pid)).not.toBeNull();
    leftRun(undefined, pid);
    expect((await sweep()).ended).toEqual([pid]);
    expect(processIdentity(pid)).toBeNull();
    expect(left()).toHaveLength(2);
  },
);
