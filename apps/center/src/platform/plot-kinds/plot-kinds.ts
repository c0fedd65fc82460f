import type { PlotKind } from '#libs/proof-of-space';
import { CroftError, type PlotRegistration } from '#libs/protocol';

/** What a lease asked for. */
export interface LeaseTerms {
  k: number;
  farmerPublicKey: string;
  contractPuzzleHash: string;
}

/** A kind of plots that the center takes in: how it is proved, and how a plot shows for whom it was made. */
export interface AcceptedKind extends PlotKind {
  /** The center makes them and gives them out to be kept: nobody is asked to make one, and none can be registered. */
  readonly isGiven?: boolean;
  /**
   * Sees that a plot was made with the keys of its lease and has the id that follows from them.
   * Errors: memo_invalid, plot_keys_differ.
   */
  checkKeys(registration: PlotRegistration, terms: LeaseTerms): void;
}

/** The kinds of plots that this center takes in. Whoever works with plots asks here, and assumes nothing of them. */
export class PlotKinds {
  private readonly kinds: ReadonlyMap<string, AcceptedKind>;

  constructor(kinds: readonly AcceptedKind[]) {
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
  }

  /** Errors: plot_kind_unknown. */
  of(name: string): AcceptedKind {
    const kind = this.kinds.get(name);
    if (!kind) throw new CroftError('plot_kind_unknown', { kinds: [...this.kinds.keys()] });
    return kind;
  }
}
