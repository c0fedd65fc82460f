import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Runs one of the scripts; its output comes with a failure, for it names the seed. */
async function script(name: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'scripts', name), ...args], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${output}`);
  return output;
}

// the two share forge's cache, so they run one after the other
test('fuzz tests and invariants of the contracts hold', async () => {
  const output = await script('forge-test.mjs');
  console.log(/^forge, .*$/m.exec(output)?.[0]);
  for (const name of ['PayoutCampaignInvariants', 'PayoutCampaignHostile', 'Chequebook'])
    expect(output).toContain(name);
  expect(output).toMatch(/ 0 failed, 0 skipped \(\d\d total tests\)/);
}, 300_000);

test('and they find faults that are put in', async () => {
  const output = await script('forge-mutants.mjs', '--quick');
  expect(output).toMatch(/^\d mutants, 0 wrong$/m);
}, 300_000);
