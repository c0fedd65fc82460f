import { afterAll, afterEach, expect, test } from 'vitest';
import { DemoProcess, listens, newDemoFolder, removeDemoFolder } from './support/demo-process.js';

const folder = newDemoFolder();
let demo: DemoProcess;

afterEach(() => demo.end());
afterAll(() => removeDemoFolder(folder));

test('the demo ends after the first payout of each and says what it came to', async () => {
  demo = new DemoProcess(folder, ['--once']);
  expect(await demo.ended, demo.story()).toBe(0);
  const report = demo.report();
  const count = expect.any(Number);
  const payout = (account: string) => ({
    account,
    address: expect.stringMatching(/^0x[0-9a-fA-F]{40}$/),
    units: expect.stringMatching(/^[1-9]\d*$/),
    tx: expect.stringMatching(/^0x[0-9a-f]{64}$/),
  });
  expect(report).toEqual({
    ok: true,
    seconds: count,
    plots: 1,
    checks: { proved: count, empty: count, late: count, silent: count, invalid: 0 },
    payouts: [payout('Contributor who plots'), payout('Contributor who keeps')],
    portal: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  expect(report.seconds).toBeLessThan(180);
  // four fresh proofs by who made the plot, four by who keeps it
  expect(report.checks.proved).toBeGreaterThanOrEqual(8);
  expect(await demo.leftovers()).toEqual([]);
  expect(await listens(report.portal)).toBe(false);
}, 240_000);

test('with --swarm replicas are kept and paid and bundles lie on Swarm; it stays up, and Ctrl-C leaves nothing behind', async () => {
  demo = new DemoProcess(folder, ['--swarm']);
  await demo.said(/The portal stays up until Ctrl-C/, 250_000);
  for (const told of [
    /Contributor who keeps: Bee node linked by the key that staked for it/,
    /Keeper of replicas: Bee node committed, opened and agrees with its neighbour: evidence/,
    /Keeper of replicas: first share of what its Swarm neighbourhood earns, \d+\.\d+ CROFT/,
    /Replica 2 proved by four fresh challenges: accepted/,
    /Keeper of replicas: first ledger line, \d+\.\d+ CROFT/,
    /Keeper of replicas: paid \d+\.\d+ CROFT, final in 0x[0-9a-f]{64}/,
    /Data set read back from its keepers: whole, byte for byte/,
    /croft verify bzz:\/\/[0-9a-f]{64}: sound/,
  ])
    await demo.said(told);
  const { portal, chainUrl } = demo.place();
  expect(await Promise.all([listens(portal), listens(chainUrl)])).toEqual([true, true]);
  const page = await fetch(portal);
  expect(page.status).toBe(200);
  demo.interrupt();
  expect(await demo.ended, demo.story()).toBe(0);
  expect(await demo.leftovers()).toEqual([]);
  expect(await Promise.all([listens(portal), listens(chainUrl)])).toEqual([false, false]);
}, 300_000);
