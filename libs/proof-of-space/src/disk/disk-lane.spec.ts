import { expect, test } from 'vitest';
import { DiskLane } from './disk-lane.js';
import { Disks, readsAtOnceFor } from './disks.js';

/** Work that ends when it is told to. */
function held() {
  let finish!: () => void;
  let fail!: (error: Error) => void;
  const promise = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  return { work: () => promise, finish, fail };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('so many reads at once, and each owner in its turn', async () => {
  const lane = new DiskLane(2, 1000);
  const began: string[] = [];
  let running = 0;
  let most = 0;
  const many = {};
  const few = {};
  const work = (name: string) => async () => {
    began.push(name);
    most = Math.max(most, ++running);
    await turn();
    running--;
  };
  const all = [
    ...['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => lane.run(many, work(name))),
    ...['b1', 'b2'].map((name) => lane.run(few, work(name))),
  ];
  await Promise.all(all);
  expect(most).toBe(2);
  expect(began).toEqual(['a1', 'a2', 'a3', 'b1', 'a4', 'b2', 'a5']);
});

test('a read that hangs fails in time, everything after it at once, and all is well when it ends', async () => {
  const lane = new DiskLane(2, 20);
  const stuck = held();
  const results = await Promise.allSettled([
    lane.run({}, stuck.work),
    lane.run({}, () => new Promise((resolve) => setTimeout(resolve, 5, 'fine'))),
    lane.run({}, held().work),
    lane.run({}, async () => 'waits for both'),
  ]);
  expect(results.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code))).toEqual([
    'plot_timeout',
    'fine',
    'plot_timeout',
    'plot_timeout',
  ]);
  expect(lane.stalled).toBe(true);
  const before = performance.now();
  await expect(lane.run({}, async () => 1)).rejects.toMatchObject({ code: 'plot_timeout' });
  expect(performance.now() - before).toBeLessThan(15);
  stuck.fail(new Error('late'));
  await turn();
  // The third is still overdue.
  expect(lane.stalled).toBe(true);
});

test('a disk that recovers takes reads again', async () => {
  const lane = new DiskLane(1, 10);
  const stuck = held();
  await expect(lane.run({}, stuck.work)).rejects.toMatchObject({ code: 'plot_timeout' });
  stuck.finish();
  await turn();
  expect(await lane.run({}, async () => 'again')).toBe('again');
});

test('one stalled disk does not hold up another', async () => {
  const disks = new Disks({ readsAtOnce: 1, timeoutMs: 10 });
  const stuck = disks.lane('sda').run({}, held().work);
  expect(await disks.lane('sdb').run({}, async () => 'read')).toBe('read');
  await expect(stuck).rejects.toMatchObject({ code: 'plot_timeout' });
  expect([disks.lane('sda').stalled, disks.lane('sdb').stalled]).toEqual([true, false]);
});

test('an aborted signal takes back what waits, not what has begun', async () => {
  const lane = new DiskLane(1, 1000);
  const first = held();
  const abort = new AbortController();
  const begun = lane.run({}, first.work, abort.signal);
  const waiting = lane.run({}, async () => 'never', abort.signal);
  abort.abort(new Error('too late'));
  await expect(lane.run({}, async () => 'never', abort.signal)).rejects.toThrow('too late');
  first.finish();
  await begun;
  await expect(waiting).rejects.toThrow('too late');
  expect(await lane.run({}, async () => 'next')).toBe('next');
});

test('a disk never takes all threads of the pool', () => {
  expect([1, 2, 4, 8, 64].map(readsAtOnceFor)).toEqual([1, 1, 3, 4, 4]);
});
