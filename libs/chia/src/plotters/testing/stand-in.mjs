// Behaves as an installed plotter does, as far as its caller can see: takes its arguments, prints its transcript,
// writes temporary files and a plot. STAND_IN names the plotter, MODE what goes wrong, PLOT the file it "makes" (without
// one it makes a real plot with the compiled libraries), REPORT where it tells how it was called.
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const { STAND_IN, MODE = 'good', PLOT, REPORT, VERSION = '1.2.3', CARD } = process.env;
const args = process.argv.slice(2);
const after = (flag) => args[args.indexOf(flag) + 1];

if (args[0] === 'version' || args[0] === '--version') {
  if (MODE === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  console.log(VERSION);
  process.exit(0);
}
if (args[0] === 'cudacheck') process.exit(CARD === 'yes' ? 0 : 1);

const bladebit = STAND_IN.startsWith('bladebit');
const final = bladebit ? args.at(-1) : after('-d');
const temp = bladebit ? (args.includes('-t1') ? after('-t1') : final) : after('-t');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

writeFileSync(join(temp, 'table1.tmp'), 'x'.repeat(1000));
writeFileSync(join(final, 'half.plot.tmp'), 'half');
if (MODE === 'stubborn') process.on('SIGTERM', () => console.log('no'));
// its parent may die: output that nobody reads is no reason to end
if (MODE === 'orphan' || MODE === 'late') process.stdout.on('error', () => {});
let grandchild = null;
if (MODE === 'stubborn') grandchild = spawn('sleep', ['100'], { stdio: 'inherit' });
if (REPORT) {
  const said = { args, env: Object.keys(process.env), pids: [process.pid, grandchild?.pid ?? 0] };
  writeFileSync(`${REPORT}.new`, JSON.stringify(said));
  renameSync(`${REPORT}.new`, REPORT);
}

if (MODE === 'garbage') {
  process.stdout.write('z'.repeat(3_000_000));
  process.stdout.write(Buffer.from([0, 255, 254, 10, 13, 10, 27, 91, 51, 49, 109, 10]));
  process.stdout.write('Progress update: 99999\nProgress update: -1\n[P1] Table 9 took\n');
}
const transcript = readFileSync(new URL(`./${STAND_IN}.txt`, import.meta.url), 'utf8').split('\n');
for (const [i, line] of transcript.entries()) {
  if (MODE === 'disk-full' && i === 6) {
    console.error('terminate called: fwrite() failed with: No space left on device');
    await wait(60_000);
  }
  if (MODE === 'retries' && i === 6) {
    console.log('Copy to /final failed with: fopen() failed. Retrying');
    await wait(60_000);
  }
  if (['silent', 'stubborn', 'orphan'].includes(MODE) && i === 6) await wait(60_000);
  if (MODE === 'exit' && i === 6) process.exit(3);
  if (MODE === 'crash' && i === 6) process.kill(process.pid, 'SIGKILL');
  console.log(line);
  await wait(MODE === 'slow' ? 60 : 1);
}
if (MODE !== 'nothing') await writePlot();
// the plot is whole, but the program takes its time to end
if (MODE === 'late') await wait(60_000);

async function writePlot() {
  if (PLOT) return copyFileSync(PLOT, join(final, basename(PLOT)));
  const lib = (name) => import(new URL(`../../../../../dist/libs/${name}/index.js`, import.meta.url));
  const [{ decodeAddress, keyGen, plotIdentity }, { createPlot }] = await Promise.all([
    lib('chia'),
    lib('proof-of-space'),
  ]);
  const { plotId, memo } = plotIdentity({
    farmerPublicKey: Buffer.from(after('-f'), 'hex'),
    contractPuzzleHash: decodeAddress(after('-c')).puzzleHash,
    masterSecretKey: keyGen(crypto.getRandomValues(new Uint8Array(32))),
  });
  const k = Number(after('-k'));
  const name = `plot-k${k}-2026-01-01-00-00-${Buffer.from(plotId).toString('hex')}.plot`;
  await createPlot({ k, plotId, memo, path: join(final, name), threads: 1 });
}
