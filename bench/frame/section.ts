/** One line of a benchmark's table. */
export interface Row {
  readonly name: string;
  /** What was measured, each time; the table shows the median, the smallest and the largest. */
  readonly samples: readonly number[];
  /** `proofs/s`, `ms`, `MiB` … */
  readonly unit: string;
  /** Something measured elsewhere or earlier to set it against; the table shows median / value. */
  readonly against?: { readonly name: string; readonly value: number };
  /** The only value that is right: any other fails the run. */
  readonly wanted?: number;
}

/** What a section is given. */
export interface SectionContext {
  /** Also what takes minutes. */
  readonly large: boolean;
  /** Adds a line, shown at once. */
  row(row: Row): void;
}

/** A part of a benchmark that can be run alone. */
export interface Section {
  readonly title: string;
  run(context: SectionContext): Promise<void> | void;
}

/** The middle one of some samples; of an even number, the mean of the middle two. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * How often a second something is done, five times over.
 *
 * @param once does it some times and returns how many
 * @param ms how long each of the five takes at least
 */
export function rates(once: () => number, ms = 250): number[] {
  once();
  return Array.from({ length: 5 }, () => {
    const started = performance.now();
    let done = 0;
    let passed = 0;
    while (passed < ms) {
      done += once();
      passed = performance.now() - started;
    }
    return (done / passed) * 1000;
  });
}
