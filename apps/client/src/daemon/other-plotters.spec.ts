import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeAddress, keyGen, type PlotterName, plotIdentity, publicKey } from '#libs/chia';
import { isRunning, processIdentity } from '#libs/processes';
import { bytesToHex, hexToBytes, type PlotRegistration, type PlotTask } from '#libs/protocol';
import { RunRecords } from '../../../../libs/chia/src/plotters/run-record.js';
import { installStandIn } from '../../../../libs/chia/src/plotters/testing/stand-in.js';
import { MachinePlotters } from '../plots/machine-plotters.js';
import { saveNode } from '../state/node-state.js';
import { TestNode, until } from '../testing/test-node.js';
import { plot18 } from '../testing/vectors.js';

const farmerPublicKey = publicKey(keyGen(new Uint8Array(32).fill(5)));
const contractPuzzleHash = new Uint8Array(32).fill(0xce);
let node: TestNode;
let task: PlotTask;
let live: boolean;
let bin: string;
let report: string;

beforeEach(async () => {
  node = await new TestNode().begin({ roles: ['plotter'], storeBytes: 0, plotter: 'madmax' });
  live = true;
  const keys = [farmerPublicKey, contractPuzzleHash].map(bytesToHex) as [string, string];
  task = {
    ...{ kind: 'plot', leaseId: randomUUID(), campaignId: randomUUID(), plotKind: 'chia-v1', k: 18 },
    ...{ farmerPublicKey: keys[0], contractPuzzleHash: keys[1] },
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  };
  node.center.on('task:next', () => ({ tasks: live ? [task] : [] }));
  const end = (answer: unknown) => () => {
    live = false;
    return answer;
  };
  node.center.on('plot:register', end({ state: 'registered' }));
  node.center.on('task:fail', end(null));
  bin = join(node.data.path, 'bin');
  report = join(node.data.path, 'report.json');
});
afterEach(() => node.end());

const registrations = () => node.center.messages<PlotRegistration>('plot:register');
const left = () => readdirSync(node.path).sort();
const leases = () => readdirSync(node.data.file.leases());
const plotters = (wanted: PlotterName = 'madmax') => ({
  plotters: new MachinePlotters({ PATH: bin, HOME: bin }, wanted),
});
const install = (mode: string, plot: string) =>
  installStandIn(bin, { name: 'madmax', file: 'chia_plot', mode, plot, report });

/** A plot as another plotter would make it, whole in form: its keys are drawn here. */
function plotOf(seed: number, owner = contractPuzzleHash) {
  const masterSecretKey = keyGen(new Uint8Array(32).fill(seed));
  const identity = plotIdentity({ farmerPublicKey, contractPuzzleHash: owner, masterSecretKey });
  const bytes = readFileSync(plot18.file);
  bytes.set(identity.plotId, 19);
  bytes.set(identity.memo, 60);
  const plotId = bytesToHex(identity.plotId);
  const file = join(node.data.path, `plot-k18-2026-01-01-00-00-${plotId}.plot`);
  writeFileSync(file, bytes);
  return { plotId, memo: bytesToHex(identity.memo), file };
}

test('the lease takes on the plot that another plotter drew', async () => {
  const { plotId, memo, file } = plotOf(1);
  install('good', file);
  await node.run(plotters());
  await until(() => node.events('plot_registered').length > 0, 'registration');
  expect(registrations()).toMatchObject([
    { leaseId: task.leaseId, plotId, memo, plotKind: 'chia-v1', k: 18 },
  ]);
  expect(node.events('plot_by')).toMatchObject([{ plotter: 'madmax', reason: 'asked_for' }]);
  expect(left()).toEqual([`plot-k18-2026-01-01-00-00-${plotId}.plot`]);
  expect(leases()).toEqual([]);
});

test('a plot for other keys is not registered, and not kept', async () => {
  install('good', plotOf(1, new Uint8Array(32).fill(1)).file);
  await node.run(plotters());
  const [failure] = await until(
    () => node.center.messages('task:fail').length > 0 && node.center.messages('task:fail'),
    'failure',
  );
  expect(failure).toMatchObject({ leaseId: task.leaseId, cause: 'plot_differs' });
  expect([registrations(), left(), leases()]).toEqual([[], [], []]);
});

/** What a client killed by force has left of a run for this lease. */
function leftRun(plot: string | null, leaseId = task.leaseId) {
  const folder = join(node.path, '.croft-plotter-left');
  mkdirSync(folder);
  const request = { k: 18, threads: 1, tempDir: node.path, finalDir: node.path, farmerPublicKey };
  const contractAddress = encodeAddress(hexToBytes(task.contractPuzzleHash));
  new RunRecords('madmax', { ...request, contractAddress, tag: leaseId }, { final: folder, others: [] });
  const path = join(folder, 'croft-run.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...record, owner: { ...record.owner, process: '999999999-1' } }));
  if (plot) copyFileSync(plot, join(folder, 'left.plot'));
  else writeFileSync(join(folder, 'half.plot.tmp'), 'x');
}
const begun = () =>
  writeFileSync(
    node.data.file.lease(task.leaseId),
    JSON.stringify({
      ...{ leaseId: task.leaseId, campaignId: task.campaignId, plotKind: 'chia-v1', k: 18 },
      ...{ farmerPublicKey: task.farmerPublicKey, contractPuzzleHash: task.contractPuzzleHash },
      ...{ plot: null, made: null },
    }),
  );

test('killed when the plot was whole: it is the lease’s, and no other is made', async () => {
  const { plotId, file } = plotOf(2);
  install('good', plotOf(3).file);
  begun();
  leftRun(file);
  await node.run(plotters());
  await until(() => node.events('plot_registered').length > 0, 'registration');
  expect(registrations().map((each) => each.plotId)).toEqual([plotId]);
  expect([left(), existsSync(report)]).toEqual([['left.plot'], false]);
});

test('killed before that: the work is begun again; what is of no lease any more goes', async () => {
  const { plotId, file } = plotOf(3);
  install('good', file);
  begun();
  leftRun(null);
  await node.run(plotters());
  await until(() => node.events('plot_registered').length > 0, 'registration');
  expect(registrations().map((each) => each.plotId)).toEqual([plotId]);
  await node.halt();
  leftRun(plotOf(4).file, randomUUID());
  await node.run(plotters());
  await until(() => node.daemon?.snapshot().link === 'connected', 'a connection');
  expect(left()).toEqual([`plot-k18-2026-01-01-00-00-${plotId}.plot`]);
});

test('one that failed is not taken again by itself', async () => {
  installStandIn(bin, { name: 'bladebit-cuda', file: 'bladebit_cuda', card: true });
  const run = { k: 32, threads: 2, memoryBytes: 300 * 2 ** 30, tempDir: bin, finalDir: bin };
  const automatic = new MachinePlotters({ PATH: bin, HOME: bin }, undefined);
  expect((await automatic.choose(run)).choice).toMatchObject({ plotter: 'bladebit-cuda', why: 'gpu' });
  automatic.giveUp('bladebit-cuda');
  expect((await automatic.choose(run)).choice).toMatchObject({ plotter: 'builtin', why: 'builtin_can' });
  const named = plotters('bladebit-cuda').plotters;
  named.giveUp('bladebit-cuda');
  expect((await named.choose(run)).choice).toMatchObject({ plotter: 'bladebit-cuda', why: 'asked_for' });
  await expect(plotters('chia').plotters.choose(run)).rejects.toMatchObject({ code: 'plotter_not_usable' });
});

/** A `croft run` in a process of its own, from the build. */
function croftRun(): ChildProcess {
  const croft = join(import.meta.dirname, '../../../../dist/apps/client/croft.js');
  const env = { ...process.env, PATH: bin, HOME: bin, LANG: 'C' };
  return spawn(process.execPath, [croft, 'run', '--data', node.data.path], { env, stdio: 'ignore' });
}

test.skipIf(process.platform !== 'linux')(
  'kill -9 of a node whose plotter works, and again when its plot is whole: one plot for the lease',
  async () => {
    const first = plotOf(5);
    install('orphan', first.file);
    await saveNode(node.data, node.node);
    const kill = async (child: ChildProcess) => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    };
    const one = croftRun();
    await until(() => existsSync(report), 'the plotter');
    await kill(one);
    const [pid] = JSON.parse(readFileSync(report, 'utf8')).pids as [number];
    const orphan = processIdentity(pid)!;
    expect(isRunning(orphan)).toBe(true);
    install('late', first.file);
    const two = croftRun();
    const name = `plot-k18-2026-01-01-00-00-${first.plotId}.plot`;
    await until(() => left().some((run) => existsSync(join(node.path, run, name))), 'a whole plot');
    expect(isRunning(orphan)).toBe(false);
    await kill(two);
    // what would be made now is another plot
    install('good', plotOf(6).file);
    const three = croftRun();
    await until(() => registrations().length > 0, 'registration');
    await until(() => leases().length === 0, 'the end of the lease');
    const ended = once(three, 'exit');
    three.kill('SIGTERM');
    await ended;
    expect(registrations().map(({ plotId }) => plotId)).toEqual([first.plotId]);
    expect(left()).toEqual([name]);
  },
  60_000,
);
