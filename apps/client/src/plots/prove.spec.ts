import { copyFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plotReason, verifyProof } from '#libs/proof-of-space';
import { hexToBytes, lotOf, subChallenge } from '#libs/protocol';
import { plot18 } from '../testing/vectors.js';
import { walkPlot } from './prove.js';

const plotId = hexToBytes(plot18.plotId);
const beacon = (number: number) => new Uint8Array(32).fill(number);
let folder: string;
let file: string;
let plot: { file: string; plotId: string; kind: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'croft-prove-'));
  file = join(folder, 'a.plot');
  plot = { file, plotId: plot18.plotId, kind: 'chia-v1' };
  await copyFile(plot18.file, file);
});
afterEach(() => rm(folder, { recursive: true }));

test('a damaged plot answers with what it holds, and says what is wrong', async () => {
  const handle = await open(file, 'r+');
  // two of the hundred parks of P1: about half of all proofs go through one of them
  await handle.write(Buffer.alloc(9_000, 0x55), 0, 9_000, 100_000);
  await handle.close();
  let damaged = 0;
  let proved = 0;
  for (let number = 0; number < 40; number++) {
    const walk = await walkPlot(plot, beacon(number));
    if (walk.problem !== null) {
      damaged++;
      expect(plotReason(walk.problem)).toBe('damaged');
    }
    if (walk.subIndex === null) continue;
    proved++;
    const challenge = subChallenge(lotOf(plotId, beacon(number)), walk.subIndex);
    expect(verifyProof(plotId, 18, challenge, hexToBytes(walk.proof!))).not.toBeNull();
  }
  expect(damaged).toBeGreaterThan(0);
  expect(proved).toBeGreaterThan(10);
});

test('a file that is gone, or another plot, ends the walk with its reason', async () => {
  const other = await walkPlot({ ...plot, plotId: '07'.repeat(32) }, beacon(1));
  expect([other.subIndex, plotReason(other.problem)]).toEqual([null, 'replaced']);
  const gone = await walkPlot({ ...plot, file: join(folder, 'b.plot') }, beacon(1));
  expect([gone.proof, plotReason(gone.problem)]).toEqual([null, 'gone']);
});

test('a walk whose time is over is given up', async () => {
  const ended = AbortSignal.abort(new Error('too late'));
  await expect(walkPlot(plot, beacon(1), ended)).rejects.toThrow('too late');
});
