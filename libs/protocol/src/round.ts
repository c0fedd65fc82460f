import { z } from 'zod';
import { hexOf, hexUpTo } from './hex.js';
import { limits } from './limits.js';
import { plotFormat } from './plot-kind.js';

export const verdicts = ['proved', 'empty', 'late', 'silent', 'invalid'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * `broadcast`: every plot may be due. `acceptance`, `custody`: one plot, before it counts or changes hands.
 * `confirmation`: one plot that was asked for in vain, some time later.
 */
export const roundKinds = ['broadcast', 'acceptance', 'custody', 'confirmation'] as const;
export type RoundKind = (typeof roundKinds)[number];

/** Center → node: who is due works it out by itself and answers before `deadlineMs` has passed. */
export const roundMessage = z.strictObject({
  roundId: z.uuid(),
  kind: z.enum(roundKinds),
  campaignId: z.uuid(),
  index: z.number().int().min(0),
  beacon: hexOf(32),
  threshold: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32),
  deadlineMs: z.number().int().min(1).max(600_000),
  /** For a round about one plot: its id. */
  only: hexOf(32).nullable(),
});
export type RoundMessage = z.infer<typeof roundMessage>;

/** What a node signs: which sub-challenge it could answer, and the proof; null for both when none had a proof. */
export const answer = z
  .strictObject({
    roundId: z.uuid(),
    nodeId: z.uuid(),
    plotId: hexOf(32),
    ...plotFormat,
    beacon: hexOf(32),
    subIndex: z
      .number()
      .int()
      .min(0)
      .max(limits.subChallenges - 1)
      .nullable(),
    // what is not as long as its kind wants is taken in and judged invalid, so that it can be published
    proof: hexUpTo(limits.proofBytes).nullable(),
  })
  .refine((a) => (a.subIndex === null) === (a.proof === null), 'subIndex and proof go together');
export type Answer = z.infer<typeof answer>;

export const signedAnswer = z.strictObject({ answer, signature: hexOf(64) });
export type SignedAnswer = z.infer<typeof signedAnswer>;

/** What the center signs: it took this answer in, when, and what it came to. */
export interface Receipt {
  roundId: string;
  nodeId: string;
  plotId: string;
  /** contentHash('croft/answer/1', answer) */
  answerHash: string;
  /** Milliseconds since 1970 by the center's clock. */
  receivedAt: number;
  verdict: Verdict;
}

export interface SignedReceipt {
  receipt: Receipt;
  signature: string;
}
