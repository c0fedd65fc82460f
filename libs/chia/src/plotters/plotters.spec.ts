import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlot, PauseSwitch, PlotterError } from '#libs/proof-of-space';
import { encodeAddress } from '../address.js';
import { publicKey } from '../bls.js';
import { keyGen } from '../key-derivation.js';
import { identityFromMemo, plotIdentity } from '../plot-identity.js';
import { builtinPlotter } from './builtin.js';
import { choosePlotter } from './choose.js';
import { detectPlotters } from './detect.js';
import { makeWith } from './make-with.js';
import type { DrawnPlot, PlotterControls, PlotterProgress, PlotterRequest } from './plotter.js';
import { programPlotter } from './program-plotter.js';
import { PLOTTER_PROGRAMS, type PlotterProgram } from './programs.js';
import { installStandIn } from './testing/stand-in.js';

const root = mkdtempSync(join(tmpdir(), 'croft-plotters-'));
const farmerPublicKey = publicKey(keyGen(new Uint8Array(32).fill(1)));
const contractPuzzleHash = new Uint8Array(32).fill(7);
const contractAddress = encodeAddress(contractPuzzleHash);
const identity = plotIdentity({
  farmerPublicKey,
  contractPuzzleHash,
  masterSecretKey: keyGen(new Uint8Array(32).fill(2)),
});
const plot = join(root, 'plot-k18.plot');
const programs = new Map(PLOTTER_PROGRAMS.map((program) => [program.name, program]));
const madmax = programs.get('madmax')!;

beforeAll(async () => {
  await createPlot({ k: 18, plotId: identity.plotId, memo: identity.memo, path: plot, threads: 1 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A stand-in for `program` that behaves as `mode` says, with folders of its own. */
function scene(program: PlotterProgram, mode: string, more: Partial<PlotterRequest> = {}, made = plot) {
  const dir = mkdtempSync(join(root, 'scene-'));
  for (const name of ['temp', 'final']) mkdirSync(join(dir, name));
  const report = join(dir, 'report.json');
  const { name, file } = program;
  const executable = installStandIn(join(dir, 'bin'), { name, file, mode, plot: made, report });
  const request: PlotterRequest = {
    k: 18,
    threads: 2,
    tempDir: join(dir, 'temp'),
    finalDir: join(dir, 'final'),
    farmerPublicKey,
    contractAddress,
    ...more,
  };
  const make = (controls: PlotterControls = {}) =>
    makeWith({ ...program, refusal: () => null }, executable, request, { graceMs: 300, ...controls });
  const left = () => [...readdirSync(request.tempDir), ...readdirSync(request.finalDir)];
  const told = () =>
    JSON.parse(readFileSync(report, 'utf8')) as { args: string[]; env: string[]; pids: number[] };
  return { dir, request, make, left, told, report };
}

const failure = async (work: Promise<unknown>): Promise<PlotterError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PlotterError);
  return error as PlotterError;
};

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

test.each([...programs.values()])('$name makes a plot and tells how far it is', async (program) => {
  process.env.CROFT_TEST_SECRET = 'hidden';
  const { request, make, left, told } = scene(program, 'good');
  const seen: PlotterProgress[] = [];
  const result = await make({ onProgress: (progress) => seen.push(progress), nice: 5 });
  delete process.env.CROFT_TEST_SECRET;
  expect(result.path).toBe(join(request.finalDir, 'plot-k18.plot'));
  expect(result.plotId).toEqual(identity.plotId);
  expect(result.memo).toEqual(identity.memo);
  expect(result.bytes).toBe(readFileSync(plot).length);
  expect(left()).toEqual(['plot-k18.plot']);
  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions.length).toBeGreaterThan(6);
  expect(fractions).toEqual([...new Set(fractions)].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBeGreaterThan(0.97);
  // below a few hundredths an estimate would be a guess
  expect(seen.at(-1)!.remainingMs).toBeGreaterThanOrEqual(0);
  expect(seen.find(({ fraction }) => fraction > 0.5)!.remainingMs).not.toBeNull();
  expect(seen.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['forward', 'backward', 'compress']));
  expect(told().env).not.toContain('CROFT_TEST_SECRET');
});

test('arguments are those of each program, and nothing in them is secret', () => {
  const request = { ...scene(madmax, 'good').request, k: 32, memoryBytes: 8 * 2 ** 30 };
  const line = (name: 'chia' | 'madmax' | 'bladebit' | 'bladebit-cuda', more: Partial<PlotterRequest> = {}) =>
    programs
      .get(name)!
      .arguments({ ...request, ...more }, { temp: '/a', temp2: '/b', final: '/c' })
      .join(' ');
  const farmer = Buffer.from(farmerPublicKey).toString('hex');
  expect(line('chia')).toBe(
    `plots create -k 32 -n 1 -r 2 -b 8192 -u 128 -t /a -2 /b -d /c -f ${farmer} -c ${contractAddress} -x`,
  );
  expect(line('chia', { k: 25 })).toContain('-k 25 --override-k');
  expect(line('madmax', { buckets: 512 })).toBe(
    `-k 32 -n 1 -r 2 -u 512 -t /a/ -2 /b/ -d /c/ -f ${farmer} -c ${contractAddress}`,
  );
  const common = `-t 2 -n 1 -f ${farmer} -c ${contractAddress} --compress 0`;
  expect(line('bladebit')).toBe(`${common} diskplot -b 256 -t1 /a -t2 /b /c`);
  expect(line('bladebit', { memoryBytes: 416 * 2 ** 30 })).toBe(`${common} ramplot /c`);
  expect(line('bladebit-cuda', { memoryBytes: 256 * 2 ** 30 })).toBe(`${common} cudaplot /c`);
});

test.each([
  ['disk-full', 'disk_full'],
  ['retries', 'plotter_failed'],
  ['exit', 'plotter_failed'],
  ['crash', 'plotter_failed'],
  ['nothing', 'plotter_failed'],
])('%s ends as %s and leaves nothing', async (mode, code) => {
  const { make, left } = scene(madmax, mode);
  const error = await failure(make());
  expect(error.code).toBe(code);
  if (mode === 'exit') expect(error.details).toMatchObject({ plotter: 'madmax', exitCode: 3 });
  expect(left()).toEqual([]);
});

test('one that is not there, or says nothing for too long, has failed', async () => {
  const { request, make, left } = scene(madmax, 'silent');
  expect((await failure(make({ idleTimeoutMs: 700 }))).code).toBe('plotter_failed');
  expect((await failure(makeWith(madmax, '/nowhere/chia_plot', request, {}))).code).toBe('plotter_failed');
  expect(left()).toEqual([]);
});

test('huge lines, control bytes and numbers out of range harm nothing', async () => {
  const seen: number[] = [];
  const { make, left } = scene(programs.get('chia')!, 'garbage');
  await make({ onProgress: ({ fraction }) => seen.push(fraction) });
  expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  expect(left()).toEqual(['plot-k18.plot']);
});

test('cancelled: one that ignores being asked is ended, with what it started', async () => {
  const { make, left, told, report } = scene(madmax, 'stubborn');
  const abort = new AbortController();
  const made = failure(make({ signal: abort.signal }));
  await until(() => existsSync(report));
  abort.abort();
  expect((await made).code).toBe('plot_cancelled');
  expect(left()).toEqual([]);
  await until(() => !told().pids.some(isAlive));
  expect((await failure(make({ signal: AbortSignal.abort() }))).code).toBe('plot_cancelled');
});

test('paused: it says nothing until it may go on, and that counts as no silence', async () => {
  const { make } = scene(madmax, 'slow');
  const pause = new PauseSwitch();
  const seen: number[] = [];
  let first = () => {};
  const begun = new Promise<void>((resolve) => {
    first = resolve;
  });
  const onProgress = ({ fraction }: PlotterProgress) => {
    seen.push(fraction);
    first();
  };
  const made = make({ pause, onProgress, idleTimeoutMs: 2500 });
  await begun;
  pause.pause();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = seen.length;
  await new Promise((resolve) => setTimeout(resolve, 2800));
  expect(seen.length).toBe(before);
  pause.resume();
  await made;
  expect(seen.length).toBeGreaterThan(before);
});

test('a plot other than asked for is named and left for its owner to look at', async () => {
  const otherKey = publicKey(keyGen(new Uint8Array(32).fill(9)));
  const broken = join(root, 'broken.plot');
  writeFileSync(broken, 'no plot');
  const cases: [string, Partial<PlotterRequest>, string?][] = [
    ['k', { k: 19 }],
    ['farmer-key', { farmerPublicKey: otherKey }],
    ['contract', { contractAddress: encodeAddress(new Uint8Array(32).fill(8)) }],
    ['header', {}, broken],
  ];
  for (const [what, more, made] of cases) {
    const { request, make } = scene(madmax, 'good', more, made);
    const error = await failure(make());
    expect([error.code, error.details.what]).toEqual(['plot_not_as_asked', what]);
    expect(existsSync(String(error.details.path))).toBe(true);
    expect(readdirSync(request.tempDir)).toEqual([]);
    expect(readdirSync(request.finalDir).filter((name) => name.endsWith('.plot'))).toEqual([]);
  }
});

test('a request that makes no sense starts nothing', async () => {
  for (const more of [
    { tempDir: '-n' },
    { threads: 0 },
    { farmerPublicKey: new Uint8Array(48) },
    { contractAddress: '--help' },
  ]) {
    const { make, report } = scene(madmax, 'good', { ...more });
    expect((await failure(make())).code).toBe('plot_bad_request');
    expect(existsSync(report)).toBe(false);
  }
  const { make } = scene(madmax, 'good', { finalDir: join(root, 'not', 'there') });
  expect((await failure(make())).code).toBe('plot_not_written');
});

test('what is not there is not started: memory, room, folders', async () => {
  const { request, make, report } = scene(madmax, 'good', { k: 32, threads: 1 });
  const plotter = programPlotter(madmax, '/nowhere/chia_plot', '1.2.3', true);
  const tooMuch = { ...request, memoryBytes: 2 ** 20 };
  expect(() => plotter.rehearse(tooMuch)).toThrow(
    expect.objectContaining({
      code: 'plotter_limit',
      details: expect.objectContaining({ plotter: 'madmax' }),
    }),
  );
  expect(plotter.plan({ ...request, memoryBytes: 2 ** 30 })).toEqual({
    ...{ plotter: 'madmax', version: '1.2.3', k: 32, threads: 1, mode: null, buckets: null },
    ...{ peakMemoryBytes: 2 ** 29, tempBytes: 256 * 2 ** 30, temp2Bytes: 0 },
    finalBytes: expect.any(Number),
    command: { executable: '/nowhere/chia_plot', arguments: expect.arrayContaining(['-k', '32', '-c']) },
  });
  const { bavail, bsize } = statfsSync(request.tempDir);
  if (bavail * bsize < 256 * 2 ** 30) {
    const error = await failure(make());
    expect([error.code, error.details.path]).toEqual(['disk_full', request.tempDir]);
    expect(() => plotter.rehearse(request)).toThrow(expect.objectContaining({ code: 'disk_full' }));
  }
  expect(() => plotter.rehearse({ ...request, tempDir: join(root, 'gone') })).toThrow(
    expect.objectContaining({ code: 'plot_not_written' }),
  );
  expect(existsSync(report)).toBe(false);
});

test('needs are those documented for k=32, by k and by how they share disks', () => {
  const { request } = scene(madmax, 'good');
  const of = (name: 'chia' | 'madmax' | 'bladebit' | 'bladebit-cuda', more: object, oneDisk = true) => {
    const asked = { ...request, memoryBytes: 8 * 2 ** 30, k: 32, ...more };
    const { peakMemoryBytes: memory, tempBytes, temp2Bytes } = programs.get(name)!.needs(asked, oneDisk);
    return [memory, tempBytes, temp2Bytes].map((bytes) => bytes && bytes / 2 ** 30);
  };
  const temp2Dir = request.finalDir;
  expect(of('madmax', {})).toEqual([1, 256, 0]);
  expect(of('madmax', { temp2Dir })).toEqual([1, 146, 110]);
  expect(of('madmax', { temp2Dir }, false)).toEqual([1, 220, 110]);
  expect(of('madmax', { k: 25, buckets: 128 })).toEqual([1 / 16, 2, 0]);
  expect(of('chia', {})).toEqual([8, 239, 0]);
  expect(of('chia', { k: 33, memoryBytes: undefined })[1]).toBeCloseTo(508.3, 0);
  expect(of('bladebit', {})).toEqual([4, 480, 0]);
  expect(of('bladebit', { temp2Dir })).toEqual([4, null, null]);
  expect(of('bladebit', { memoryBytes: 416 * 2 ** 30 })).toEqual([416, 0, 0]);
  expect(of('bladebit-cuda', {})).toEqual([256, 0, 0]);
});

test('plotters on PATH are found, with their versions; one that does not answer is not', async () => {
  const good = scene(madmax, 'good');
  const hung = scene(programs.get('bladebit')!, 'hang');
  const PATH = ['bin', ...[good, hung].map(({ dir }) => join(dir, 'bin'))].join(':');
  const found = await detectPlotters({ env: { PATH, HOME: root }, platform: 'linux', timeoutMs: 3000 });
  expect(found.map(({ name, version, kind }) => [name, version, kind])).toEqual([
    ['madmax', '1.2.3', 'chia-v1'],
  ]);
  const [plotter] = found;
  expect((await plotter!.make(good.request)).plotId).toEqual(identity.plotId);
  expect((await failure(plotter!.make({ ...good.request, k: 33 }))).details.refusal).toBe('k_unsupported');
});

test('the choice: a graphics card for k=32, else the built-in one while it can, else another', () => {
  const { request } = scene(madmax, 'good');
  const others = [...programs.values()].map((program) => ({
    name: program.name,
    version: '1.0',
    isAutomatic: true,
    canMake: (asked: PlotterRequest) => program.refusal(asked),
  }));
  const builtin = builtinPlotter();
  const none = { ...builtin, canMake: () => 'k_unsupported' as const };
  const all = [builtin, ...others];
  const withoutBuiltin = [none, ...others];
  const cardless = [builtin, ...others.map((one) => ({ ...one, isAutomatic: one.name !== 'bladebit-cuda' }))];
  const k32 = { ...request, k: 32, memoryBytes: 512 * 2 ** 30 };
  const small = { ...k32, memoryBytes: 2 * 2 ** 30 };
  const half = { ...k32, memoryBytes: 128 * 2 ** 30 };
  const chosen = (...args: Parameters<typeof choosePlotter>) => {
    const { plotter, why } = choosePlotter(...args);
    return [plotter, why];
  };
  expect(chosen(all, request)).toEqual(['builtin', 'builtin_can']);
  expect(chosen(all, k32)).toEqual(['bladebit-cuda', 'gpu']);
  expect(chosen(cardless, k32)).toEqual(['builtin', 'builtin_can']);
  expect(chosen(cardless, k32, 'bladebit-cuda')).toEqual(['bladebit-cuda', 'asked_for']);
  expect(chosen(all, small)).toEqual(['builtin', 'builtin_can']);
  // bladebit_cuda refuses uncompressed plots in its modes for less memory
  expect(chosen(all, half)).toEqual(['builtin', 'builtin_can']);
  expect(chosen(all, half, 'bladebit-cuda')).toEqual([null, 'cannot']);
  expect(chosen(withoutBuiltin, small)).toEqual(['madmax', 'builtin_cannot']);
  expect(chosen(all, { ...k32, k: 36 })).toEqual(['chia', 'builtin_cannot']);
  expect(chosen(all, { ...small, k: 36 })).toEqual([null, 'none_can']);
  expect(chosen([none], k32)).toEqual([null, 'none_can']);
  expect(chosen(all, k32, 'builtin')).toEqual(['builtin', 'asked_for']);
  expect(chosen(withoutBuiltin, k32, 'builtin')).toEqual([null, 'cannot']);
  expect(chosen(all, k32, 'chia')).toEqual(['chia', 'asked_for']);
  expect(chosen([builtin], k32, 'chia')).toEqual([null, 'not_found']);
  const { details } = choosePlotter(all, { ...small, memoryBytes: 2 ** 30 }, 'bladebit');
  expect(details).toMatchObject({ refusal: 'memory_too_small' });
});

test('the built-in plotter is one of them: it draws the keys, says so first, and makes what was given', async () => {
  const { request, left } = scene(madmax, 'good', { threads: 1 });
  const plotter = builtinPlotter();
  const told: DrawnPlot[] = [];
  const onDrawn = async (drawn: DrawnPlot) => {
    told.push(drawn);
    expect(left()).toEqual([]);
  };
  const progress: PlotterProgress[] = [];
  const made = await plotter.make(request, { onDrawn, onProgress: (at) => progress.push(at) });
  expect(identityFromMemo(made.memo)).toMatchObject({ plotId: made.plotId, contractPuzzleHash });
  expect(told).toEqual([
    { plotId: made.plotId, memo: made.memo, fileName: expect.stringMatching(/^plot-k18-.*\.plot$/) },
  ]);
  expect(progress.at(-1)).toMatchObject({ fraction: 1, remainingMs: 0 });
  const again = readFileSync(made.path);
  rmSync(made.path);
  const { farmerPublicKey: _farmer, contractAddress: _contract, ...given } = request;
  await plotter.make({ ...given, plot: told[0]! });
  expect(readFileSync(made.path).equals(again)).toBe(true);
  expect((await failure(plotter.make({ ...request, contractAddress: 'xch1' }))).code).toBe(
    'plot_bad_request',
  );
  expect(plotter.canMake({ ...request, k: 36 })).toBe('k_unsupported');
  expect(plotter.canMake({ ...request, memoryBytes: 2 ** 20 })).toBe('memory_too_small');
  expect(plotter.canMake({ ...request, buckets: 17 })).toBe('buckets_unsupported');
});
