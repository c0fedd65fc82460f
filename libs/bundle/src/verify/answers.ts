import {
  bytesToHex,
  contentHash,
  hexToBytes,
  lotOf,
  type Receipt,
  type SignaturePurpose,
  type Answer as SignedPart,
  subChallenge,
} from '#libs/protocol';
import { BundleFault } from '../fault.js';
import { type Answer, type Challenge, type Node, type Plot, publishedName } from '../records.js';

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
  signature: SignatureCheck;
  /** Null: proofs are not looked at. */
  proof: ProofCheck | null;
}

/** Sees that an answer is what its node signed, its receipt what the center signed, its verdict what follows. */
export function checkAnswer(answer: Answer, about: About, line: number, checks: AnswerChecks): void {
  const fault = (code: 'answer' | 'receipt' | 'proof', text: string) =>
    new BundleFault(code, publishedName('answers'), text, line);
  const { verdict, subIndex, proof, signature, receivedAt, receipt } = answer;
  const { challenge, plot, node } = about;
  if (answer.account !== node.account)
    throw fault('answer', 'it is booked to another account than its node’s');
  if (challenge.only !== null && challenge.only !== plot.plot) {
    throw fault('answer', 'its round was about another plot');
  }
  if (verdict === 'silent') {
    const empty = [answer.claims, subIndex, proof, signature, receivedAt, receipt].every(
      (value) => value === null,
    );
    if (!empty) throw fault('answer', 'a silent check has an answer');
    return;
  }
  if (answer.withheld) throw fault('answer', 'an answered check is called withheld');
  if (signature === null || receivedAt === null || receipt === null) {
    throw fault('answer', `its verdict is ${verdict}, yet the answer is not there`);
  }
  const signed = signedPart(answer, about, checks);
  if (!signed) throw fault('answer', 'its signature is not the node’s over this answer');
  const content: Receipt = {
    roundId: challenge.roundId,
    nodeId: node.node,
    plotId: plot.plotId,
    answerHash: contentHash('croft/answer/1', signed),
    receivedAt,
    verdict,
  };
  if (!checks.signature('croft/receipt/1', content, receipt, checks.centerPublicKey)) {
    throw fault('receipt', 'its receipt is not signed by the center');
  }
  const wanted = verdictOf(signed, about, receivedAt, checks.proof);
  if (wanted !== null && wanted !== verdict) {
    throw fault('proof', `its verdict is ${verdict}, and by its proof and time it is ${wanted}`);
  }
}

/** The answer as its node signed it; null when the node did not sign that. */
function signedPart(
  answer: Answer,
  { challenge, plot, node }: About,
  checks: AnswerChecks,
): SignedPart | null {
  const { subIndex, proof, signature } = answer;
  const { kind, k } = answer.claims ?? plot;
  const signed = {
    roundId: challenge.roundId,
    nodeId: node.node,
    plotId: plot.plotId,
    beacon: challenge.beacon,
    plotKind: kind,
    k,
    subIndex,
    proof,
  };
  return checks.signature('croft/answer/1', signed, signature!, node.publicKey) ? signed : null;
}

/** What the center must have said; null when that takes a proof that is not looked at. */
function verdictOf(
  answer: SignedPart,
  { challenge, plot }: About,
  receivedAt: number,
  proof: ProofCheck | null,
) {
  if (answer.subIndex === null || answer.proof === null) return 'empty';
  if (answer.plotKind !== plot.kind || answer.k !== plot.k) return 'invalid';
  if (!proof) return null;
  const plotId = hexToBytes(plot.plotId);
  const lot = lotOf(plotId, hexToBytes(challenge.beacon));
  const holds = proof(
    { kind: plot.kind, plotId, k: plot.k },
    subChallenge(lot, answer.subIndex),
    hexToBytes(answer.proof),
  );
  if (!holds) return 'invalid';
  return receivedAt > challenge.deadlineAt ? 'late' : 'proved';
}

/** Whether an answer's proof is in the sample: the bundle's own hash draws it, so nobody can choose. */
export function isSampled(manifestHash: string, line: number, sample: number, of: number): boolean {
  if (sample >= of) return true;
  const seed = new TextEncoder().encode(`${manifestHash} ${line}`);
  const lot = Number.parseInt(bytesToHex(lotOf(seed, new Uint8Array(0))).slice(0, 12), 16);
  return lot / 2 ** 48 < sample / of;
}
