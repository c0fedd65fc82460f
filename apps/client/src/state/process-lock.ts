import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isRunning, processIdentity } from '#libs/processes';
import { ClientError } from '../client-error.js';

/**
 * One running process for this path. The file holds the owner's identity; it appears whole (a link to a file
 * already written) and a dead owner's is moved aside. Errors: data_folder_in_use.
 *
 * @returns a function that gives the lock back
 */
export async function takeProcessLock(path: string): Promise<() => Promise<void>> {
  const mine = `${processIdentity(process.pid) ?? process.pid} ${randomBytes(8).toString('hex')}`;
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, mine, { flag: 'wx', mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (await linked(draft, path))
        return async () => void ((await read(path)) === mine && (await rm(path)));
      const owner = await read(path);
      if (owner === null) continue;
      if (isRunning(owner.split(' ')[0] ?? '')) {
        throw new ClientError('data_folder_in_use', `process ${Number.parseInt(owner, 10)}`);
      }
      await moveAside(path, owner);
    }
    throw new ClientError('data_folder_in_use', path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a dead owner's file; when somebody else took the lock in between, theirs is put back. */
async function moveAside(path: string, deadOwner: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.old`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await read(aside)) !== deadOwner) await linked(aside, path);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
