import { fileSource, openPlot, type PlotReader } from '#libs/proof-of-space';
import { bytesToHex, limits, lotOf, subChallenge } from '#libs/protocol';

/** The walk through a check: the first sub-challenge with a proof, or null for both when none had one. */
export interface Walk {
  subIndex: number | null;
  /** Hex. */
  proof: string | null;
  /** Why the file, or a part of it, could not be read; null when all of it could. */
  problem: unknown;
}

/**
 * Walks the sub-challenges of a plot's lot in order. A park that cannot be read counts as no proof, so a
 * damaged plot still answers with what it holds. Never throws for what is in the file.
 */
export async function walkPlot(file: string, plotId: Uint8Array, beacon: Uint8Array): Promise<Walk> {
  const lot = lotOf(plotId, beacon);
  let plot: PlotReader;
  try {
    plot = await openPlot(await fileSource(file));
  } catch (problem) {
    return { subIndex: null, proof: null, problem };
  }
  let problem: unknown = null;
  try {
    for (let subIndex = 0; subIndex < limits.subChallenges; subIndex++) {
      try {
        const proof = await firstProof(plot, subChallenge(lot, subIndex));
        if (proof) return { subIndex, proof: bytesToHex(proof), problem };
      } catch (error) {
        problem = error;
      }
    }
    return { subIndex: null, proof: null, problem };
  } finally {
    await plot.close();
  }
}

async function firstProof(plot: PlotReader, challenge: Uint8Array): Promise<Uint8Array | null> {
  const { length } = await plot.qualities(challenge);
  return length > 0 ? plot.proof(challenge, 0) : null;
}
