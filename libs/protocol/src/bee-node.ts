import { z } from 'zod';
import { hexOf } from './hex.js';

/** Longest text of a `/rchash` answer that is taken; an honest one has about 6,000 characters. */
export const BEE_ANSWER_CHARACTERS = 65_536;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const digits = z.string().regex(/^(0|[1-9]\d{0,77})$/);

/** A Bee node and whose it is. */
export const beeRegistration = z.strictObject({
  /** As its own API says; compared with what is staked. */
  overlay: hexOf(32),
  /** Ethereum address that staked: 0x and lower-case hex. */
  owner: z.string().regex(/^0x[0-9a-f]{40}$/),
  /** From which the overlay follows, where the operator knows it. */
  overlayNonce: hexOf(32).nullable(),
  /** Milliseconds since 1970: of two links of one Bee node the later one holds. */
  issuedAt: count,
  /** By the owner's key over `beeLinkText`, EIP-191; 65 bytes. */
  signature: hexOf(65),
});
export type BeeRegistration = z.infer<typeof beeRegistration>;

/** What the owner of a Bee node signs: which node of which center speaks for it, and nothing that moves money. */
export function beeLinkText(link: {
  centerPublicKey: string;
  nodeId: string;
  overlay: string;
  issuedAt: number;
}): string {
  return [
    'Croft: let a node answer for my Bee node.',
    '',
    `Center: ${link.centerPublicKey}`,
    `Node: ${link.nodeId}`,
    `Overlay: ${link.overlay}`,
    `Issued at: ${new Date(link.issuedAt).toISOString()}`,
  ].join('\n');
}

/** Why a Bee node gave no sample. */
export const beeFaults = [
  /** Nobody answers on loopback. */
  'bee-unreachable',
  /** 503, as long as the node syncs. */
  'bee-syncing',
  /** An error of its own, as while it evicts chunks. */
  'bee-refused',
  /** The answer broke off. */
  'bee-stopped',
  /** What came is no answer of `/rchash`. */
  'bee-answer-invalid',
  /** Not the Bee node that was linked. */
  'overlay-differs',
] as const;
export type BeeFault = (typeof beeFaults)[number];

/** Node → center: it no longer speaks for this Bee node. */
export const beeUnlink = z.strictObject({ overlay: hexOf(32) });
export type BeeUnlink = z.infer<typeof beeUnlink>;

/** What a Bee node says of itself, for its operator's page; it earns nothing. Null: could not be read. */
export const beeReport = z.strictObject({
  overlay: hexOf(32).nullable(),
  /** What kept the node from being read. */
  fault: z.enum(beeFaults).nullable(),
  blocksBehind: count.nullable(),
  isWarmingUp: z.boolean().nullable(),
  isReachable: z.boolean().nullable(),
  isFullySynced: z.boolean().nullable(),
  isHealthy: z.boolean().nullable(),
  isFrozen: z.boolean().nullable(),
  storageRadius: count.nullable(),
  reserveChunks: count.nullable(),
  chunksWithinRadius: count.nullable(),
  sampleSeconds: z.number().min(0).max(1e9).nullable(),
  /** Base units as digits: wei of the chain's coin, PLUR of BZZ. */
  gasWei: digits.nullable(),
  minimumGasWei: digits.nullable(),
  bzzPlur: digits.nullable(),
  rewardPlur: digits.nullable(),
  feesWei: digits.nullable(),
});
export type BeeReport = z.infer<typeof beeReport>;

export const beeSteps = ['commit', 'open'] as const;
export type BeeStep = (typeof beeSteps)[number];

/** Center → node: have the Bee node sample its reserve. Before `open` nobody knows the second anchor that counts. */
export const beeSample = z.strictObject({
  checkId: z.uuid(),
  step: z.enum(beeSteps),
  /** The Bee node that is meant. */
  overlay: hexOf(32),
  depth: z.number().int().min(0).max(255),
  anchor1: hexOf(32),
  anchor2: hexOf(32),
  /** How long an answer is waited for. */
  withinMs: z
    .number()
    .int()
    .min(1)
    .max(7 * 86_400_000),
});
export type BeeSample = z.infer<typeof beeSample>;

/** Center → node: the neighbourhood plays; leave the disk to the game. */
export const beeCancel = z.strictObject({ checkId: z.uuid() });
export type BeeCancel = z.infer<typeof beeCancel>;

const answering = { checkId: z.uuid() };

/** Node → center: the reserve's hash first, the whole answer when the anchor is known, or why there is none. */
export const beeSampled = z.union([
  z.strictObject({
    ...answering,
    step: z.literal('commit'),
    hash: hexOf(32),
    seconds: z.number().min(0).max(1e9),
  }),
  z.strictObject({ ...answering, step: z.literal('open'), answer: z.string().max(BEE_ANSWER_CHARACTERS) }),
  z.strictObject({ ...answering, step: z.enum(beeSteps), fault: z.enum(beeFaults) }),
]);
export type BeeSampled = z.infer<typeof beeSampled>;
