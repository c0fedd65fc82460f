import { z } from 'zod';
import { BEE_ANSWER_CHARACTERS, beeFaults, hexOf } from '#libs/protocol';
import { beeVerdicts } from '#libs/swarm';

const id = z.uuid();
const moment = z.number().int().min(0);
const count = z.number().int().min(0);
const bits = z.number().int().min(0).max(255);
const digits = z.string().regex(/^(0|[1-9]\d{0,77})$/);
const address = z.string().regex(/^0x[0-9a-f]{40}$/);

/** Under which terms Bee nodes are judged, and where what is said of the chain can be read again. */
export const beeRules = z.strictObject({
  agreeing: count,
  ownedChunks: count,
  batches: count,
  batchBlocks: count,
  batchOwners: z.array(address).max(1000),
  chainId: count,
  stakeRegistry: address,
  postageStamp: address,
  /** For how long a check that found a reserve counts. */
  vouchedMs: count,
  /** Challenges that ended after this are judged here, others in bundles before: the end of the epoch before. */
  since: moment,
});
export type BeeRules = z.infer<typeof beeRules>;

/**
 * One Bee node's part in a challenge of its neighbourhood (libs/swarm, bee-judgement.ts). Of a challenge that a bundle
 * before this one judged, `answer` and `batches` are there. Moments are milliseconds since 1970, PLUR and
 * nanoseconds decimal, bytes hex.
 */
export const beeRecord = z.strictObject({
  challenge: id,
  check: id,
  /** When the challenge ended; what is said of the chain is as of `block`. */
  closedAt: moment,
  depth: bits,
  anchor1: hexOf(32),
  block: count,
  consensusTimeNs: digits,
  node: id,
  account: id,
  owner: address,
  overlay: hexOf(32),
  height: bits,
  anchor2: hexOf(32).nullable(),
  commitment: hexOf(32).nullable(),
  fault: z.enum(beeFaults).nullable(),
  stake: z
    .strictObject({
      plur: digits,
      overlay: hexOf(32),
      height: bits,
      sinceBlock: count,
      frozenUntilBlock: count.nullable(),
    })
    .nullable(),
  answer: z.string().max(BEE_ANSWER_CHARACTERS).nullable(),
  /** Batches of its answer that were alive. */
  batches: z
    .array(
      z.strictObject({
        id: hexOf(32),
        owner: hexOf(20),
        depth: bits,
        bucketDepth: bits,
        sinceBlock: count,
      }),
    )
    .max(3),
  verdict: z.enum(beeVerdicts),
  reason: z.string().max(100).nullable(),
  lacks: z.array(z.string().max(100)).max(20),
});
export type BeeRecord = z.infer<typeof beeRecord>;
