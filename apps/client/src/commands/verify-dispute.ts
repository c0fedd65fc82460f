import { readFile, stat } from 'node:fs/promises';
import { checkDispute, DISPUTE_FORMAT, type Dispute, dispute } from '#libs/bundle';
import { nativeSignature, proofCheck } from '../bundles/native-checks.js';
import { sourceOf } from '../bundles/sources.js';
import type { CommandIo } from './io.js';

const MOST_BYTES = 256 * 1024 * 1024;

/** The dispute file at a path, or null when it is something else. */
export async function readDispute(path: string): Promise<Dispute | null> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile() || info.size > MOST_BYTES) return null;
  try {
    const value = JSON.parse(await readFile(path, 'utf8'));
    return value?.format === DISPUTE_FORMAT ? dispute.parse(value) : null;
  } catch {
    return null;
  }
}

/** `croft verify <dispute file>`: what it proves, without the center. Returns whether it holds. */
export async function verifyDispute(
  file: Dispute,
  { against, json }: { against?: string; json?: boolean },
  io: CommandIo,
): Promise<boolean> {
  const found = await checkDispute(file, {
    signature: nativeSignature,
    proof: proofCheck,
    against: against ? sourceOf(against) : undefined,
  });
  if (typeof found === 'string') {
    if (json) io.out(JSON.stringify({ ok: false, message: found }));
    else io.err(io.speak('dispute_broken', { message: found }));
    return false;
  }
  if (json) io.out(JSON.stringify({ ok: true, centerPublicKey: file.centerPublicKey, answers: found }));
  else {
    io.out(io.speak('dispute_keys', { node: file.nodePublicKey, center: file.centerPublicKey }));
    for (const { round, roundId, plotId, verdict, receivedAt, proofHolds, published } of found) {
      const at = new Date(receivedAt).toISOString();
      io.out(io.speak('dispute_answer', { round: round ?? roundId, plotId, verdict, at }));
      if (proofHolds !== null) io.out(io.speak(proofHolds ? 'dispute_proof_holds' : 'dispute_proof_fails'));
      if (published === null) io.out(io.speak('dispute_missing'));
      else if (published)
        io.out(io.speak(published === verdict ? 'dispute_same' : 'dispute_differs', { published }));
    }
  }
  return true;
}
