import { z } from 'zod';
import {
  contentHash,
  hexOf,
  hexToBytes,
  lotOf,
  roundKinds,
  signedAnswer,
  subChallenge,
  verdicts,
} from '#libs/protocol';
import { Frames } from './frames.js';
import { readManifest } from './manifest.js';
import { type BundleSource, readFile, sha256Hex } from './source.js';
import type { ProofCheck, SignatureCheck } from './verify/answers.js';

export const DISPUTE_FORMAT = 'croft/dispute/1';

/** One line of a node's journal: what it answered, and the center's receipt for it. */
export const journalLine = z.strictObject({
  receipt: z.strictObject({
    roundId: z.uuid(),
    nodeId: z.uuid(),
    plotId: hexOf(32),
    answerHash: hexOf(32),
    receivedAt: z.number().int().min(0),
    verdict: z.enum(verdicts),
  }),
  /** The center's. */
  signature: hexOf(64),
  answer: signedAnswer,
  round: z
    .strictObject({ campaignId: z.uuid(), index: z.number().int().min(0), kind: z.enum(roundKinds) })
    .optional(),
  /** SHA-256 of the line before, as text without its line end; zeros for the first. */
  previous: hexOf(32).optional(),
});
export type JournalLine = z.infer<typeof journalLine>;

export const NO_LINE = '00'.repeat(32);

/** What the next line names as `previous`. */
export const journalLineHash = (text: string) => sha256Hex(new TextEncoder().encode(text));

/** What a contributor hands to a third party: journal lines word by word, and whose keys signed them. */
export const dispute = z.strictObject({
  format: z.literal(DISPUTE_FORMAT),
  nodePublicKey: hexOf(32),
  centerPublicKey: hexOf(32),
  /** Which of the lines it is about, from 0. */
  about: z.array(z.number().int().min(0)).min(1).max(10_000),
  /** An unbroken piece of the journal. */
  lines: z.array(z.string().max(16_384)).min(1).max(10_000),
});
export type Dispute = z.infer<typeof dispute>;

/** What one disputed answer proves. */
export interface DisputedAnswer {
  roundId: string;
  round: number | null;
  plotId: string;
  /** As the center's receipt says, signed. */
  verdict: (typeof verdicts)[number];
  receivedAt: number;
  /** Whether the proof holds; null when the answer has none. */
  proofHolds: boolean | null;
  /** What the bundle says of the same check; null when it is not in it, missing when no bundle was given. */
  published?: (typeof verdicts)[number] | null;
}

export interface DisputeChecks {
  signature: SignatureCheck;
  proof: ProofCheck;
  /** A bundle to compare with. */
  against?: BundleSource;
}

/** Checks a dispute file without the center: signatures, chain and proofs. A string says what is wrong with it. */
export async function checkDispute(
  { nodePublicKey, centerPublicKey, about, lines }: Dispute,
  checks: DisputeChecks,
): Promise<DisputedAnswer[] | string> {
  const parsed: JournalLine[] = [];
  for (const [i, text] of lines.entries()) {
    const line = parseLine(text);
    if (!line) return `line ${i + 1} is not a line of a journal`;
    if (i > 0 && line.previous !== journalLineHash(lines[i - 1]!)) {
      return `line ${i + 1} does not go on from the line before it`;
    }
    parsed.push(line);
  }
  const found: DisputedAnswer[] = [];
  for (const place of about) {
    const line = parsed[place];
    if (!line) return `there is no line ${place + 1}`;
    const { receipt, signature, answer, round } = line;
    if (!checks.signature('croft/answer/1', answer.answer, answer.signature, nodePublicKey)) {
      return `line ${place + 1}: the answer is not signed by the node`;
    }
    if (!checks.signature('croft/receipt/1', receipt, signature, centerPublicKey)) {
      return `line ${place + 1}: the receipt is not signed by the center`;
    }
    if (receipt.answerHash !== contentHash('croft/answer/1', answer.answer)) {
      return `line ${place + 1}: the receipt is for another answer`;
    }
    const { roundId, plotId, verdict, receivedAt } = receipt;
    const common = { roundId, round: round?.index ?? null, plotId, verdict, receivedAt };
    found.push({ ...common, proofHolds: holds(answer.answer, checks.proof) });
  }
  if (!checks.against) return found;
  const published = await publishedVerdicts(checks.against, found);
  return found.map((one) => ({ ...one, published: published.get(`${one.roundId} ${one.plotId}`) ?? null }));
}

function parseLine(text: string): JournalLine | null {
  try {
    return journalLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function holds(answer: JournalLine['answer']['answer'], check: ProofCheck) {
  const { plotId, plotKind: kind, k, beacon, subIndex, proof } = answer;
  if (subIndex === null || proof === null) return null;
  const id = hexToBytes(plotId);
  return check(
    { kind, plotId: id, k },
    subChallenge(lotOf(id, hexToBytes(beacon)), subIndex),
    hexToBytes(proof),
  );
}

/** What a bundle says of these checks, by round and plot id. Throws BundleFault when it cannot be read. */
async function publishedVerdicts(source: BundleSource, wanted: DisputedAnswer[]) {
  const signed = readManifest(await source.manifest());
  const frames = await Frames.load();
  const ids = new Set(wanted.map((one) => one.roundId));
  const roundIds = new Map<number, string>();
  for await (const { round, roundId } of readFile(source, signed.manifest, 'challenges', frames)) {
    if (ids.has(roundId)) roundIds.set(round, roundId);
  }
  const plotIds = new Map<string, string>();
  for await (const { plot, plotId } of readFile(source, signed.manifest, 'plots', frames)) {
    plotIds.set(plot, plotId);
  }
  const verdictOf = new Map<string, (typeof verdicts)[number]>();
  for await (const { round, plot, verdict } of readFile(source, signed.manifest, 'answers', frames)) {
    const roundId = roundIds.get(round);
    if (roundId) verdictOf.set(`${roundId} ${plotIds.get(plot)}`, verdict);
  }
  return verdictOf;
}
