import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processIdentity } from '#libs/processes';
import { LocalServiceError } from './errors.js';

/**
 * Runs `work` while holding `file` as a lock between processes: two that start the same data directory at
 * once would otherwise both create it. A lock whose owner died is taken over.
 *
 * @throws LocalServiceError `data-dir-busy` when a living process keeps it longer than `timeoutMs`.
 */
export async function withStartLock<T>(file: string, work: () => Promise<T>, timeoutMs = 90_000): Promise<T> {
  const us = processIdentity(process.pid) ?? String(process.pid);
  const deadline = performance.now() + timeoutMs;
  while (!take(file, us)) {
    const owner = read(file);
    if (owner && !isRunning(owner)) discard(file, owner);
    else if (performance.now() > deadline) {
      throw new LocalServiceError(
        'data-dir-busy',
        `another process (${owner}) has been starting this data directory for a long time: ${file}`,
      );
    } else await sleep(25);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string, us: string): boolean {
  try {
    writeFileSync(file, us, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Moves a dead owner's lock away; if another process was faster, its fresh lock is put back. */
function discard(file: string, deadOwner: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') === deadOwner) rmSync(aside);
    else renameSync(aside, file);
  } catch {
    // Another process discarded it at the same moment.
  }
}
