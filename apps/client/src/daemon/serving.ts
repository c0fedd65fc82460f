import { CroftError, type Piece } from '#libs/protocol';
import { Places } from '../concurrency.js';
import { readPiece } from '../plots/content.js';
import type { PlotFolder } from '../plots/plot-folder.js';
import type { Incoming } from './wire.js';

/** Pieces read at once, and how many may wait: each is a MiB in memory until it is sent. */
const READS_AT_ONCE = 4;
const READS_WAITING = 32;

/** Reads pieces of this node's plots for the center, which passes them to the next keeper. */
export class Serving {
  private readonly places = new Places(READS_AT_ONCE);

  constructor(private readonly folder: PlotFolder) {}

  /** Errors: plot_unknown when the plot is not here or cannot be read, piece_out_of_range, rate_limited. */
  async read({ plotId, index }: Incoming<'transfer:read'>): Promise<Piece> {
    const plot = this.folder.get(plotId);
    if (!plot) throw new CroftError('plot_unknown');
    if (this.places.waiting >= READS_WAITING) throw new CroftError('rate_limited');
    return this.places.run(async () => {
      try {
        return await readPiece(plot.file, index);
      } catch (error) {
        if (error instanceof CroftError) throw error;
        this.folder.noteProblem(plot, error);
        throw new CroftError('plot_unknown', undefined, { cause: error });
      }
    });
  }
}
