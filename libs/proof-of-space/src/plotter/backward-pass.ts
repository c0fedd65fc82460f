import type { Tables } from './forward-pass.js';
import type { Geometry } from './geometry.js';
import type { Space } from './store/space.js';
import type { StreamHandle } from './store/stream.js';
import type { Crew } from './threads/crew.js';

/**
 * Phase 2: marks the entries of tables 6..2 that lead to table 7. Source: chiapos `phase2.hpp`.
 *
 * @returns at index t a bit for each entry of table t, by bucket; none for table 7, of which all count
 */
export async function backwardPass(
  { yBuckets, bucketCapacity }: Geometry,
  { tables, edges, links }: Tables,
  crew: Crew,
  space: Space,
): Promise<(StreamHandle | null)[]> {
  const live: (StreamHandle | null)[] = [];
  live[7] = null;
  for (let table = 6; table >= 2; table--) {
    const shape = { buckets: yBuckets, capacity: bucketCapacity / 8, elementBytes: 1 };
    const marks = space.stream(`live-${table}`, 'kept', shape);
    const { sizes } = tables[table]!;
    const common = { table, tasks: yBuckets, sizes, edges: edges[table]!, live: marks };
    const edgeMarks = new SharedArrayBuffer(edges[table]!.slots.byteLength / 4);
    await crew.run({
      ...common,
      kind: 'mark',
      links: links[table + 1]!,
      next: tables[table + 1]!,
      nextLive: live[table + 1]!,
      edgeMarks,
    });
    await crew.run({ ...common, kind: 'markEdges', edgeMarks });
    live[table] = marks;
  }
  return live;
}
