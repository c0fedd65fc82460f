import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { detectPlotters } from './detect.js';
import { placesOf } from './places.js';
import { PLOTTER_PROGRAMS } from './programs.js';
import { installStandIn } from './testing/stand-in.js';

const root = mkdtempSync(join(tmpdir(), 'croft-detect-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let homes = 0;
const fakeHome = () => join(root, `home-${++homes}`);

const names = async (home: string, env: NodeJS.ProcessEnv = {}) => {
  const found = await detectPlotters({ platform: 'linux', home, env, timeoutMs: 5000 });
  return found
    .filter(({ executable }) => executable.startsWith(root))
    .map(({ name, executable, isAutomatic }) => [name, executable.slice(home.length + 1), isAutomatic]);
};

test('plotters are found where Chia is installed from source, beside PATH', async () => {
  const home = fakeHome();
  installStandIn(join(home, 'chia-blockchain/venv/bin'), { name: 'chia', file: 'chia' });
  installStandIn(join(home, 'chia-blockchain/venv/bin'), { name: 'bladebit', file: 'bladebit' });
  const built = join(home, '.chia/mainnet/plotters/madmax-plotter/build');
  installStandIn(built, { name: 'madmax', file: 'chia_plot' });
  expect(await names(home)).toEqual([
    ['chia', 'chia-blockchain/venv/bin/chia', true],
    ['madmax', '.chia/mainnet/plotters/madmax-plotter/build/chia_plot', true],
    ['bladebit', 'chia-blockchain/venv/bin/bladebit', true],
  ]);
  // PATH goes first, and what HOME is may come from the environment
  installStandIn(join(home, 'bin'), { name: 'chia', file: 'chia' });
  expect((await names(home, { PATH: join(home, 'bin') }))[0]![1]).toBe('bin/chia');
  const [chia] = await detectPlotters({ platform: 'linux', env: { HOME: home } });
  expect(chia!.executable).toContain('chia-blockchain/venv');
});

test('the folders of Chia’s packages on each system', () => {
  const program = (file: string) => PLOTTER_PROGRAMS.find((one) => one.file === file)!;
  const places = (file: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) =>
    placesOf(program(file), { platform, env, home: platform === 'win32' ? 'C:\\Users\\a' : '/home/a' });
  const deb = '/usr/lib/chia-blockchain/resources/app.asar.unpacked/daemon';
  expect(places('chia', 'linux')).toEqual([
    '/home/a/chia-blockchain/venv/bin/chia',
    `${deb}/chia`,
    '/opt/chia/resources/app.asar.unpacked/daemon/chia',
    '/opt/chia/chia',
  ]);
  expect(places('bladebit_cuda', 'linux')).toContain(`${deb}/bladebit/bladebit_cuda`);
  expect(places('chia_plot', 'linux')).toContain(`${deb}/_internal/madmax/chia_plot`);
  const app = '/Applications/Chia.app/Contents/Resources/app.asar.unpacked/daemon';
  expect(places('chia', 'darwin')).toContain(`${app}/chia`);
  expect(places('bladebit', 'darwin')).toContain(`${app}/bladebit/bladebit`);
  const LOCALAPPDATA = 'C:\\Users\\a\\AppData\\Local';
  expect(places('chia_plot', 'win32', { LOCALAPPDATA })).toContain(
    `${LOCALAPPDATA}\\Programs\\Chia\\resources\\app.asar.unpacked\\daemon\\madmax\\chia_plot.exe`,
  );
  const onPath = places('chia', 'win32', { Path: 'C:\\tools;relative' });
  expect(onPath[0]).toBe('C:\\tools\\chia.exe');
  expect(onPath.some((path) => path.startsWith('relative'))).toBe(false);
});

test('a plotter for graphics cards is chosen by itself only where a card is seen', async () => {
  const cuda = { name: 'bladebit-cuda', file: 'bladebit_cuda' };
  const without = fakeHome();
  const PATH = (home: string) => ({ PATH: join(home, 'bin') });
  installStandIn(join(without, 'bin'), cuda);
  expect(await names(without, PATH(without))).toEqual([['bladebit-cuda', 'bin/bladebit_cuda', false]]);
  const itself = fakeHome();
  installStandIn(join(itself, 'bin'), { ...cuda, card: true });
  expect((await names(itself, PATH(itself)))[0]![2]).toBe(true);
  // an old one cannot say; the driver can
  const driver = (home: string, says: string) => {
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'bin/nvidia-smi'), `#!/bin/sh\n[ "$1" = -L ] && ${says}\n`);
    chmodSync(join(home, 'bin/nvidia-smi'), 0o755);
  };
  driver(without, 'echo "GPU 0: NVIDIA GeForce RTX 3060 (UUID: GPU-1)"');
  expect((await names(without, PATH(without)))[0]![2]).toBe(true);
  driver(without, 'exit 9');
  expect((await names(without, PATH(without)))[0]![2]).toBe(false);
  driver(without, 'echo No devices found.');
  expect((await names(without, PATH(without)))[0]![2]).toBe(false);
});
