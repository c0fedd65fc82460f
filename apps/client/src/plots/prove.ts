import { chiaV1, fileSource, openPlot, PlotFormatError, type PlotReader } from '#libs/proof-of-space';
import { bytesToHex, limits, lotOf, subChallenge } from '#libs/protocol';

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
  file: string,
  plotId: Uint8Array,
  beacon: Uint8Array,
  signal?: AbortSignal,
): Promise<Walk> {
  const lot = lotOf(plotId, beacon);
  let plot: PlotReader;
  try {
    plot = await openThis(file, plotId);
  } catch (problem) {
    return { subIndex: null, proof: null, problem };
  }
  let problem: unknown = null;
  try {
    for (let subIndex = 0; subIndex < limits.subChallenges; subIndex++) {
      signal?.throwIfAborted();
      try {
        const proof = await chiaV1.prove(plot, subChallenge(lot, subIndex), signal);
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

/** Opens a file as this very plot. Errors: those of openPlot, plot_replaced when it is another one. */
async function openThis(file: string, plotId: Uint8Array): Promise<PlotReader> {
  const plot = await openPlot(await fileSource(file));
  if (bytesToHex(plot.plotId) === bytesToHex(plotId)) return plot;
  await plot.close();
  throw new PlotFormatError('plot_replaced', `${file} is another plot than before`);
}
