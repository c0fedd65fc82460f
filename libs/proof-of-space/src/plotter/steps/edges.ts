import type { Geometry } from '../geometry.js';
import type { EdgesHandle, StageReport } from '../stages/stage.js';

/** Bytes before the entry: the bucket it lies in and its slot there. */
const HEAD_BYTES = 8;

/**
 * Gathers the edges that a table's making reported, for each bucket those of the next one by ascending slot, their y
 * made relative to the bucket that they are edges of.
 *
 * @param stride bytes of an entry
 */
export function gatherEdges(
  reports: readonly StageReport[],
  { buckets, width }: Geometry,
  stride: number,
): EdgesHandle {
  const chunks = reports.flatMap(({ edges }) => edges);
  const size = HEAD_BYTES + stride;
  const begins = new Uint32Array(new SharedArrayBuffer((buckets + 1) * 4));
  const views = chunks.map((chunk) => new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  // an edge that lies in bucket b belongs to bucket b - 1: counted at b, it begins where b - 1 ends
  for (const view of views) {
    for (let at = 0; at < view.byteLength; at += size) begins[view.getUint32(at, true)]!++;
  }
  for (let bucket = 0; bucket < buckets; bucket++) begins[bucket + 1]! += begins[bucket]!;
  const total = begins[buckets]!;
  const keys = new Float64Array(total);
  const chunkOf = new Uint32Array(total);
  const offsetOf = new Uint32Array(total);
  const next = begins.slice();
  let number = 0;
  for (const [chunk, view] of views.entries()) {
    for (let at = 0; at < view.byteLength; at += size, number++) {
      chunkOf[number] = chunk;
      offsetOf[number] = at;
      // slot and number together are exact in a double: 25 and at most 28 bits
      keys[next[view.getUint32(at, true) - 1]!++] = view.getUint32(at + 4, true) * 2 ** 28 + number;
    }
  }
  const slots = new Uint32Array(new SharedArrayBuffer(Math.max(4, total * 4)));
  const entries = new Uint8Array(new SharedArrayBuffer(Math.max(4, total * stride)));
  const out = new DataView(entries.buffer);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [begin, end] = [begins[bucket]!, begins[bucket + 1]!];
    const sorted = keys.subarray(begin, end).sort();
    for (let i = begin; i < end; i++) {
      const key = sorted[i - begin]!;
      const from = key % 2 ** 28;
      slots[i] = Math.floor(key / 2 ** 28);
      const at = offsetOf[from]! + HEAD_BYTES;
      entries.set(chunks[chunkOf[from]!]!.subarray(at, at + stride), i * stride);
      out.setUint32(i * stride, out.getUint32(i * stride, true) + width, true);
    }
  }
  return {
    begins: begins.buffer as SharedArrayBuffer,
    slots: slots.buffer as SharedArrayBuffer,
    entries: entries.buffer as SharedArrayBuffer,
  };
}
