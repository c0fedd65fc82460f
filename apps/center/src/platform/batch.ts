/**
 * Group commit: what comes in while one batch is under way goes together in the next one. Alone, an item waits for
 * nothing; under load, a hundred share the trips to the database that one would take.
 */
export class Batch<In, Out> {
  private waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  private working = 0;

  /**
   * @param work results in the order of its items; an item's own Error among them rejects that item alone. When it
   *   rejects as a whole, each item is tried again by itself, so that one does not spoil the others.
   * @param options how many items a batch has at most, and how many batches are under way at once
   */
  constructor(
    private readonly work: (items: In[]) => Promise<(Out | Error)[]>,
    private readonly options: { most?: number; lanes?: number } = {},
  ) {}

  /** Resolves or rejects with what becomes of this item. */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.working < (this.options.lanes ?? 1)) void this.drain();
    });
  }

  private async drain() {
    this.working++;
    try {
      while (this.waiting.length > 0) {
        const some = this.waiting.splice(0, this.options.most ?? 100);
        const outcomes = await this.outcomes(some.map(({ item }) => item));
        some.forEach(({ resolve, reject }, i) => {
          const outcome = outcomes[i]!;
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        });
      }
    } finally {
      this.working--;
    }
  }

  private async outcomes(items: In[]): Promise<(Out | Error)[]> {
    try {
      return await this.work(items);
    } catch (error) {
      if (items.length === 1) return [error instanceof Error ? error : new Error(String(error))];
      const alone: (Out | Error)[] = [];
      for (const item of items) alone.push(...(await this.outcomes([item])));
      return alone;
    }
  }
}
