import { CHALLENGE_BYTES, isPlotK, PLOT_ID_BYTES } from '../constants.js';
import { QUALITY_BYTES } from './quality.js';
import { type VerifyKernel, verifyKernel } from './verify-kernel.js';

/** Proofs of the kind `chia-v1` for one k, packed one after another. */
export interface ProofBatch {
  /** 18..50. */
  readonly k: number;
  /** 32 bytes a proof; or 32 bytes only, when all are of one plot. */
  readonly plotIds: Uint8Array;
  /** 32 bytes a proof. */
  readonly challenges: Uint8Array;
  /** 8k bytes a proof. */
  readonly proofs: Uint8Array;
}

/** Where the verdicts of a batch are written; may be larger than needed, and used again. */
export interface ProofVerdicts {
  /** A byte a proof: 1 for a valid one, else 0. */
  readonly valid: Uint8Array;
  /** 32 bytes a proof: its quality, zero when it is not valid. */
  readonly qualities: Uint8Array;
}

/**
 * Checks many proofs, each as `verifyProof` does, without allocating anything for each.
 *
 * @returns how many are valid; never throws: a batch whose arrays do not fit together, or do not fit into the
 *   verdicts, has no valid proof
 */
export function verifyProofs(batch: ProofBatch, verdicts: ProofVerdicts): number {
  const count = batch.challenges.length / CHALLENGE_BYTES;
  if (!fits(batch, verdicts, count)) {
    verdicts.valid.fill(0);
    verdicts.qualities.fill(0);
    return 0;
  }
  const kernel = verifyKernel();
  const onePlot = batch.plotIds.length === PLOT_ID_BYTES;
  if (onePlot) kernel.bytes.set(batch.plotIds, kernel.plotIds);
  let valid = 0;
  for (let first = 0; first < count; first += kernel.batch) {
    const end = Math.min(count, first + kernel.batch);
    if (!onePlot) load(kernel, kernel.plotIds, batch.plotIds, PLOT_ID_BYTES, first, end);
    load(kernel, kernel.challenges, batch.challenges, CHALLENGE_BYTES, first, end);
    load(kernel, kernel.proofs, batch.proofs, 8 * batch.k, first, end);
    valid += kernel.verify(batch.k, end - first, onePlot ? 0 : PLOT_ID_BYTES);
    store(kernel, kernel.verdicts, verdicts.valid, 1, first, end);
    store(kernel, kernel.qualities, verdicts.qualities, QUALITY_BYTES, first, end);
  }
  return valid;
}

function fits(
  { k, plotIds, proofs }: ProofBatch,
  { valid, qualities }: ProofVerdicts,
  count: number,
): boolean {
  return (
    isPlotK(k) &&
    Number.isInteger(count) &&
    (plotIds.length === count * PLOT_ID_BYTES || plotIds.length === PLOT_ID_BYTES) &&
    proofs.length === count * 8 * k &&
    valid.length >= count &&
    qualities.length >= count * QUALITY_BYTES
  );
}

/** Copies what belongs to proofs `first` to `end` into the kernel's memory at `to`, `size` bytes each. */
function load(kernel: VerifyKernel, to: number, from: Uint8Array, size: number, first: number, end: number) {
  kernel.bytes.set(from.subarray(first * size, end * size), to);
}

/** Copies what the kernel wrote for proofs `first` to `end` out of its memory. */
function store(kernel: VerifyKernel, from: number, to: Uint8Array, size: number, first: number, end: number) {
  to.set(kernel.bytes.subarray(from, from + (end - first) * size), first * size);
}
