import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[];
};

/** A small house in order: everything in it is allowed. */
const house: Record<string, string> = {
  'libs/ruleset/src/index.ts': `export * from './facts.js';`,
  'libs/ruleset/src/facts.ts': `export const facts = 1;`,
  'libs/settlement/src/index.ts': `export { id } from 'ethers';`,
  'libs/proof-of-space/src/index.ts': `export * from './reader/file-source.js';`,
  'libs/proof-of-space/src/reader/file-source.ts': `export { open } from 'node:fs/promises';`,
  'libs/proof-of-space/src/reader.spec.ts': `import 'node:fs'; import 'vitest'; import './testing/plots.js';`,
  'libs/proof-of-space/src/testing/plots.ts': `import 'node:os';`,
  'bench/pos/main.ts': `import '#libs/ruleset';`,
  'apps/portal/src/page.tsx': `import 'react'; import '#libs/ruleset';`,
  'apps/client/src/croft.ts': `import '#libs/proof-of-space'; import 'commander';`,
  'apps/center/src/center.ts': `import './plots/plots.module.js';`,
  'apps/center/src/platform/clock.ts': `import '@nestjs/common';`,
  'apps/center/src/platform/plot-kinds/chia-v1-plots.ts': `import '#libs/proof-of-space';`,
  'apps/center/src/accounts/payout-addresses.ts': `export class PayoutAddresses {}`,
  'apps/center/src/accounts/passwords.ts': `export {};`,
  'apps/center/src/plots/plots.module.ts': `import './plots.service.js';`,
  'apps/center/src/plots/plots.service.ts': `import './plot.entity.js'; import '../platform/clock.js';`,
  'apps/center/src/plots/plot.entity.ts': `export class Plot { static table = 'plots'; }`,
  'apps/center/src/plots/plots.gateway.ts': `import './plots.service.js';`,
  'apps/center/src/plots/dto.ts': `export {};`,
  'apps/center/src/audits/audits.service.ts': [
    `import '../plots/plots.service.js'; import '../plots/plots.module.js'; import '../plots/dto.js';`,
    `import '../accounts/payout-addresses.js'; import type { Plot } from '../plots/plot.entity.js';`,
    `import type { Judge } from './judge.js'; export type Kept = Plot & Judge; export const audits = 1;`,
  ].join('\n'),
  'apps/center/src/audits/judge.ts': `import { audits } from './audits.service.js'; export type Judge = typeof audits;`,
};

/** One breach a rule: the file that is added, its text, and what it leads to. */
const breaches: Record<string, [file: string, text: string][]> = {
  'no-circle': [
    ['libs/chia/src/a.ts', `import { b } from './b.js'; export const a = () => b;`],
    ['libs/chia/src/b.ts', `import { a } from './a.js'; export const b = () => a;`],
  ],
  'not-resolvable': [['libs/chia/src/lost.ts', `import './nowhere.js';`]],
  'apps-apart': [['apps/client/src/spy.ts', `import '../../center/src/platform/clock.js';`]],
  'libs-below-apps': [['libs/chia/src/upward.ts', `import '../../../apps/client/src/croft.js';`]],
  'bench-on-libs': [['bench/pos/center.ts', `import '../../apps/center/src/center.js';`]],
  'libs-by-their-door': [['apps/client/src/window.ts', `import '../../../libs/ruleset/src/facts.js';`]],
  'pure-libs-no-framework': [
    ['libs/ruleset/src/nest.ts', `import { Injectable } from '@nestjs/common'; export { Injectable };`],
    ['libs/protocol/src/orm.ts', `import type { Entity } from 'typeorm'; export type Row = Entity;`],
    ['libs/swarm/src/contract.ts', `import '#libs/settlement';`],
    ['libs/proof-of-space/src/eth.ts', `import 'ethers';`],
  ],
  'pure-libs-no-io': [
    ['libs/protocol/src/disk.ts', `import { readFileSync } from 'node:fs'; export { readFileSync };`],
    ['libs/proof-of-space/src/reader/plot-reader.ts', `import 'node:fs/promises';`],
  ],
  'portal-no-server': [['apps/portal/src/disk.ts', `import 'node:path';`]],
  'portal-no-server-libs': [['apps/portal/src/chain.ts', `import '#libs/settlement';`]],
  'platform-knows-no-domain': [['apps/center/src/platform/log.ts', `import '../plots/plots.service.js';`]],
  'plots-by-their-kind': [['apps/center/src/audits/proof.ts', `import '#libs/proof-of-space';`]],
  'domain-by-its-service': [
    ['apps/center/src/audits/door.ts', `import '../plots/plots.gateway.js';`],
    ['apps/center/src/tasks/inner.ts', `import '../accounts/passwords.js';`],
  ],
  'domain-entities-as-types': [
    ['apps/center/src/audits/table.ts', `import { Plot } from '../plots/plot.entity.js'; export { Plot };`],
  ],
  'domains-below-the-app': [['apps/center/src/plots/all.ts', `import '../center.js';`]],
  'no-test-in-the-house': [['libs/proof-of-space/src/shipped.ts', `import './testing/plots.js';`]],
  'no-dev-package': [['apps/client/src/built.ts', `import 'vitest';`]],
  ...Object.fromEntries(
    config.forbidden.flatMap(({ name }) => {
      const domain = /^(\w+)-below-its-users$/.exec(name)?.[1];
      const text = `import '../admin/admin.service.js';`;
      return domain ? [[name, [[`apps/center/src/${domain}/upward.service.ts`, text]]]] : [];
    }),
  ),
};

let folder: string;

function write(files: [string, string][]) {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
}

/** Breaches that the tool finds, as `rule: file`. */
function findings(): string[] {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    tool,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'apps',
    'libs',
    'bench',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(stderr || stdout);
  const { violations } = (JSON.parse(stdout) as { summary: Summary }).summary;
  return [...new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`))].sort();
}

interface Summary {
  violations: { rule: { name: string }; from: string }[];
}

describe('the rules of the house', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'croft-house-'));
    for (const file of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    write(Object.entries(house));
    write([['apps/center/src/admin/admin.service.ts', 'export {};']]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a house in order passes', () => {
    expect(findings()).toEqual([]);
  });

  test('each rule finds its breach, and there is a breach for each rule', () => {
    expect(Object.keys(breaches).sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
    write(Object.values(breaches).flat());
    const found = new Set(findings());
    const unseen = Object.entries(breaches).flatMap(([rule, files]) =>
      rule === 'no-circle'
        ? []
        : files.map(([file]) => `${rule}: ${file}`).filter((breach) => !found.has(breach)),
    );
    expect(unseen).toEqual([]);
    expect([...found].filter((breach) => breach.startsWith('no-circle')).length).toBe(1);
  });
});
