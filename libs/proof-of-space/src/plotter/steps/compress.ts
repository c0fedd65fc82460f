import { closeSync, openSync } from 'node:fs';
import { LINE_POINT_BYTES, RANK_PAIR_BYTES } from '../compress/widths.js';
import { plotterFailure } from '../disk-errors.js';
import { encodeHeader } from '../layout.js';
import { SEAM_BYTES, seamsOf } from '../stages/compress.js';
import { writeWhole } from '../store/file-stream.js';
import { type Step, sharedCounts } from './step.js';

/** Phase 3, table by table. Source: chiapos `phase3.hpp`, with both its sorts done by bucket. */
export const compressSteps: readonly Step[] = [
  openFile(),
  ...[1, 2, 3, 4, 5, 6].flatMap((table) => [makePoints(table), makeParks(table)]),
];

/** Begins the file, which now has a size. */
function openFile(): Step {
  return {
    phase: 'compress',
    table: 1,
    weight: 0.1,
    async run({ identity, file, layout }) {
      try {
        const fd = openSync(file, 'w');
        try {
          writeWhole(fd, file, encodeHeader(identity, layout()), 0);
        } finally {
          closeSync(fd);
        }
      } catch (cause) {
        throw plotterFailure(file, 0, cause);
      }
      return [];
    },
  };
}

function makePoints(table: number): Step {
  return {
    phase: 'compress',
    table,
    weight: 4,
    async run({ geometry, crew, space, state }) {
      const { k, pointBuckets, yBuckets, bucketCapacity } = geometry;
      const points = {
        points: space.stream(`points-${table}`, 'first', {
          buckets: pointBuckets,
          capacity: bucketCapacity,
          elementBytes: LINE_POINT_BYTES,
        }),
        sizes: sharedCounts(pointBuckets),
      };
      await crew.run({
        kind: 'points',
        table,
        tasks: yBuckets,
        positions: table === 1 ? 2 ** k : state.entries[table - 1]!,
        sizes: state.tables[table]!.sizes,
        edges: state.edges[table]!,
        xs: table === 1 ? state.xs : null,
        ranks: table === 1 ? null : state.ranks,
        links: state.links[table + 1]!,
        next: state.tables[table + 1]!,
        nextLive: state.live[table + 1] ?? null,
        points,
      });
      const used = [state.xs, state.ranks?.pairs, state.links[table + 1]!.records, state.live[table + 1]];
      state.points = points;
      state.ranks = null;
      state.xs = null;
      state.links[table + 1] = null;
      state.live[table + 1] = null;
      return used;
    },
  };
}

function makeParks(table: number): Step {
  return {
    phase: 'compress',
    table,
    weight: 6,
    async run({ geometry, crew, space, state, file, layout }) {
      const { k, buckets, pointBuckets, bucketCapacity, edgeCapacity } = geometry;
      const points = state.points!;
      const counts = new Uint32Array(points.sizes);
      const ranks = {
        pairs: space.stream(`ranks-${table + 1}`, 'second', {
          buckets,
          capacity: bucketCapacity + edgeCapacity,
          elementBytes: RANK_PAIR_BYTES,
        }),
        sizes: sharedCounts(buckets),
      };
      const bases: number[] = [];
      for (let bucket = 0, base = 0; bucket < pointBuckets; base += counts[bucket++]!) bases.push(base);
      const seams = new SharedArrayBuffer(pointBuckets * SEAM_BYTES);
      const positions = table === 1 ? 2 ** k : state.entries[table - 1]!;
      const common = { table, positions, seams, file, start: layout().pointers[table - 1]! };
      await crew.run({ ...common, kind: 'parks', tasks: pointBuckets, points, bases, ranks });
      const list = seamsOf(counts, bases);
      await crew.run({ ...common, kind: 'seams', tasks: list.length, list });
      state.points = null;
      state.ranks = ranks;
      return [points.points];
    },
  };
}
