// Behaves as an installed plotter does, as far as its caller can see: takes its arguments, prints its transcript,
// writes temporary files and a plot. STAND_IN names the plotter, MODE what goes wrong, PLOT the file it "makes".
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const { STAND_IN, MODE = 'good', PLOT, REPORT, VERSION = '1.2.3' } = process.env;
const args = process.argv.slice(2);
const after = (flag) => args[args.indexOf(flag) + 1];

if (args[0] === 'version' || args[0] === '--version') {
  if (MODE === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  console.log(VERSION);
  process.exit(0);
}

const bladebit = STAND_IN.startsWith('bladebit');
const final = bladebit ? args.at(-1) : after('-d');
const temp = bladebit ? (args.includes('-t1') ? after('-t1') : final) : after('-t');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

writeFileSync(join(temp, 'table1.tmp'), 'x'.repeat(1000));
writeFileSync(join(final, 'half.plot.tmp'), 'half');
if (MODE === 'stubborn') process.on('SIGTERM', () => console.log('no'));
let grandchild = null;
if (MODE === 'stubborn') grandchild = spawn('sleep', ['100'], { stdio: 'inherit' });
writeFileSync(
  REPORT,
  JSON.stringify({ args, env: Object.keys(process.env), pids: [process.pid, grandchild?.pid ?? 0] }),
);

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
  if ((MODE === 'silent' || MODE === 'stubborn') && i === 6) await wait(60_000);
  if (MODE === 'exit' && i === 6) process.exit(3);
  if (MODE === 'crash' && i === 6) process.kill(process.pid, 'SIGKILL');
  console.log(line);
  await wait(MODE === 'slow' ? 60 : 1);
}
if (MODE !== 'nothing') copyFileSync(PLOT, join(final, basename(PLOT)));
