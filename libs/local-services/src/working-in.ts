import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { processIdentity } from '#libs/processes';

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
