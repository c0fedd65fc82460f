import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rulesets } from '#libs/ruleset';

const folder = join(import.meta.dirname, '../libs/ruleset/src');

/** What each ruleset is made of. A ruleset that was ever used is never changed: a new one is added beside it. */
const sources: Record<string, string[]> = {
  'ruleset-1': [
    'cuts.ts',
    'facts.ts',
    'fraction.ts',
    'held.ts',
    'network-weight.ts',
    'plot-size.ts',
    'ruleset-1.ts',
    'storage.ts',
  ],
  'ruleset-2': [
    'bees.ts',
    'cuts.ts',
    'facts-2.ts',
    'facts.ts',
    'fraction.ts',
    'held.ts',
    'network-weight.ts',
    'plot-size.ts',
    'ruleset-1.ts',
    'ruleset-2.ts',
    'settle.ts',
    'storage.ts',
  ],
};

/** SHA-256 over name, zero byte, content, zero byte of each file, by name; line ends as LF. */
function codeHash(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const name of [...files].sort()) {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${text}\0`);
  }
  return hash.digest('hex');
}

test('the code hash that bundles name is that of the code', () => {
  expect(Object.keys(sources)).toEqual(Object.keys(rulesets));
  for (const [name, files] of Object.entries(sources)) {
    expect(codeHash(files), name).toBe(rulesets[name]!.codeHash);
    // and it is made of nothing else
    for (const file of files) {
      const imports = readFileSync(join(folder, file), 'utf8').matchAll(/from '\.\/([\w-]+)\.js'/g);
      for (const [, imported] of imports) expect(files, `${file} imports`).toContain(`${imported}.ts`);
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/from '[^.]/);
    }
  }
});
