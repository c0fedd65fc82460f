import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Batch } from './batch.js';

const settled = (all: Promise<unknown>[]) =>
  Promise.allSettled(all).then((list) =>
    list.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message)),
  );

test('one alone goes at once; what comes meanwhile goes together, in order, no more than the most', async () => {
  const batches: number[][] = [];
  const batch = new Batch(
    async (items: number[]) => {
      batches.push(items);
      await sleep(1);
      return items.map((item) => item * 2);
    },
    { most: 3 },
  );
  expect(await settled([1, 2, 3, 4, 5, 6].map((item) => batch.add(item)))).toEqual([2, 4, 6, 8, 10, 12]);
  expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
  expect(await batch.add(7)).toBe(14);
});

test('an error of one is its own; when a batch fails as a whole, each is tried by itself', async () => {
  const batch = new Batch(async (items: number[]) => {
    if (items.includes(3)) throw new Error('poisoned');
    return items.map((item) => (item === 2 ? new Error('two') : item));
  });
  expect(await settled([1, 2, 3, 4].map((item) => batch.add(item)))).toEqual([1, 'two', 'poisoned', 4]);
  expect(await batch.add(5)).toBe(5);
});

test('several batches may be under way at once', async () => {
  let now = 0;
  let most = 0;
  const batch = new Batch(
    async (items: number[]) => {
      most = Math.max(most, ++now);
      await sleep(1);
      now--;
      return items;
    },
    { most: 2, lanes: 3 },
  );
  expect(await settled([1, 2, 3, 4, 5, 6, 7, 8].map((item) => batch.add(item)))).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  expect(most).toBe(3);
});
