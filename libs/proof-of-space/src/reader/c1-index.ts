import { CHECKPOINT_INTERVAL } from '../constants.js';
import { PlotFormatError } from '../errors.js';
import { checkpointBytes } from '../sizes.js';
import type { PlotHeader } from './header.js';
import { type PlotSource, readExactly, readUpTo } from './source.js';

/** Entries of C1 kept: 32 KiB at most. All of them up to k=25, every 128th at k=32. */
export const MOST_MARKS = 4096;
/** Bytes of C1 read at once when a plot is opened: a whole C1 has 1.7 MB at k=32. */
const CHUNK_BYTES = 256 * 1024;

/** Where an f7 is: below C1 entry `index + 1`, not below entry `index`. */
export interface C1Place {
  readonly index: number;
  /** The entry itself. */
  readonly value: number;
  /** The entry before it; undefined when it is the first. */
  readonly previous: number | undefined;
}

/**
 * C1, the f7 of every 10 000th entry, in ascending order. Every so-many-th entry is kept, and one read brings those
 * between two of them. C2, an index of C1, is not needed, and bladebit ends it otherwise than chiapos does.
 */
export class C1Index {
  private constructor(
    private readonly source: PlotSource,
    private readonly header: PlotHeader,
    /** Entries of C1 without the zero that ends it. */
    readonly entries: number,
    /** Entry `i * stride` at index i. */
    private readonly marks: Float64Array,
    private readonly stride: number,
  ) {}

  /**
   * Reads the whole table once.
   *
   * @param mostMarks entries kept at most, an even number
   * @throws PlotFormatError `plot_bad_checkpoints`, those of reading
   */
  static async open(source: PlotSource, header: PlotHeader, mostMarks = MOST_MARKS): Promise<C1Index> {
    const { k, c1 } = header;
    const width = checkpointBytes(k);
    // The last table has about 2^k entries; more than half as many again it never has.
    const limit = Math.ceil((1.5 * 2 ** k) / CHECKPOINT_INTERVAL);
    const end = Math.min(c1.end, c1.begin + limit * width);
    const padding = 2 ** (8 * width - k);
    const marks = new Marks(mostMarks);
    let last = -1;
    for (let at = c1.begin, ended = false; at < end && !ended; ) {
      const chunk = await readUpTo(source, at, Math.min(end - at, CHUNK_BYTES - (CHUNK_BYTES % width)));
      const count = Math.floor(chunk.length / width);
      for (let i = 0; i < count && !ended; i++) {
        const value = entryAt(chunk, i * width, width, padding);
        // The table ends with a zero; other plotters leave anything behind it.
        ended = value === 0 && last >= 0;
        if (ended) break;
        if (value <= last) throw bad('C1 does not ascend');
        marks.add(value);
        last = value;
      }
      if (count === 0) break;
      at += count * width;
    }
    if (marks.added === 0) throw bad('The plot has no checkpoints');
    return new C1Index(source, header, marks.added, marks.take(), marks.stride);
  }

  /** Bytes this keeps in memory. */
  get bytes(): number {
    return this.marks.byteLength;
  }

  /**
   * The last entry that is not above f7, or null when f7 is below all. One read, or none when all are kept.
   *
   * @throws PlotFormatError `plot_bad_checkpoints`, those of reading
   */
  async find(f7: number, signal?: AbortSignal): Promise<C1Place | null> {
    const { marks, stride } = this;
    const mark = lastNotAbove(marks, f7);
    if (mark < 0) return null;
    if (stride === 1) return { index: mark, value: marks[mark]!, previous: marks[mark - 1] };
    // With the entry before the mark, so that the one before the answer is always there.
    const from = Math.max(0, mark * stride - 1);
    const stretch = await this.stretch(from, Math.min((mark + 1) * stride, this.entries), signal);
    if (stretch[mark * stride - from] !== marks[mark]) throw bad('C1 has changed');
    const within = lastNotAbove(stretch, f7);
    return { index: from + within, value: stretch[within]!, previous: stretch[within - 1] };
  }

  private async stretch(from: number, to: number, signal?: AbortSignal): Promise<Float64Array> {
    const { k, c1 } = this.header;
    const width = checkpointBytes(k);
    const bytes = await readExactly(this.source, c1.begin + from * width, (to - from) * width, signal);
    const padding = 2 ** (8 * width - k);
    const stretch = new Float64Array(to - from);
    for (let i = 0; i < stretch.length; i++) {
      stretch[i] = entryAt(bytes, i * width, width, padding);
      if (i > 0 && stretch[i]! <= stretch[i - 1]!) throw bad('C1 does not ascend');
    }
    return stretch;
  }
}

/** An entry left aligned in `width` bytes. A k=32 plot has 430 000 of them, so not by `readBitsAt`. */
function entryAt(data: Uint8Array, at: number, width: number, padding: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + data[at + i]!;
  return Math.floor(value / padding);
}

/** Keeps every so-many-th of a sequence whose length is not known; when it is full, every other one goes. */
class Marks {
  private readonly kept: Float64Array;
  private count = 0;
  stride = 1;
  added = 0;

  constructor(private readonly most: number) {
    this.kept = new Float64Array(most);
  }

  add(value: number): void {
    if (this.added % this.stride === 0) {
      if (this.count === this.most) {
        for (let i = 0; i < this.most / 2; i++) this.kept[i] = this.kept[2 * i]!;
        this.count = this.most / 2;
        this.stride *= 2;
      }
      this.kept[this.count++] = value;
    }
    this.added++;
  }

  take(): Float64Array {
    return this.kept.slice(0, this.count);
  }
}

/** The index of the last element that is not above `value`, or -1. */
function lastNotAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function bad(message: string): PlotFormatError {
  return new PlotFormatError('plot_bad_checkpoints', message, { table: 'C1' });
}
