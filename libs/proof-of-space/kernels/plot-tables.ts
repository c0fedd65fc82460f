// Phases 1 and 2 of plotting on one bucket at a time. Each function works on memory that the caller laid out from
// `heapStart` on; src/plotter/tables says what lies where.

export { firstTable } from './tables/first-table';
export { groupEntries, findPairs } from './tables/match';
export { nextTable } from './tables/next-table';
export { markLinks } from './tables/mark';

/** The first byte that no static data takes. */
export function heapStart(): usize {
  return __heap_base;
}
