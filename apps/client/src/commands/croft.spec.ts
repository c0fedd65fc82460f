import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keyGen, plotIdentity, publicKey } from '#libs/chia';
import { processIdentity } from '#libs/processes';
import { createPlot } from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';
import { installStandIn } from '../../../../libs/chia/src/plotters/testing/stand-in.js';
import { until } from '../testing/test-node.js';

// the built program in processes of its own
const croft = join(import.meta.dirname, '../../../../dist/apps/client/croft.js');
const root = mkdtempSync(join(tmpdir(), 'croft-process-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const farmerPublicKey = publicKey(keyGen(new Uint8Array(32).fill(7)));
const contractPuzzleHash = new Uint8Array(32).fill(9);
const keys = [
  ...['--farmer-public-key', bytesToHex(farmerPublicKey)],
  ...['--contract', bytesToHex(contractPuzzleHash)],
];
let scenes = 0;
function scene() {
  const folder = join(root, String(++scenes));
  const [bin, temp, final] = ['bin', 'temp', 'final'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [temp, final]) mkdirSync(one, { recursive: true });
  const report = join(folder, 'report.json');
  return { folder, bin, temp, final, report };
}

function start(args: string[], PATH = ''): ChildProcess {
  return spawn(process.execPath, [croft, ...args], {
    env: { ...process.env, PATH, HOME: root, LANG: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function croftEnds(args: string[], PATH?: string) {
  const child = start(args, PATH);
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr!.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  const lines = out.split('\n').filter((line) => line.startsWith('{'));
  return { code, out, err, error: lines.length > 0 ? JSON.parse(lines.at(-1)!).error : undefined };
}

test('bad input ends with 2, other failures with 1, each with its stable code', async () => {
  const { folder, final, bin } = scene();
  installStandIn(bin, { name: 'madmax', file: 'chia_plot', mode: 'disk-full' });
  const create = (...more: string[]) => ['plots', 'create', '--json', '--final', final, ...keys, ...more];
  const gone = join(folder, 'gone');
  const cases: [string[], number, string][] = [
    [create('--k', '17'), 2, 'plot_options_invalid'],
    [create('--k', '18', '--buckets', '17'), 2, 'plot_bad_request'],
    [create('--k', '18', '--temp', gone), 2, 'folder_not_writable'],
    [create('--k', '18', '--unheard-of'), 2, 'options_invalid'],
    [['plots', 'verify', gone, '--json'], 2, 'plot_unreadable'],
    [create('--k', '20', '--plotter', 'madmax'), 1, 'disk_full'],
  ];
  const results = await Promise.all(cases.map(([args]) => croftEnds(args, bin)));
  expect(results.map(({ code, error }) => [code, error?.code])).toEqual(
    cases.map(([, code, word]) => [code, word]),
  );
  expect((await croftEnds(['plots', '--help'])).code).toBe(0);
  expect(readdirSync(final)).toEqual([]);
}, 60_000);

test('Ctrl-C of a benchmark takes everything away and ends with 130', async () => {
  const { temp } = scene();
  const child = start(['plots', 'bench', '--k', '24', '--temp', temp]);
  const ended = once(child, 'close');
  await until(() => readdirSync(temp).some((name) => readdirSync(join(temp, name)).length > 0), 'work');
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(readdirSync(temp)).toEqual([]);
}, 60_000);

/** Starts a croft with a stand-in of madMAx, waits until that has come so far, and kills the croft. */
async function killed(mode: string, isFar: (at: ReturnType<typeof scene>) => boolean, plot?: string) {
  const at = scene();
  installStandIn(at.bin, { name: 'madmax', file: 'chia_plot', mode, plot, report: at.report });
  const asked = ['--k', '18', '--final', at.final, '--temp', at.temp, '--plotter', 'madmax'];
  const child = start(['plots', 'create', ...asked, ...keys], at.bin);
  await until(() => existsSync(at.report) && isFar(at), 'the plotter');
  const [pid] = JSON.parse(readFileSync(at.report, 'utf8')).pids as [number];
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  child.stdout!.destroy();
  child.stderr!.destroy();
  await ended;
  const again = () =>
    croftEnds(['plots', 'create', '--k', '18', '--final', at.final, '--temp', at.temp, ...keys]);
  return { ...at, pid, again };
}

test.skipIf(process.platform !== 'linux')(
  'killed with another plotter at work: the next one ends it and clears up',
  async () => {
    const { temp, final, pid, again } = await killed('orphan', () => true);
    expect(processIdentity(pid)).not.toBeNull();
    expect([readdirSync(temp).length, readdirSync(final).length]).toEqual([1, 1]);
    const { code, err } = await again();
    expect(code).toBe(0);
    expect(err).toContain(`process ${pid}`);
    expect(processIdentity(pid)).toBeNull();
    expect(readdirSync(temp)).toEqual([]);
    expect(readdirSync(final)).toEqual([expect.stringMatching(/^plot-k18-.*\.plot$/)]);
  },
  60_000,
);

test.skipIf(process.platform !== 'linux')(
  'killed when the other plotter had finished: its plot is not lost',
  async () => {
    const plot = join(root, 'finished.plot');
    const masterSecretKey = keyGen(new Uint8Array(32).fill(3));
    const { plotId, memo } = plotIdentity({ farmerPublicKey, contractPuzzleHash, masterSecretKey });
    await createPlot({ k: 18, plotId, memo, path: plot, threads: 1 });
    const isFar = ({ final }: { final: string }) =>
      readdirSync(final).some((name) => existsSync(join(final, name, 'finished.plot')));
    const { final, pid, again } = await killed('late', isFar, plot);
    const { code, err } = await again();
    expect([code, processIdentity(pid)]).toEqual([0, null]);
    expect(err).toContain(join(final, 'finished.plot'));
    expect(readFileSync(join(final, 'finished.plot')).equals(readFileSync(plot))).toBe(true);
    expect(readdirSync(final)).toHaveLength(2);
  },
  60_000,
);
