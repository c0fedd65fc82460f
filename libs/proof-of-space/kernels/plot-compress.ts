// Phases 3 and 4 of plotting on one bucket at a time. Each function works on memory that the caller laid out from
// `heapStart` on; src/plotter/compress says what lies where.

export { placeRanks } from './compress/place-ranks';
export { findLinePoints, groupLinePoints } from './compress/line-points';
export { sortLinePoints } from './compress/sort';
export { countRanks, placeRankPairs } from './compress/ranks';
export { copyPoints, encodeParks, encodeSeam, openParks } from './compress/parks';
export { packC3, packP7, sortLast, splitLast } from './compress/last-table';

/** The first byte that no static data takes. */
export function heapStart(): usize {
  return __heap_base;
}
