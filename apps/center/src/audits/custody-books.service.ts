import { Injectable } from '@nestjs/common';
import { CustodyChanges } from '../plots/custody-changes.js';
import { CustodyBook } from './custody-book.js';

/** Fewer than these in the way are not worth reading everything anew. */
const FEW = 1024;
/** A look that took longer is followed by another: a round is to ask who keeps a plot now. */
const QUICK_MS = 1_000;

/** The books of the campaigns that have rounds, brought up to date for each. */
@Injectable()
export class CustodyBooks {
  private readonly books = new Map<string, { book: CustodyBook; since: string }>();

  constructor(private readonly changes: CustodyChanges) {}

  /** A campaign's book as of now. */
  async upToDate(campaignId: string): Promise<CustodyBook> {
    for (;;) {
      const known = this.books.get(campaignId);
      const stale = known && known.book.left > FEW && known.book.left > known.book.kept;
      const { book, since } = known && !stale ? known : { book: new CustodyBook(), since: null };
      const began = performance.now();
      const next = await this.changes.read(campaignId, since, (rows) => book.take(rows));
      this.books.set(campaignId, { book, since: next });
      if (performance.now() - began < QUICK_MS) return book;
    }
  }

  /** Forgets all campaigns but these. */
  keepOnly(campaignIds: readonly string[]): void {
    for (const id of this.books.keys()) if (!campaignIds.includes(id)) this.books.delete(id);
  }
}
