import { entryBytes, type Geometry, LINK_BYTES, xBytes } from '../geometry.js';
import type { TableHandle } from '../stages/stage.js';
import type { Space } from '../store/space.js';
import { gatherEdges } from './edges.js';
import { type Step, sharedCounts } from './step.js';

/** Phase 1, table by table. Source: chiapos `phase1.hpp`; here each bucket is matched on its own. */
export const forwardSteps: readonly Step[] = [firstTable(), ...[1, 2, 3, 4, 5, 6].map(nextTable)];

function firstTable(): Step {
  return {
    phase: 'forward',
    table: 1,
    weight: 3,
    async run({ identity, geometry, crew, space, state }) {
      const to = newTable(geometry, space, 1);
      const reports = await crew.run({
        kind: 'first',
        tasks: geometry.buckets,
        plotId: identity.plotId,
        to,
      });
      state.tables[1] = to;
      state.edges[1] = gatherEdges(reports, geometry, entryBytes(geometry.k, 1));
      return [];
    },
  };
}

function nextTable(table: number): Step {
  return {
    phase: 'forward',
    table: table + 1,
    weight: 14,
    async run({ geometry, crew, space, state }) {
      const { k, yBuckets, bucketCapacity, edgeCapacity } = geometry;
      const from = state.tables[table]!;
      const to = newTable(geometry, space, table + 1);
      const records = space.stream(`links-${table + 1}`, 'kept', {
        buckets: yBuckets,
        capacity: bucketCapacity,
        elementBytes: LINK_BYTES,
      });
      const links = { records, sizes: sharedCounts(yBuckets) };
      if (table === 1) {
        state.xs = space.stream('xs', 'kept', {
          buckets: yBuckets,
          capacity: bucketCapacity + edgeCapacity,
          elementBytes: xBytes(k),
        });
      }
      const reports = await crew.run({
        kind: 'next',
        table,
        tasks: yBuckets,
        from,
        edges: state.edges[table]!,
        to,
        links,
        xs: table === 1 ? state.xs : null,
      });
      state.tables[table + 1] = to;
      state.links[table + 1] = links;
      state.edges[table + 1] = gatherEdges(reports, geometry, entryBytes(k, table + 1));
      return [from.entries];
    },
  };
}

function newTable({ k, buckets, bucketCapacity }: Geometry, space: Space, table: number): TableHandle {
  const use = table === 7 ? 'kept' : table % 2 === 1 ? 'first' : 'second';
  return {
    entries: space.stream(`table-${table}`, use, {
      buckets,
      capacity: bucketCapacity,
      elementBytes: entryBytes(k, table),
    }),
    sizes: sharedCounts(buckets),
    starts: sharedCounts(buckets * buckets),
    counts: sharedCounts(buckets * buckets),
  };
}
