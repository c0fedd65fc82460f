import { CHUNK_BYTES, SEGMENT_BYTES, SEGMENTS } from './bmt.js';
import { SwarmError } from './errors.js';

/** A chunk on the way from a segment of a file up to the file's root. */
export interface PathStep {
  /** 0 for a leaf with data, above it intermediate chunks. */
  level: number;
  /** Position of the chunk in its level. */
  chunkIndex: number;
  /** Which of the chunk's 128 segments is on the way: the data, or the address of the chunk below. */
  segmentIndex: number;
  /** Bytes of the file below this chunk. */
  span: number;
}

/** Segments of a file of `length` bytes; an empty file has one. */
export function segmentsOf(length: number): number {
  return Math.max(1, Math.ceil(length / SEGMENT_BYTES));
}

/**
 * The chunks from a segment up to the root, known from the file's length alone: nothing about it is taken
 * from whoever proves. A lone last child is lifted unchanged, so its way is shorter by that level. Source:
 * bee pkg/file/pipeline/hashtrie/hashtrie.go; for files without encryption and redundancy.
 *
 * @param length bytes of the file
 * @param segmentIndex of the whole file, 32 bytes each
 * @throws SwarmError `file-length-out-of-range`, `segment-index-out-of-range`
 */
export function filePath(length: number, segmentIndex: number): PathStep[] {
  if (!Number.isSafeInteger(length) || length < 0)
    throw new SwarmError('file-length-out-of-range', 'a length is a whole number from 0 to 2^53-1');
  if (!Number.isInteger(segmentIndex) || segmentIndex < 0 || segmentIndex >= segmentsOf(length))
    throw new SwarmError('segment-index-out-of-range', 'the file has no such segment');

  const steps: PathStep[] = [];
  let position = Math.floor(segmentIndex / SEGMENTS);
  let count = Math.max(1, Math.ceil(length / CHUNK_BYTES));
  let reach = CHUNK_BYTES;
  const step = (level: number, segment: number): void => {
    const span = Math.min(length - position * reach, reach);
    steps.push({ level, chunkIndex: position, segmentIndex: segment, span });
  };
  step(0, segmentIndex % SEGMENTS);
  for (let level = 1; count > 1; level++) {
    const segment = position % SEGMENTS;
    const isLone = segment === 0 && position === count - 1;
    position = Math.floor(position / SEGMENTS);
    count = Math.ceil(count / SEGMENTS);
    reach *= SEGMENTS;
    if (!isLone) step(level, segment);
  }
  return steps;
}
