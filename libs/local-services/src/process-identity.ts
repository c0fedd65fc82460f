import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
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

/**
 * Ids of running processes whose working directory is `folder`; null where the system cannot tell. A
 * PostgreSQL server and all its children work inside the data directory, which makes this the one sure
 * sign that a data directory is in use. Where the kernel hides the directory (root without CAP_SYS_PTRACE,
 * as in Docker), any process called `program` counts: better to wait for a stranger than to break a server.
 */
export function processesWorkingIn(folder: string, program: string): number[] | null {
  if (process.platform !== 'linux') return null;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => processIdentity(pid) !== null && worksIn(pid, folder, program));
}

function worksIn(pid: number, folder: string, program: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false;
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program;
    } catch {
      return false;
    }
  }
}
