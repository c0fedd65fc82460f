import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCenterKey } from './center-key.js';
import type { CenterConfig } from './config.js';

const built = join(import.meta.dirname, '../../../../dist/apps/center/platform/center-key.js');

/** The public key that a process of its own loads. */
function keyOf(folder: string): Promise<string> {
  const config = JSON.stringify({ CROFT_DATA: folder });
  const program = `import { loadCenterKey } from ${JSON.stringify(built)};
    process.stdout.write(loadCenterKey(${config}).publicKey);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

test('processes that start at once have one key, and leave nothing else behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'croft-key-'));
  try {
    const keys = await Promise.all(Array.from({ length: 4 }, () => keyOf(folder)));
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(keys).size).toBe(1);
    expect(loadCenterKey({ CROFT_DATA: folder } as CenterConfig).publicKey).toBe(keys[0]);
    expect(readdirSync(folder)).toEqual(['center-key.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
