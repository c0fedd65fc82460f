import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A name for a running process that a later process with the same id does not share: on Linux the id and
 * the kernel's start time (proc(5), stat field 22), elsewhere the id. null when it is gone or a zombie: in
 * containers process 1 may reap late, and a zombie still answers signal 0.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      return `${pid}-${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    process.kill(pid, 0);
    return String(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? String(pid) : null;
  }
}

/** Whether no other process of this start of the machine ever has this identity, so that it may be ended by it. */
export const isExact = (identity: string): boolean => /^\d+-\d+$/.test(identity);

/** Whether the process with this identity (see {@link processIdentity}) still runs. */
export function isRunning(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && processIdentity(pid) === identity;
}

/** Waits until the process is gone; false when it still runs after `timeoutMs`. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const identity = processIdentity(pid);
  const deadline = performance.now() + timeoutMs;
  while (identity !== null && isRunning(identity)) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}
