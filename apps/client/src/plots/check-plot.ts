import { randomBytes } from 'node:crypto';
import { fileSource, openPlot, PlotFormatError, type PlotReader, verifyProof } from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';

/** What asking a plot came to. */
export interface PlotCheck {
  file: string;
  /** 32 bytes, hex. */
  plotId: string;
  k: number;
  bytes: number;
  challenges: number;
  /** Proofs that verify; a whole plot has about one a challenge. */
  proofs: number;
  /** Proofs or lookups that failed, or do not verify. */
  invalid: number;
  /** The first failure, when there is one. */
  failure: unknown;
  /** Proofs that a challenge has on average by the plot's own index. */
  proofsPerChallenge: number;
  /** Of each challenge: until all its qualities are known. */
  qualityMs: number[];
  /** Of each proof, its quality being known. */
  proofMs: number[];
}

/** After these the plot is not asked any further. */
const HOPELESS: readonly string[] = ['plot_gone', 'plot_replaced', 'plot_timeout', 'plot_truncated'];

/**
 * Asks a plot fresh random challenges and verifies every proof. A park that cannot be read counts as invalid.
 *
 * Errors: PlotFormatError when the file is no plot, or has gone, been replaced or cut short, or its disk hangs.
 */
export async function checkPlot(file: string, challenges: number): Promise<PlotCheck> {
  const plot = await openPlot(await fileSource(file));
  const { plotId, k, bytes, proofsPerChallenge } = plot;
  const check: PlotCheck = {
    ...{ file, plotId: bytesToHex(plotId), k, bytes, challenges, proofsPerChallenge },
    ...{ proofs: 0, invalid: 0, failure: null, qualityMs: [], proofMs: [] },
  };
  try {
    for (let i = 0; i < challenges; i++) await ask(plot, randomBytes(32), check);
    await plot.check();
  } finally {
    await plot.close();
  }
  return check;
}

async function ask(plot: PlotReader, challenge: Uint8Array, check: PlotCheck): Promise<void> {
  const qualities = await timed(check.qualityMs, () => plot.qualities(challenge)).catch((error) =>
    noted(check, error),
  );
  for (const [index, quality] of (qualities ?? []).entries()) {
    const proof = await timed(check.proofMs, () => plot.proof(challenge, index)).catch((error) =>
      noted(check, error),
    );
    if (!proof) continue;
    const verified = verifyProof(plot.plotId, plot.k, challenge, proof);
    if (verified && bytesToHex(verified) === bytesToHex(quality)) check.proofs++;
    else noted(check, new PlotFormatError('plot_bad_proof', 'A proof does not verify'));
  }
}

function noted(check: PlotCheck, error: unknown): null {
  if (!(error instanceof PlotFormatError) || HOPELESS.includes(error.code)) throw error;
  check.invalid++;
  check.failure ??= error;
  return null;
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    times.push(performance.now() - began);
  }
}
