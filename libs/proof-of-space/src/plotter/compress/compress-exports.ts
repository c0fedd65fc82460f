/** What kernels/plot-compress.ts exports; its comments say what the parameters mean. */
export interface CompressExports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  placeRanks(
    pairs: number,
    count: number,
    values: number,
    slots: number,
    edgeSlots: number,
    edges: number,
    wide: number,
  ): number;
  findLinePoints(
    links: number,
    count: number,
    values: number,
    wide: number,
    cursors: number,
    live: number,
    allLive: number,
    buckets: number,
    shift: bigint,
    inverse: bigint,
    width: bigint,
    found: number,
    counts: number,
  ): number;
  groupLinePoints(
    found: number,
    count: number,
    counts: number,
    buckets: number,
    places: number,
    out: number,
  ): void;
  sortLinePoints(
    entries: number,
    count: number,
    room: number,
    cells: number,
    width: bigint,
    partBits: bigint,
  ): number;
  countRanks(entries: number, count: number, counts: number, buckets: number): void;
  placeRankPairs(
    entries: number,
    count: number,
    firstRank: bigint,
    counts: number,
    buckets: number,
    places: number,
    out: number,
  ): number;
  openParks(
    codingTable: number,
    limit: number,
    bits: number,
    stub: number,
    stubBytes: number,
    deltaBytes: number,
    room: number,
  ): void;
  encodeParks(entries: number, parks: number, low: bigint, high: bigint, out: number): number;
  encodeSeam(points: number, count: number, out: number): number;
  copyPoints(entries: number, count: number, low: bigint, high: bigint, out: number): void;
  sortLast(
    pairs: number,
    count: number,
    f7s: number,
    slots: number,
    width: number,
    room: number,
    cells: number,
    partBits: bigint,
  ): number;
  splitLast(
    sorted: number,
    count: number,
    base: bigint,
    f7s: number,
    wideF7: number,
    ranks: number,
    wideRanks: number,
  ): void;
  packP7(ranks: number, count: number, wide: number, bits: number, out: number): void;
  packC3(
    f7s: number,
    count: number,
    wide: number,
    coding: number,
    symbolLimit: number,
    blockBytes: number,
    room: number,
    out: number,
  ): number;
}
