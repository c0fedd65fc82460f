import { hexToBytes, Lots } from '#libs/protocol';

/** Whose turn it may be. */
export interface Candidate {
  plot: { id: string; plotId: string };
  /** 0 … 2^32: how many of its node's plots are due. */
  threshold: number;
}

/** Fewer than these are not worth packing anew. */
const FEW = 1024;

/**
 * Who is due in a round, of a campaign's plots. Their ids stay packed in the drawing kernel from round to round, so that
 * only what is new is packed; they are no more than what the database says, and may be forgotten at any time.
 */
export class DuePlots {
  private lots = new Lots('plots');
  /** By row id of the plot. */
  private places = new Map<string, number>();

  /** @param beacon 32 bytes */
  of<C extends Candidate>(candidates: readonly C[], beacon: Uint8Array): C[] {
    if (this.places.size > FEW && this.places.size > 2 * candidates.length) this.forget();
    const places = candidates.map(({ plot }) => this.places.get(plot.id) ?? this.put(plot));
    const drawn = this.lots.draw(beacon, this.places.size);
    return candidates.filter(({ threshold }, i) => drawn[places[i]!]! < threshold);
  }

  private put({ id, plotId }: Candidate['plot']): number {
    const place = this.places.size;
    this.lots.put(place, hexToBytes(plotId));
    this.places.set(id, place);
    return place;
  }

  private forget() {
    this.lots = new Lots('plots');
    this.places = new Map();
  }
}
