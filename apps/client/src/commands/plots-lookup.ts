import { fileSource, openPlot } from '#libs/proof-of-space';
import { bytesToHex } from '#libs/protocol';
import type { CommandIo } from './io.js';
import { hexOption } from './plot-options.js';

/**
 * `croft plots lookup`: the qualities and proofs a plot has for a challenge; with --json as a row that
 * `croft plots verify` reads. Errors: plot_options_invalid, PlotFormatError.
 */
export async function lookUpPlot(
  file: string,
  options: { challenge: string; json?: boolean },
  io: CommandIo,
): Promise<void> {
  const asked = hexOption('--challenge', options.challenge, 32);
  const challenge = bytesToHex(asked);
  const plot = await openPlot(await fileSource(file));
  try {
    const proofs: { proof: string; quality: string; valid: true }[] = [];
    for (const [index, quality] of (await plot.qualities(asked)).entries()) {
      const proof = await plot.proof(asked, index);
      proofs.push({ proof: bytesToHex(proof), quality: bytesToHex(quality), valid: true });
    }
    const { kind, k } = plot;
    const plotId = bytesToHex(plot.plotId);
    if (options.json) io.out(JSON.stringify({ file, kind, plotId, k, challenge, proofs }));
    else {
      io.out(io.speak('lookup_found', { file, k, plotId, proofs: proofs.length }));
      for (const { proof, quality } of proofs) io.out(io.speak('lookup_proof', { quality, proof }));
    }
  } finally {
    await plot.close();
  }
}
