import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Section } from '../frame/section.js';

const SEEDS = [1, 2, 3];

interface Played {
  seed: number;
  days: number;
  clients: number;
  answers: number;
  assemblingSeconds: number;
  seconds: number;
}

/**
 * Thirty virtual days of the testfield (test/testfield) with its assertions: who cheats is found and earns no more than
 * who does not. It needs the sources and the packages for development.
 */
export const testfield: Section = {
  title: `The testfield: the real center, scripted clients, thirty days (seeds ${SEEDS.join(', ')} with --large)`,
  async run({ large, row }) {
    const folder = mkdtempSync(join(tmpdir(), 'croft-bench-field-'));
    const figures = join(folder, 'figures');
    try {
      const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', 'test/testfield.spec.ts'];
      const child = spawn(process.execPath, args, {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          TESTFIELD: (large ? SEEDS : SEEDS.slice(0, 1)).join(','),
          TESTFIELD_FIGURES: figures,
        },
      });
      const [code] = await once(child, 'exit');
      row({ name: 'exit code of its assertions', samples: [code as number], unit: '', wanted: 0 });
      // a field that did not come to its end has none
      if (!existsSync(figures)) return;
      const played = readFileSync(figures, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Played);
      const all = (of: (one: Played) => number) => played.map(of);
      row({ name: 'clients', samples: all(({ clients }) => clients), unit: '' });
      const goal = { name: 'the goal of 60 s', value: 60 };
      row({ name: 'thirty days', samples: all(({ seconds }) => seconds), unit: 's', against: goal });
      row({ name: '  answers a second', samples: all((one) => one.answers / one.seconds), unit: '1/s' });
      row({
        name: '  everybody joins and plots, before that',
        samples: all((one) => one.assemblingSeconds),
        unit: 's',
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
