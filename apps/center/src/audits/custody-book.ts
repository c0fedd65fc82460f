import { setImmediate as turn } from 'node:timers/promises';
import { hexToBytes, Lots } from '#libs/protocol';
import type { KeptNow } from '../plots/custody-changes.js';
import { RowPlaces } from './row-places.js';

/** A plot's turn in a round. */
export interface Due {
  /** Row id of the plot. */
  plotRef: string;
  nodeId: string;
  accountId: string;
  /** 0 … 2^32: how many of its node's plots are due. */
  threshold: number;
}

/** Drawn in one go: some thirty milliseconds, and then others have their turn. */
const DRAWN_AT_ONCE = 2 ** 17;
const NOBODY = 0;

/**
 * Who keeps which plots of a campaign, and who of them is due in a round. It is no more than what the database says, and
 * may be forgotten at any time; a million plots take some 70 MiB.
 */
export class CustodyBook {
  private readonly lots = new Lots('plots');
  private readonly places = new RowPlaces();
  /** By place: the number of its keeper, or NOBODY. */
  private keeperOf = new Uint32Array(1024);
  private readonly keepers: { nodeId: string; accountId: string; plots: number }[] = [
    { nodeId: '', accountId: '', plots: 0 },
  ];
  private readonly numbers = new Map<string, number>();

  /** Plots that somebody keeps. */
  kept = 0;

  /** Plots that were kept once, and are in the way of each draw. */
  get left(): number {
    return this.places.size - this.kept;
  }

  /** Takes in who keeps these plots now. */
  take(rows: readonly KeptNow[]): void {
    for (const { plotRef, plotId, nodeId, accountId } of rows) {
      const known = this.places.size;
      const place = this.places.placeOf(plotRef);
      if (place === known) {
        this.lots.put(place, hexToBytes(plotId));
        this.makeRoom(place);
      }
      const before = this.keeperOf[place]!;
      const now = nodeId && accountId ? this.numberOf(nodeId, accountId) : NOBODY;
      this.keeperOf[place] = now;
      if (before !== NOBODY) this.keepers[before]!.plots--;
      if (now !== NOBODY) this.keepers[now]!.plots++;
      this.kept += Number(now !== NOBODY) - Number(before !== NOBODY);
    }
  }

  /** How many plots each node keeps. */
  plotsOfNodes(): { nodeId: string; plots: number }[] {
    return this.keepers.filter(({ plots }) => plots > 0);
  }

  /**
   * @param beacon 32 bytes
   * @param thresholds by node; who is missing is not asked
   */
  async due(beacon: Uint8Array, thresholds: ReadonlyMap<string, number>): Promise<Due[]> {
    const limits = Float64Array.from(this.keepers, ({ nodeId }) => thresholds.get(nodeId) ?? 0);
    const due: Due[] = [];
    const { size } = this.places;
    for (let first = 0; first < size; first += DRAWN_AT_ONCE) {
      if (first > 0) await turn();
      const count = Math.min(DRAWN_AT_ONCE, size - first);
      const drawn = this.lots.draw(beacon, count, first);
      for (let i = 0; i < count; i++) {
        const number = this.keeperOf[first + i]!;
        if (drawn[i]! >= limits[number]!) continue;
        const { nodeId, accountId } = this.keepers[number]!;
        due.push({ plotRef: this.places.idAt(first + i), nodeId, accountId, threshold: limits[number]! });
      }
    }
    return due;
  }

  private numberOf(nodeId: string, accountId: string): number {
    const known = this.numbers.get(nodeId);
    if (known !== undefined) return known;
    this.numbers.set(nodeId, this.keepers.length);
    return this.keepers.push({ nodeId, accountId, plots: 0 }) - 1;
  }

  private makeRoom(place: number): void {
    if (place < this.keeperOf.length) return;
    const larger = new Uint32Array(2 * this.keeperOf.length);
    larger.set(this.keeperOf);
    this.keeperOf = larger;
  }
}
