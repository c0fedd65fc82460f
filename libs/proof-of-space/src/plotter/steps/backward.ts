import { type Step, sharedCounts } from './step.js';

/** Phase 2: marks the entries of tables 6..2 that lead to table 7. Source: chiapos `phase2.hpp`. */
export const backwardSteps: readonly Step[] = [6, 5, 4, 3, 2].map(markTable);

function markTable(table: number): Step {
  return {
    phase: 'backward',
    table,
    weight: 0.5,
    async run({ geometry, crew, space, state }) {
      const { yBuckets, bucketCapacity } = geometry;
      const live = space.stream(`live-${table}`, 'kept', {
        buckets: yBuckets,
        capacity: bucketCapacity / 8,
        elementBytes: 1,
      });
      const edges = state.edges[table]!;
      const edgeMarks = new SharedArrayBuffer(edges.slots.byteLength / 4);
      const { sizes } = state.tables[table]!;
      await crew.run({
        kind: 'mark',
        table,
        tasks: yBuckets,
        sizes,
        edges,
        links: state.links[table + 1]!,
        next: state.tables[table + 1]!,
        nextLive: state.live[table + 1] ?? null,
        live,
        edgeMarks,
      });
      const counts = sharedCounts(yBuckets);
      await crew.run({ kind: 'markEdges', table, tasks: yBuckets, sizes, edges, edgeMarks, live, counts });
      state.live[table] = live;
      state.entries[table - 1] = sum(counts);
      if (table === 6) state.entries[6] = sum(state.links[7]!.sizes);
      return [];
    },
  };
}

function sum(counts: SharedArrayBuffer): number {
  return new Uint32Array(counts).reduce((total, count) => total + count, 0);
}
