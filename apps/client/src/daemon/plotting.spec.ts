import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtinPlotter, identityFromMemo, keyGen, publicKey } from '#libs/chia';
import { createPlot, planPlot } from '#libs/proof-of-space';
import { bytesToHex, CroftError, hexToBytes, type PlotRegistration, type PlotTask } from '#libs/protocol';
import { contentOf } from '../plots/content.js';
import { MachinePlotters } from '../plots/machine-plotters.js';
import { TestNode, until } from '../testing/test-node.js';
import { plot18 } from '../testing/vectors.js';

const farmerPublicKey = bytesToHex(publicKey(keyGen(new Uint8Array(32).fill(5))));
const contractPuzzleHash = 'ce'.repeat(32);
let node: TestNode;
let task: PlotTask;
let live: boolean;

beforeEach(async () => {
  node = await new TestNode().begin({ roles: ['plotter'], storeBytes: 0 });
  live = true;
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  task = {
    kind: 'plot',
    leaseId: randomUUID(),
    campaignId: randomUUID(),
    plotKind: 'chia-v1',
    k: 18,
    farmerPublicKey,
    contractPuzzleHash,
    expiresAt,
  };
  node.center.on('task:next', () => ({ tasks: live ? [task] : [] }));
  node.center.on('plot:register', () => {
    live = false;
    return { state: 'registered' };
  });
  node.center.on('task:fail', () => {
    live = false;
    return null;
  });
});
afterEach(() => node.end());

const registrations = () => node.center.messages<PlotRegistration>('plot:register');
const registered = () => until(() => node.events('plot_registered').length > 0, 'registration');
const leases = () => readdir(node.data.file.leases());
const plots = async () => (await readdir(node.path)).sort();

/** The built-in plotter with another heart, and no plotters of others. */
const by = (create: typeof createPlot) => ({
  plotters: new MachinePlotters({}, undefined, builtinPlotter(create)),
});

/** Starts the plot and then waits for ever, as a slow machine does, until it is stopped. */
const stuck = by(({ onProgress, signal }) => {
  onProgress?.({ phase: 'forward', table: 1, fraction: 0.3, remainingMs: null });
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
});

/** Writes the reference plot under another id: whole in form, and quick, where its proofs do not matter. */
const quick = by(async ({ plotId, memo, path }) => {
  const bytes = await readFile(plot18.file);
  bytes.set(plotId, 19);
  bytes.set(memo, 60);
  await writeFile(path, bytes);
  return { bytes: bytes.length, plan: planPlot({ k: 18 }), resumed: false };
});

/** Killed in the middle of it: whatever was kept of the lease is all there is. */
async function killedWhilePlotting(): Promise<string> {
  await node.run(stuck);
  await until(() => node.daemon?.snapshot().tasks[0]?.phase === 'forward', 'plotting');
  await node.halt();
  const [name] = await leases();
  return JSON.parse(await readFile(join(node.data.file.leases(), name!), 'utf8')).plot.plotId;
}

test('a lease becomes a real plot of the right keys, registered with its content root', async () => {
  node.center.on('inventory:sync', ({ plots }: { plots: { plotId: string }[] }) => ({
    keep: plots.map(({ plotId }) => ({ plotId, campaignId: task.campaignId })),
    released: [],
  }));
  await node.run();
  await registered();
  const [registration] = registrations();
  const { leaseId, plotId, memo, plotKind, k, ...content } = registration!;
  expect({ leaseId, plotKind, k }).toEqual({ leaseId: task.leaseId, plotKind: 'chia-v1', k: 18 });
  const identity = identityFromMemo(hexToBytes(memo));
  expect(bytesToHex(identity.plotId)).toBe(plotId);
  expect(bytesToHex(identity.farmerPublicKey)).toBe(farmerPublicKey);
  expect(bytesToHex(identity.contractPuzzleHash!)).toBe(contractPuzzleHash);
  const [name] = await plots();
  expect(name).toMatch(new RegExp(`${plotId}\\.plot$`));
  expect(await contentOf(join(node.path, name!))).toEqual(content);
  expect(await leases()).toEqual([]);
  expect(node.center.messages('task:heartbeat').length).toBeGreaterThan(0);
  // its maker answers for it from now on
  await until(() => node.daemon?.snapshot().plots.kept === 1, 'custody');
});

test('killed while plotting, it makes the very same plot', async () => {
  const plotId = await killedWhilePlotting();
  await node.run();
  await registered();
  expect(registrations().map((each) => each.plotId)).toEqual([plotId]);
});

test('killed before the answer to the registration, it registers the same file again', async () => {
  node.center.on('plot:register', () => new Promise(() => {}));
  await node.run(quick);
  await until(() => registrations().length === 1, 'a registration');
  await node.halt();
  // the center took it: the lease is no longer listed, and the same registration gets the same answer
  live = false;
  node.center.on('plot:register', () => ({ state: 'registered' }));
  await node.run(quick);
  await registered();
  const [first, second] = registrations();
  expect(second).toEqual(first);
  expect(await plots()).toHaveLength(1);
  expect(await leases()).toEqual([]);
});

test('a heartbeat that meets the end of a lease just handed in does not cost the plot', async () => {
  let taken = false;
  node.center.on('plot:register', async () => {
    taken = true;
    live = false;
    await new Promise((resolve) => setTimeout(resolve, 800));
    return { state: 'registered' };
  });
  node.center.on('task:heartbeat', () => {
    if (taken) throw new CroftError('lease_ended');
    return { expiresAt: new Date(Date.now() + 300).toISOString() };
  });
  await node.run(quick);
  await registered();
  expect(await plots()).toHaveLength(1);
});

test('a lease that expired while plotting ends the plot and leaves nothing', async () => {
  node.center.on('task:heartbeat', () => {
    live = false;
    throw new CroftError('lease_expired');
  });
  await node.run(stuck);
  await until(() => node.events('task_ended').length === 1, 'the end');
  await until(() => node.daemon?.snapshot().tasks.length === 0, 'nothing to do');
  expect(await plots()).toEqual([]);
  expect(await leases()).toEqual([]);
});

test('a lease that went to somebody else while the client was off is dropped at the start', async () => {
  await killedWhilePlotting();
  live = false;
  await node.run(quick);
  await until(() => node.daemon?.snapshot().link === 'connected', 'a connection');
  for (let left = await leases(); left.length > 0; left = await leases())
    await new Promise((r) => setTimeout(r, 10));
  expect(registrations()).toEqual([]);
});

test('a refused registration deletes the plot, except when the center says that it has it', async () => {
  for (const [code, files] of [
    ['plot_already_registered', 1],
    ['lease_expired', 1],
  ] as const) {
    task = { ...task, leaseId: randomUUID() };
    live = true;
    node.center.on('plot:register', () => {
      live = false;
      throw new CroftError(code);
    });
    await node.run(quick);
    await until(() => node.events('plot_refused').some(({ text }) => String(text).length > 0), 'refusal');
    await until(() => node.daemon?.snapshot().tasks.length === 0, 'nothing to do');
    await node.halt();
    node.said.length = 0;
    expect(await plots()).toHaveLength(files);
    expect(await leases()).toEqual([]);
  }
});

test('what the plotter cannot make is handed back with its cause', async () => {
  task = { ...task, k: 36 };
  await node.run();
  const [failure] = await until(
    () => node.center.messages('task:fail').length > 0 && node.center.messages('task:fail'),
  );
  expect(failure).toMatchObject({ leaseId: task.leaseId, cause: 'k_not_supported' });
  expect(await leases()).toEqual([]);
});

test('plotting in another folder brings the finished plot over', async () => {
  const temp = join(node.path, 'temp');
  node.node.temp = temp;
  await mkdir(temp);
  await node.run(by(createPlot));
  await registered();
  expect(await readdir(temp)).toEqual([]);
  expect(await plots()).toHaveLength(2);
});
