// The way in on a fresh machine: Node's built-ins only. Installs what package-lock.json names when it is not
// there yet, builds what changed, then runs `demo`, `start`, `test` or a benchmark (`bench pos`: bench/pos/main.ts).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const started = Date.now();
const [job, ...args] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Croft needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function install() {
  const stamp = join(root, 'node_modules/.croft-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package.json')))
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.versions.node)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  step('Installing packages (once)');
  // a shell because npm is a script of another name on each platform; the arguments are fixed
  const npm = spawnSync('npm install --no-audit --no-fund --prefer-offline --loglevel=error', {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (npm.status !== 0) {
    console.error('npm install failed; the lines above say why.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function step(text) {
  console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}

function run(script) {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CROFT_STARTED_AT: String(started) },
  });
  // the terminal signals the whole group; a signal sent to this process alone is passed on
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

const jobs = { demo: 'dist/apps/demo/main.js', start: 'dist/apps/center/main.js', test: 'scripts/test.mjs' };
const bench = job === 'bench' && existsSync(join(root, 'bench', args[0] ?? '', 'main.ts'));
if (bench) jobs.bench = `dist/bench/${args.shift()}/main.js`;
if (!jobs[job]) {
  console.error('usage: node scripts/bootstrap.mjs demo|start|test|bench NAME');
  process.exit(2);
}
install();
if (job !== 'test') step('Building what changed');
const { build } = await import('./build.mjs');
await build();
run(jobs[job]);
