// All the tests: first what reads the code (format, types, arrows, lock), then the suites, then what starts whole
// processes, one at a time. With arguments, only the suites they name: `npm test -- libs/chia`. The last line counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const wanted = process.argv.slice(2);
const count = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'croft-test-report-'));

/** Suites that start the whole demo: each takes the machine for itself. */
const whole = ['test/demo.spec.ts', 'test/kill.spec.ts', 'test/browser.spec.ts'];

const checks = [
  ['format and lint', [bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '.']],
  ['types', [bin('tsc'), '-p', '.']],
  ['arrows between rooms', [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'apps', 'libs']],
];

function execute([command, ...args], stdio) {
  const started = Date.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    stdio,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, NODE_ENV: 'test' },
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error ?? ''}`;
  return { ok: status === 0, output, seconds: ((Date.now() - started) / 1000).toFixed(1) };
}

function check([name, command]) {
  const { ok, output, seconds } = execute(command, 'pipe');
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (!ok) console.log(output);
  count[ok ? 'passed' : 'failed']++;
}

/** Runs vitest and adds what it counted. A run that broke before counting is one failure. */
function suites(name, args) {
  const report = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok, seconds } = execute([bin('vitest'), 'run', ...reporters, ...args], 'inherit');
  console.log(`${name}: ${seconds} s`);
  let counted;
  try {
    counted = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    count.failed++;
    return;
  }
  count.passed += counted.numPassedTests;
  count.skipped += counted.numPendingTests + counted.numTodoTests;
  // a file that does not even load fails no test, yet fails the run
  count.failed += Math.max(counted.numFailedTests, ok ? 0 : 1);
}

if (wanted.length > 0) {
  suites('suites', wanted);
} else {
  for (const each of checks) check(each);
  suites(
    'suites',
    whole.map((file) => `--exclude=${file}`),
  );
  suites('whole', [...whole, '--no-file-parallelism']);
}
rmSync(reports, { recursive: true, force: true });
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);
