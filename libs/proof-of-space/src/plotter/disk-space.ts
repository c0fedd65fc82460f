import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlotterError } from '../errors.js';
import { plotterFailure } from './disk-errors.js';
import type { PlotPlan } from './plan.js';
import type { PlotFolders } from './work-folder.js';

/** Bytes that will be written to a folder in all. */
export interface SpaceNeed {
  readonly folder: string;
  readonly bytes: number;
}

/** What making a plot writes to its folders. */
export function spaceNeeds(plan: PlotPlan, folders: PlotFolders): SpaceNeed[] {
  return [
    { folder: folders.final, bytes: plan.finalBytes },
    { folder: folders.temp, bytes: plan.tempBytes },
    { folder: folders.temp2, bytes: plan.temp2Bytes },
  ];
}

/**
 * Sees that all disks have room, one that serves several purposes for all of them together. What an earlier run has
 * already written to a folder counts as there; a folder that is yet to be made has nothing, and its parent's disk.
 *
 * @throws PlotterError `disk_full` with path, bytesNeeded and bytesFree, `plot_not_written` for a folder that is none
 */
export function requireSpace(needs: readonly SpaceNeed[]): void {
  const byFolder = new Map<string, number>();
  for (const { folder, bytes } of needs) byFolder.set(folder, (byFolder.get(folder) ?? 0) + bytes);
  const byDevice = new Map<number, SpaceNeed>();
  for (const [folder, bytes] of byFolder) {
    const place = existsSync(folder) ? folder : dirname(folder);
    try {
      const missing = place === folder ? Math.max(0, bytes - bytesTaken(folder)) : bytes;
      const { dev } = statSync(place);
      const before = byDevice.get(dev);
      byDevice.set(dev, { folder: before?.folder ?? place, bytes: (before?.bytes ?? 0) + missing });
    } catch (cause) {
      throw plotterFailure(place, bytes, cause);
    }
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
