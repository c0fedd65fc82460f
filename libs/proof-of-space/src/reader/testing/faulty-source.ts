import type { DiskLane } from '../../disk/disk-lane.js';
import type { PlotSource } from '../source.js';

/** A source that counts its reads, and how many were in progress at once. */
export function countedSource(source: PlotSource) {
  const counts = { reads: 0, inProgress: 0, most: 0, bytes: 0 };
  const counted: PlotSource = {
    ...source,
    async read(offset, length) {
      counts.reads++;
      counts.bytes += length;
      counts.most = Math.max(counts.most, ++counts.inProgress);
      const data = await source.read(offset, length);
      await new Promise((resolve) => setImmediate(resolve));
      counts.inProgress--;
      return data;
    },
  };
  return { source: counted, counts };
}

/** A source whose read number `at` (from 0) comes to something else. */
export function faultySource(
  source: PlotSource,
  at: number,
  fault: (real: () => Promise<Uint8Array>) => Promise<Uint8Array>,
): PlotSource {
  let number = 0;
  const read: PlotSource['read'] = (offset, length) =>
    number++ === at ? fault(() => source.read(offset, length)) : source.read(offset, length);
  return { ...source, read };
}

/** The same source behind a disk's lane. */
export function lanedSource(source: PlotSource, lane: DiskLane): PlotSource {
  const owner = {};
  return {
    ...source,
    read: (offset, length, signal) => lane.run(owner, () => source.read(offset, length), signal),
  };
}
