// Everything `npm test` checks, each step with its time: style, types, the rules of the house, then the tests; at
// last the tests that start the whole demo, one after another. Arguments go to vitest instead
// (`npm test -- libs/chia`). The last line sums up; each static check counts as one test.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'croft-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const started = performance.now();

const checks = [
  ['Style (Biome)', '@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']],
  ['Types (tsc)', 'typescript/bin/tsc', ['-p', '.', '--pretty', 'false']],
  [
    'Rules of the house (dependency-cruiser)',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'migrations', 'bench', 'test', 'contracts'],
  ],
];

/** Tests that start the demo: each alone, because they measure and kill processes. */
const alone = ['test/demo.spec.ts', 'test/kill.spec.ts', 'test/browser.spec.ts'];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs a tool of node_modules; resolves with its exit code and, unless it writes to the terminal, its output. */
function run(tool, args, { quiet, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
      cwd: root,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      resolve({ code: code ?? 1, output });
    });
  });
}

async function check([name, tool, args]) {
  const since = performance.now();
  const { code, output } = await run(tool, args, { quiet: true });
  if (code !== 0) console.log(output);
  console.log(`${code === 0 ? '✓' : '✗'} ${name}: ${seconds(since)}`);
  total[code === 0 ? 'passed' : 'failed']++;
}

async function tests(name, args) {
  const since = performance.now();
  const counts = join(scratch, 'counts.json');
  rmSync(counts, { force: true });
  const reporters = ['--reporter=default', '--reporter=./scripts/reporter.mjs'];
  const env = { CROFT_TEST_COUNTS: counts };
  const { code } = await run('vitest/vitest.mjs', ['run', ...reporters, ...args], { env });
  const found = read(counts);
  for (const kind of Object.keys(total)) total[kind] += found[kind];
  // it failed without a failed test: nothing found to run, or it fell over
  if (code !== 0 && found.failed === 0) total.failed++;
  console.log(`${code === 0 ? '✓' : '✗'} ${name}: ${seconds(since)}`);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

const given = process.argv.slice(2);
if (given.length > 0) await tests('Tests', given);
else {
  for (const one of checks) await check(one);
  await tests(
    'Tests',
    alone.map((file) => `--exclude=${file}`),
  );
  await tests('Tests that start the demo', [...alone, '--no-file-parallelism', '--maxWorkers=1']);
}
rmSync(scratch, { recursive: true, force: true });
console.log(`All of it: ${seconds(started)}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
