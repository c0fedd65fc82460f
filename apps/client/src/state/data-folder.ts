import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ClientError } from '../client-error.js';

/** Where the client's own files are; plots lie elsewhere. */
export class DataFolder {
  constructor(readonly path: string) {}

  readonly file = {
    node: () => join(this.path, 'node.json'),
    lock: () => join(this.path, 'daemon.lock'),
    status: () => join(this.path, 'status.json'),
    receipts: () => join(this.path, 'receipts.ndjson'),
    leases: () => join(this.path, 'leases'),
    lease: (leaseId: string) => join(this.path, 'leases', `${leaseId}.json`),
  };

  /** Makes the folder, for its owner alone. Errors: folder_not_writable. */
  async make(): Promise<this> {
    try {
      await mkdir(this.file.leases(), { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new ClientError('folder_not_writable', this.path, { cause });
    }
    return this;
  }
}

/** The folder named on the command line, else CROFT_DATA, else ~/.croft. */
export function dataFolder(named?: string, env: NodeJS.ProcessEnv = process.env): DataFolder {
  return new DataFolder(resolve(named || env.CROFT_DATA || join(homedir(), '.croft')));
}
