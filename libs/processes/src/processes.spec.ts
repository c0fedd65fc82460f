import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { isAlive, isCertainlyAlive, isOfThisBoot, ownerOf } from './owner.js';
import { isExact, isRunning, processIdentity, waitUntilGone } from './process-identity.js';

const onLinux = process.platform === 'linux';

test('a process has an identity while it runs, and none after', async () => {
  const child = spawn('sleep', ['100']);
  await new Promise((resolve) => child.once('spawn', resolve));
  const identity = processIdentity(child.pid!)!;
  expect(isRunning(identity)).toBe(true);
  if (onLinux) expect(isExact(identity)).toBe(true);
  child.kill('SIGKILL');
  expect(await waitUntilGone(child.pid!, 5000)).toBe(true);
  expect(processIdentity(child.pid!)).toBeNull();
  expect(isRunning(identity)).toBe(false);
});

test.skipIf(!onLinux)(
  'an owner is told from a later process with its id, another start and another machine',
  () => {
    const us = ownerOf();
    expect([isAlive(us), isCertainlyAlive(us), isOfThisBoot(us)]).toEqual([true, true, true]);
    const reused = { ...us, process: `${process.pid}-1` };
    expect([isAlive(reused), isCertainlyAlive(reused)]).toEqual([false, false]);
    const earlier = { ...us, boot: 'another' };
    expect([isAlive(earlier), isCertainlyAlive(earlier), isOfThisBoot(earlier)]).toEqual([
      false,
      false,
      false,
    ]);
    const elsewhere = { ...us, host: `${us.host}-2`, process: '1-1' };
    expect([isAlive(elsewhere), isCertainlyAlive(elsewhere), isOfThisBoot(elsewhere)]).toEqual([
      true,
      false,
      false,
    ]);
    // an id alone, as other systems have it, ends nothing
    expect(isCertainlyAlive({ ...us, process: String(process.pid) })).toBe(false);
  },
);
