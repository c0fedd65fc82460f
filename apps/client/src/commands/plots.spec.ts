import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { speakFor } from '../messages/speak.js';
import type { CommandIo } from './io.js';
import { createPlotCommand } from './plots-create.js';

let folder: string;
let lines: string[];
const io: CommandIo = {
  out: (line) => void lines.push(line),
  err: (line) => void lines.push(line),
  speak: speakFor({}),
  env: {},
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-plots-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

test('options that describe no plot are refused', async () => {
  const key = 'ab'.repeat(48);
  const bad = [
    { k: '17' },
    { k: '18' },
    { k: '18', id: 'ab', memo: '' },
    { k: '18', id: 'ab'.repeat(32), memo: '', contract: 'xch1x' },
    { k: '18', farmerPublicKey: key, contract: 'xch1nonsense' },
    { k: '18', farmerPublicKey: key, contract: 'cd'.repeat(32) },
  ];
  for (const options of bad) {
    await expect(createPlotCommand({ path: folder, ...options }, io)).rejects.toMatchObject({
      code: 'plot_options_invalid',
    });
  }
});
