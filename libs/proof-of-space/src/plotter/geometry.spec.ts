import { expect, test } from 'vitest';
import { linePointBuckets } from './compress/line-point-buckets.js';
import { valueBytes } from './compress/widths.js';
import { geometryFault, geometryOf } from './geometry.js';
import { MAX_PLOTTER_K, planPlot } from './plan.js';

const GiB = 2 ** 30;

test('every k has a way to be made within 4 GiB of memory', () => {
  for (let k = 18; k <= MAX_PLOTTER_K; k++) {
    const plan = planPlot({ k, memoryBytes: 4 * GiB, threads: 2 });
    expect(plan.peakMemoryBytes).toBeLessThanOrEqual(4 * GiB);
    const geometry = geometryOf(k, plan.buckets);
    expect(geometryFault(geometry)).toBeNull();
    expect(() => linePointBuckets(2 ** k, geometry.pointBuckets, valueBytes(k, 1) === 8)).not.toThrow();
    // all y have a bucket, and all buckets' places a field of a link
    expect(geometry.yBuckets * geometry.width).toBeGreaterThanOrEqual(2 ** (k + 6));
    expect(geometry.yBuckets).toBeLessThanOrEqual(geometry.buckets);
  }
});

test('a plan says what it takes, and small plots fit into memory', () => {
  expect(planPlot({ k: 22, memoryBytes: GiB })).toMatchObject({
    mode: 'memory',
    tempBytes: 0,
    temp2Bytes: 0,
  });
  const disk = planPlot({ k: 25, memoryBytes: GiB });
  expect(disk.mode).toBe('disk');
  expect(disk.peakMemoryBytes).toBeLessThan(GiB);
  // links of 6 tables, x, f7 and marks; two tables of 20 bytes
  expect(disk.tempBytes / 2 ** 25).toBeCloseTo(56.6, -1);
  expect(disk.temp2Bytes / 2 ** 25).toBeCloseTo(40, -1);
  const k32 = planPlot({ k: 32, memoryBytes: 3 * GiB, memoBytes: 112 });
  expect(k32.finalBytes).toBeGreaterThan(108.8e9);
  expect(k32.finalBytes).toBeLessThan(1.01 * 108.8e9);
});

test('too little memory is refused with the least that would do', () => {
  let least = 0;
  try {
    planPlot({ k: 32, memoryBytes: 100_000_000 });
  } catch (error) {
    least = (error as { details: { bytesNeeded: number } }).details.bytesNeeded;
  }
  expect(least).toBeGreaterThan(100_000_000);
  expect(planPlot({ k: 32, memoryBytes: least }).peakMemoryBytes).toBe(least);
});
