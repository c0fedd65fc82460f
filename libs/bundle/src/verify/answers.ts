import {
  bytesToHex,
  contentHash,
  type Hasher,
  hexToBytes,
  lotOf,
  type Receipt,
  type SignaturePurpose,
  type Answer as SignedPart,
  subChallenge,
  type Verdict,
} from '#libs/protocol';
import { isWalked } from '#libs/ruleset';
import { BundleFault } from '../fault.js';
import type { FaultReason, FaultValues } from '../fault-words.js';
import { type Answer, type Challenge, type Node, type Plot, publishedName } from '../records.js';
import type { SignatureQueue } from './signatures.js';

/** What a proof is about. */
export interface ProvedPlot {
  /** Its proof format. */
  kind: string;
  plotId: Uint8Array;
  k: number;
}

/** Whether a proof is one of this plot for this challenge; false for a kind that is not known. */
export type ProofCheck = (plot: ProvedPlot, challenge: Uint8Array, proof: Uint8Array) => boolean;
/** As `verify` of libs/protocol; a platform's own Ed25519 may take its place. */
export type SignatureCheck = (
  purpose: SignaturePurpose,
  content: unknown,
  signature: string,
  publicKey: string,
) => boolean;

/** What one answer is about. */
export interface About {
  challenge: Challenge;
  plot: Plot;
  node: Node;
}

export interface AnswerChecks {
  centerPublicKey: string;
  signatures: Pick<SignatureQueue, 'add'>;
  newHash: () => Hasher;
  /** Null: proofs are not looked at. */
  proof: ProofCheck | null;
}

/** Sees that an answer is what its node signed, its receipt what the center signed, its verdict what follows. */
export function checkAnswer(answer: Answer, about: About, line: number, checks: AnswerChecks): void {
  const fault = (code: 'answer' | 'receipt' | 'proof', reason: FaultReason, values?: FaultValues) =>
    new BundleFault(code, publishedName('answers'), reason, values, line);
  const { verdict, subIndex, proof, signature, receivedAt, receipt } = answer;
  const { challenge, plot, node } = about;
  if (answer.account !== node.account) throw fault('answer', 'other_account');
  if (challenge.only !== null && challenge.only !== plot.plot) {
    throw fault('answer', 'other_plot');
  }
  if (verdict === 'silent') {
    const empty = [answer.claims, subIndex, proof, signature, receivedAt, receipt].every(
      (value) => value === null,
    );
    if (!empty) throw fault('answer', 'silent_with_answer');
    return;
  }
  if (answer.withheld) throw fault('answer', 'answered_withheld');
  if (signature === null || receivedAt === null || receipt === null) {
    throw fault('answer', 'answer_missing', { verdict });
  }
  const signed = signedPart(answer, about);
  const answerHash = contentHash('croft/answer/1', signed, checks.newHash);
  checks.signatures.add({ hash: answerHash, signature, publicKey: node.publicKey }, () =>
    fault('answer', 'answer_unsigned'),
  );
  const content: Receipt = {
    roundId: challenge.roundId,
    nodeId: node.node,
    plotId: plot.plotId,
    answerHash,
    receivedAt,
    verdict,
  };
  const receiptHash = contentHash('croft/receipt/1', content, checks.newHash);
  checks.signatures.add({ hash: receiptHash, signature: receipt, publicKey: checks.centerPublicKey }, () =>
    fault('receipt', 'receipt_unsigned'),
  );
  const wanted = verdictOf(signed, about, receivedAt, verdict, checks.proof);
  if (wanted !== null && wanted !== verdict) {
    throw fault('proof', 'other_verdict', { verdict, wanted });
  }
}

/** The answer as its node must have signed it. */
function signedPart({ claims, subIndex, proof }: Answer, { challenge, plot, node }: About): SignedPart {
  const { kind, k } = claims ?? plot;
  return {
    roundId: challenge.roundId,
    nodeId: node.node,
    plotId: plot.plotId,
    beacon: challenge.beacon,
    plotKind: kind,
    k,
    subIndex,
    proof,
  };
}

/** What the center must have said; null when only the proof, which is not looked at, could tell. */
function verdictOf(
  answer: SignedPart,
  { challenge, plot }: About,
  receivedAt: number,
  answered: Verdict,
  proof: ProofCheck | null,
) {
  if (answer.subIndex === null || answer.proof === null) return 'empty';
  if (answer.plotKind !== plot.kind || answer.k !== plot.k) return 'invalid';
  if (answer.subIndex > 0 && !isWalked(plot.kind)) return 'invalid';
  const inTime = receivedAt > challenge.deadlineAt ? 'late' : 'proved';
  if (!proof) return answered === 'invalid' ? null : inTime;
  const plotId = hexToBytes(plot.plotId);
  const lot = lotOf(plotId, hexToBytes(challenge.beacon));
  const holds = proof(
    { kind: plot.kind, plotId, k: plot.k },
    subChallenge(lot, answer.subIndex),
    hexToBytes(answer.proof),
  );
  if (!holds) return 'invalid';
  return inTime;
}

/** Whether an answer's proof is in the sample: the bundle's own hash draws it, so nobody can choose. */
export function isSampled(
  manifestHash: string,
  line: number,
  sample: number,
  of: number,
  newHash: () => Hasher,
): boolean {
  if (sample >= of || sample === 0) return sample > 0;
  const hash = newHash();
  hash.update(new TextEncoder().encode(`${manifestHash} ${line}`));
  const lot = Number.parseInt(bytesToHex(hash.digest().subarray(0, 6)), 16);
  return lot / 2 ** 48 < sample / of;
}
