import { readdir, rm } from 'node:fs/promises';
import { z } from 'zod';
import { hexOf, plotFormat } from '#libs/protocol';
import { readJsonFile, syncFolder, writeJsonFile } from './atomic-file.js';
import type { DataFolder } from './data-folder.js';

/**
 * What a plot lease becomes. Which plot that is, is written down before any file of it has its final name: a client
 * killed at any moment goes on with that very plot, so a lease can never yield two. Kept until the center has taken it.
 */
const plotLease = z.strictObject({
  leaseId: z.uuid(),
  campaignId: z.uuid(),
  ...plotFormat,
  farmerPublicKey: hexOf(48),
  contractPuzzleHash: hexOf(32),
  /** Null until its plotter has drawn it. The memo holds the plot's own secret. */
  plot: z.strictObject({ plotId: hexOf(32), memo: z.string(), fileName: z.string() }).nullable(),
  /** Set when the file is finished and its content is known. */
  made: z.strictObject({ plotBytes: z.number().int().min(1), contentRoot: hexOf(32) }).nullable(),
});

export type PlotLease = z.infer<typeof plotLease>;

/** The leases directory of a data folder. */
export class LeaseStore {
  constructor(private readonly folder: DataFolder) {}

  load(leaseId: string): Promise<PlotLease | null> {
    return readJsonFile(this.folder.file.lease(leaseId), plotLease);
  }

  save(lease: PlotLease): Promise<void> {
    return writeJsonFile(this.folder.file.lease(lease.leaseId), lease, true);
  }

  async remove(leaseId: string): Promise<void> {
    await rm(this.folder.file.lease(leaseId), { force: true });
    await syncFolder(this.folder.file.leases());
  }

  /** Ids of all leases that are kept. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.folder.file.leases());
    return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  }
}
