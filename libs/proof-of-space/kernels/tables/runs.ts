// New entries are sorted into runs, one for each destination bucket; those in the first group of a bucket are noted
// as edges of the bucket before, whose last group may match with them.

const GROUP: u32 = 15113;

let runs: usize = 0;
let stride: usize = 0;
let capacity: u64 = 0;
let counts: usize = 0;
let width: u32 = 0;
let inverse: f64 = 0;
let edgeAt: usize = 0;
let edgeEnd: usize = 0;

/** Of the entry that `place` made room for. */
export let bucket: u32 = 0;
export let isEdge: bool = false;
let number: u32 = 0;

/**
 * @param runsAt where entries go: those of bucket b from number b * room on
 * @param entryBytes of an entry
 * @param room entries that a run may have
 * @param countsAt by bucket, u32: receives how many entries its run has
 * @param buckets how many there are
 * @param bucketWidth y values of a bucket, or for table 7 the bits of f7 within a bucket
 * @param edgesAt receives (bucket u32, number in its run u32, entry) for the entries of buckets' first groups
 * @param edgeRoom edges that have room
 */
export function openRuns(
  runsAt: usize,
  entryBytes: usize,
  room: u32,
  countsAt: usize,
  buckets: u32,
  bucketWidth: u32,
  edgesAt: usize,
  edgeRoom: u32,
): void {
  runs = runsAt;
  stride = entryBytes;
  capacity = room;
  counts = countsAt;
  width = bucketWidth;
  inverse = 1 / <f64>bucketWidth;
  edgeAt = edgesAt;
  edgeEnd = edgesAt + <usize>edgeRoom * (entryBytes + 8);
  memory.fill(countsAt, 0, <usize>buckets << 2);
}

// @ts-ignore: decorator
@inline
function room(rest: u32): usize {
  const cursor = counts + (<usize>bucket << 2);
  number = load<u32>(cursor);
  if (number >= <u32>capacity) return 0;
  store<u32>(cursor, number + 1);
  const entry = runs + <usize>(<u64>bucket * capacity + number) * stride;
  store<u32>(entry, rest);
  return entry;
}

/** Makes room for an entry of tables 1..6 and writes its y: where it lies, or 0 when the run is full. */
// @ts-ignore: decorator
@inline
export function place(y: u64): usize {
  bucket = <u32>(<f64>y * inverse);
  let rest = <i64>(y - <u64>bucket * width);
  // the product may be off by one next to a border
  if (rest < 0) {
    bucket--;
    rest += width;
  } else if (rest >= <i64>width) {
    bucket++;
    rest -= width;
  }
  isEdge = <u32>rest < GROUP && bucket > 0;
  return room(<u32>rest);
}

/** The same for an entry of table 7, whose buckets are of a power of two. */
// @ts-ignore: decorator
@inline
export function placeLast(f7: u64): usize {
  bucket = <u32>(f7 >> width);
  isEdge = false;
  return room(<u32>(f7 & ((<u64>1 << width) - 1)));
}

/** Notes the finished entry as an edge; false when there is no room. */
export function addEdge(entry: usize): bool {
  if (edgeAt == edgeEnd) return false;
  store<u32>(edgeAt, bucket);
  store<u32>(edgeAt, number, 4);
  memory.copy(edgeAt + 8, entry, stride);
  edgeAt += stride + 8;
  return true;
}

/** Edges noted since `openRuns`. */
export function edgesSince(edgesAt: usize): i32 {
  return <i32>((edgeAt - edgesAt) / (stride + 8));
}
