import { randomBytes } from 'node:crypto';
import { fileSource, openPlot, verifyProof } from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';
import type { CommandIo } from './io.js';

const MOST_CHALLENGES = 1_000_000;

/** What asking a plot came to. */
export interface PlotCheck {
  file: string;
  plotId: string;
  k: number;
  bytes: number;
  challenges: number;
  /** Proofs that verify; a whole plot has about one a challenge. */
  proofs: number;
  /** Proofs that could not be read, or do not verify. */
  invalid: number;
}

/**
 * `croft plots check`: asks each plot fresh random challenges and verifies every proof. Returns false when one
 * cannot be read or has a wrong proof. Errors: plot_options_invalid.
 */
export async function checkPlots(
  files: string[],
  options: { challenges: string; json?: boolean },
  io: CommandIo,
): Promise<boolean> {
  const challenges = Number(options.challenges);
  if (!Number.isInteger(challenges) || challenges < 1 || challenges > MOST_CHALLENGES) {
    throw new ClientError('plot_options_invalid', `--challenges ${options.challenges}`);
  }
  let good = true;
  for (const file of files) {
    try {
      const check = await checkPlot(file, challenges);
      good &&= check.invalid === 0;
      const ratio = (check.proofs / challenges).toFixed(3);
      io.out(options.json ? JSON.stringify(check) : io.speak('check_line', { ...check, ratio }));
    } catch (error) {
      good = false;
      const text = textOf(error);
      if (options.json) io.out(JSON.stringify({ file, error: { code: 'plot_unreadable', message: text } }));
      else io.err(io.speak('plot_unreadable', { file, text }));
    }
  }
  return good;
}

/** Errors: PlotFormatError when the file cannot be opened as a plot. */
export async function checkPlot(file: string, challenges: number): Promise<PlotCheck> {
  const plot = await openPlot(await fileSource(file));
  const { plotId, k, bytes } = plot;
  let proofs = 0;
  let invalid = 0;
  try {
    for (let i = 0; i < challenges; i++) {
      const challenge = randomBytes(32);
      const qualities = await plot.qualities(challenge).catch(() => null);
      if (!qualities) invalid++;
      for (const [index, quality] of (qualities ?? []).entries()) {
        const proof = await plot.proof(challenge, index).catch(() => null);
        const verified = proof && verifyProof(plotId, k, challenge, proof);
        if (verified && bytesToHex(verified) === bytesToHex(quality)) proofs++;
        else invalid++;
      }
    }
  } finally {
    await plot.close();
  }
  return { file, plotId: bytesToHex(plotId), k, bytes, challenges, proofs, invalid };
}
