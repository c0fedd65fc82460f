import type { PlotIdentity } from './reader/header.js';
import type { PlotSource } from './reader/source.js';
import type { StorageProof } from './storage-proof.js';

/** A plot as both sides know it. */
export interface PlotSubject {
  /** 32 bytes. */
  readonly plotId: Uint8Array;
  /** The plot's size, as a step of its kind. */
  readonly k: number;
}

/** A plot that is open for answering. */
export interface HeldPlot {
  readonly plotId: Uint8Array;
  readonly k: number;
  close(): Promise<void>;
}

/** A kind of proof whose subjects are plot files: all that others need to know of its ids, sizes and files. */
export interface PlotKind<Held extends HeldPlot = HeldPlot> extends StorageProof<PlotSubject, Held> {
  /** Steps of size: the whole range, and the smallest that cannot be made anew within the time to answer a check. */
  readonly k: { readonly min: number; readonly max: number; readonly leastTrusted: number };
  /** How much of a plot id counts, in bytes from its start: plots that agree in these and k are one plot. */
  readonly significantIdBytes: number;
  /** How many sub-challenges of a lot are walked, 1 … 16: an answer to a later one is none. */
  readonly subChallenges: number;
  /** What a plot file of this size may take on disk, in bytes: anything else is no such plot. */
  fileBytes(k: number): { readonly least: number; readonly most: number };
  /** What a file of such a plot is called. @throws ProofOfSpaceError `plot_bad_request` */
  fileName(k: number, date: Date, plotIdHex: string): string;
  /** Whether a finished plot of this kind may lie under a name. */
  isFileName(name: string): boolean;
  /** @throws PlotFormatError */
  readHeader(source: PlotSource): Promise<PlotIdentity>;
  /** Closes the source when it holds no such plot. @throws PlotFormatError */
  open(source: PlotSource): Promise<Held>;
}
