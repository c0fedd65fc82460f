import { DiskLane } from './disk-lane.js';

export interface DiskLimits {
  /** Reads of one disk at once. */
  readonly readsAtOnce: number;
  /** How long one read may take, in milliseconds, before the disk counts as stalled. */
  readonly timeoutMs: number;
}

/** All disks that plots are read from, each with its own lane. One for a whole process. */
export class Disks {
  private readonly lanes = new Map<string, DiskLane>();

  constructor(readonly limits: DiskLimits) {}

  /** The lane of a device (`st_dev`), or of whatever else shares a fate, by its name. */
  lane(name: string): DiskLane {
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = new DiskLane(this.limits.readsAtOnce, this.limits.timeoutMs);
      this.lanes.set(name, lane);
    }
    return lane;
  }
}

/**
 * Four reads at once let a hard disk find a good way for its head and keep an SSD busy; more gains little, and a
 * lookup is a chain of six steps anyway. But every read in progress holds a thread of libuv's pool, which all disks
 * share and which has four unless UV_THREADPOOL_SIZE says otherwise before the process starts. One is left to the
 * others, so that a disk that stalls does not hold them up.
 *
 * @param poolThreads size of libuv's pool
 */
export function readsAtOnceFor(poolThreads: number): number {
  return Math.max(1, Math.min(4, poolThreads - 1));
}
