import { fileSource, type HeldPlot, PlotFormatError, type PlotKind } from '#libs/proof-of-space';
import { bytesToHex, hexToBytes, lotOf, subChallenge } from '#libs/protocol';
import type { PlotFile } from './plot-folder.js';
import { plotKindOf } from './plot-kinds.js';

/** The walk through a check: the first sub-challenge with a proof, or null for both when none had one. */
export interface Walk {
  subIndex: number | null;
  /** Hex. */
  proof: string | null;
  /** Why the file, or a part of it, could not be read; null when all of it could. */
  problem: unknown;
}

/** After these nothing else in the file can be read either. */
const HOPELESS: readonly string[] = ['plot_gone', 'plot_replaced', 'plot_timeout'];

/**
 * Walks the sub-challenges of a plot's lot in order. A park that cannot be read counts as no proof, so a
 * damaged plot still answers with what it holds. Never throws for what is in the file, or for its disk.
 *
 * @param signal takes back reads that have not begun; its reason is thrown then
 */
export async function walkPlot(
  { file, plotId, kind: kindName }: Pick<PlotFile, 'file' | 'plotId' | 'kind'>,
  beacon: Uint8Array,
  signal?: AbortSignal,
): Promise<Walk> {
  const kind = plotKindOf(kindName);
  const lot = lotOf(hexToBytes(plotId), beacon);
  let plot: HeldPlot;
  try {
    plot = await openThis(file, plotId, kind);
  } catch (problem) {
    return { subIndex: null, proof: null, problem };
  }
  let problem: unknown = null;
  try {
    for (let subIndex = 0; subIndex < kind.subChallenges; subIndex++) {
      signal?.throwIfAborted();
      try {
        const proof = await kind.prove(plot, subChallenge(lot, subIndex), signal);
        if (proof) return { subIndex, proof: bytesToHex(proof), problem };
      } catch (error) {
        signal?.throwIfAborted();
        problem = error;
        if (error instanceof PlotFormatError && HOPELESS.includes(error.code)) break;
      }
    }
    return { subIndex: null, proof: null, problem };
  } finally {
    await plot.close();
  }
}

/** Opens a file as this very plot. Errors: those of the kind's open, plot_replaced when it is another one. */
async function openThis(file: string, plotId: string, kind: PlotKind): Promise<HeldPlot> {
  const plot = await kind.open(await fileSource(file));
  if (bytesToHex(plot.plotId) === plotId) return plot;
  await plot.close();
  throw new PlotFormatError('plot_replaced', `${file} is another plot than before`);
}
