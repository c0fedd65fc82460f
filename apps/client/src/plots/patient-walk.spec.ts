import { expect, test } from 'vitest';
import { PlotFormatError } from '#libs/proof-of-space';
import { patientWalk } from './patient-walk.js';
import type { Walk } from './prove.js';

const stalled: Walk = {
  subIndex: null,
  proof: null,
  problem: new PlotFormatError('plot_timeout', 'The disk did not answer within 10 ms'),
};
const proved: Walk = { subIndex: 3, proof: 'ab', problem: null };

/** Comes to each in turn, and to the last for ever. */
function walks(...came: Walk[]) {
  let count = 0;
  const walk = async () => came[Math.min(count++, came.length - 1)]!;
  return { walk, count: () => count };
}

test('a disk that stalls for a while costs time, not the proof, and is told of once', async () => {
  const { walk } = walks(stalled, stalled, proved);
  const told: string[] = [];
  const came = await patientWalk(walk, new AbortController().signal, ({ code }) => told.push(code));
  expect(came).toEqual(proved);
  expect(told).toEqual(['plot_timeout']);
});

test('so does a machine that cannot read for a moment: too many open files, an error of the line', async () => {
  const unreadable = { ...stalled, problem: new PlotFormatError('plot_unreadable', 'EMFILE') };
  const { walk } = walks(unreadable, proved);
  expect(await patientWalk(walk, new AbortController().signal, () => {})).toEqual(proved);
});

test('one that stalls past the deadline is no answer', async () => {
  const { walk, count } = walks(stalled);
  expect(await patientWalk(walk, AbortSignal.timeout(1_300), () => {})).toBeNull();
  expect(count()).toBe(2);
});

test('what is damaged, and what was proved before the disk stalled, is taken as it is', async () => {
  const damaged = { ...stalled, problem: new PlotFormatError('plot_truncated', 'short') };
  for (const came of [damaged, { ...proved, problem: stalled.problem }]) {
    const { walk, count } = walks(came);
    expect(await patientWalk(walk, new AbortController().signal, () => {})).toEqual(came);
    expect(count()).toBe(1);
  }
});
