import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PlotterError } from '../errors.js';

/** Bytes that will be written to a folder in all. */
export interface SpaceNeed {
  readonly folder: string;
  readonly bytes: number;
}

/**
 * Sees that all disks have room, one that serves several purposes for all of them together. What an earlier run has
 * already written to a folder counts as there.
 *
 * @throws PlotterError `disk_full` with path, bytesNeeded and bytesFree
 */
export function requireSpace(needs: readonly SpaceNeed[]): void {
  const byFolder = new Map<string, number>();
  for (const { folder, bytes } of needs) byFolder.set(folder, (byFolder.get(folder) ?? 0) + bytes);
  const byDevice = new Map<number, SpaceNeed>();
  for (const [folder, bytes] of byFolder) {
    const missing = Math.max(0, bytes - bytesTaken(folder));
    const { dev } = statSync(folder);
    const before = byDevice.get(dev);
    byDevice.set(dev, { folder: before?.folder ?? folder, bytes: (before?.bytes ?? 0) + missing });
  }
  for (const { folder, bytes } of byDevice.values()) {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    if (free >= bytes) continue;
    throw new PlotterError(
      'disk_full',
      `The plot needs ${bytes} bytes in ${folder}, which has ${free} free`,
      {
        path: folder,
        bytesNeeded: bytes,
        bytesFree: free,
      },
    );
  }
}

/** Bytes that the files of a folder take on disk, holes left out. */
function bytesTaken(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    const { blocks, size } = statSync(join(folder, name), { throwIfNoEntry: false }) ?? {
      blocks: 0,
      size: 0,
    };
    return sum + Math.min(size, (blocks ?? 0) * 512);
  }, 0);
}
