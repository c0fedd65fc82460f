import { gatherEdges } from './edges.js';
import { entryBytes, type Geometry, LINK_BYTES, xBytes } from './geometry.js';
import type { EdgesHandle, LinksHandle, TableHandle } from './stages/stage.js';
import type { Space } from './store/space.js';
import type { StreamHandle } from './store/stream.js';
import type { Crew } from './threads/crew.js';

/** What phase 1 leaves: at index t of each, what belongs to table t. */
export interface Tables {
  readonly tables: TableHandle[];
  readonly edges: EdgesHandle[];
  /** The links that made table t. */
  readonly links: LinksHandle[];
  readonly xs: StreamHandle;
}

const shared = (count: number): SharedArrayBuffer => new SharedArrayBuffer(count * 4);

/** Phase 1. Source: chiapos `phase1.hpp`, in buckets that are matched on their own. */
export async function forwardPass(
  geometry: Geometry,
  plotId: Uint8Array,
  crew: Crew,
  space: Space,
): Promise<Tables> {
  const { k, buckets, yBuckets, bucketCapacity, edgeCapacity } = geometry;
  const newTable = (table: number): TableHandle => ({
    entries: space.stream(`table-${table}`, table === 7 ? 'kept' : table % 2 === 1 ? 'first' : 'second', {
      buckets,
      capacity: bucketCapacity,
      elementBytes: entryBytes(k, table),
    }),
    sizes: shared(buckets),
    starts: shared(buckets * buckets),
    counts: shared(buckets * buckets),
  });
  const xs = space.stream('xs', 'kept', {
    buckets: yBuckets,
    capacity: bucketCapacity + edgeCapacity,
    elementBytes: xBytes(k),
  });
  const tables: TableHandle[] = [];
  const edges: EdgesHandle[] = [];
  const links: LinksHandle[] = [];
  tables[1] = newTable(1);
  const reports = await crew.run({ kind: 'first', tasks: buckets, plotId, to: tables[1] });
  edges[1] = gatherEdges(reports, geometry, entryBytes(k, 1));
  for (let table = 1; table < 7; table++) {
    const to = newTable(table + 1);
    const made: LinksHandle = {
      records: space.stream(`links-${table + 1}`, 'kept', {
        buckets: yBuckets,
        capacity: bucketCapacity,
        elementBytes: LINK_BYTES,
      }),
      sizes: shared(yBuckets),
    };
    const found = await crew.run({
      kind: 'next',
      table,
      tasks: yBuckets,
      from: tables[table]!,
      edges: edges[table]!,
      to,
      links: made,
      xs: table === 1 ? xs : null,
    });
    tables[table + 1] = to;
    links[table + 1] = made;
    edges[table + 1] = gatherEdges(found, geometry, entryBytes(k, table + 1));
  }
  return { tables, edges, links, xs };
}
