import type { BeeFault } from '#libs/protocol';
import { fromHex, toHex } from './bytes.js';
import type { EvidenceGap, EvidencePolicy, RcHashChallenge, RcHashReason } from './judge-rchash.js';
import { judgeRcHash } from './judge-rchash.js';
import { PROOF_NAMES } from './rchash.js';
import { parseRcHash, type RcHashTextFault } from './rchash-json.js';
import { ROUND_BLOCKS } from './redistribution.js';
import type { Batch } from './stamp.js';

/**
 * `held`: evidence of a reserve. `insufficient`: nothing wrong, and no evidence either. `invalid`: what no honest node
 * answers. `unready`: the Bee node gave no sample. `late`: no answer in time. `excused`: its neighbourhood played.
 */
export const beeVerdicts = ['held', 'insufficient', 'invalid', 'unready', 'late', 'excused'] as const;
export type BeeVerdict = (typeof beeVerdicts)[number];

/** Why a stake does not stand behind an answer. */
export type StakeGap = 'stake-missing' | 'overlay-moved' | 'frozen' | 'stake-too-young';
export type BeeGap = EvidenceGap | StakeGap;

export type BeeReason =
  | RcHashReason
  | RcHashTextFault['reason']
  | BeeFault
  | 'not-committed'
  | 'not-opened'
  | 'neighbourhood-plays';

/** A stake as StakeRegistry has it, in words that outlast a version of the contract. */
export interface Stake {
  /** 32 bytes, hex without 0x. */
  overlay: string;
  /** PLUR, 16 decimals; 0 when nothing is staked. */
  plur: bigint;
  /** By how many bits its owner says that its reserve is doubled. */
  height: number;
  /** Block of its last change. */
  sinceBlock: number;
  /** Plays again after this block; null: not frozen. */
  frozenUntilBlock: number | null;
}

/** A batch that is alive, and since when it is as it is. */
export interface LivingBatch extends Batch {
  /** Block in which it was made, or made larger. */
  sinceBlock: number;
}

/** What an operator asks of evidence. */
export interface BeeTerms {
  /** Other accounts of the neighbourhood that must have the same reserve. */
  agreeing: number;
  /** Of the three chunks that are opened: how many may have an owner, and from how many batches they come at least. */
  ownedChunks: number;
  batches: number;
  /** Batches count that are so many blocks old, or that one of these addresses (0x, lower case) owns. */
  batchBlocks: number;
  batchOwners: readonly string[];
}

/** What all nodes of a neighbourhood were asked together, and the chain when it was judged. */
export interface BeeQuestion {
  depth: number;
  /** 32 bytes hex. */
  anchor1: string;
  block: number;
  consensusTimeNs: bigint;
}

/** One node's part; hex without 0x. */
export interface AskedBee {
  accountId: string;
  overlay: string;
  height: number;
  commitment: string | null;
  anchor2: string | null;
  answer: string | null;
  fault: BeeFault | null;
  /** As of the question's block. */
  stake: Stake | null;
}

/** StakeRegistry MIN_STAKE: 10 BZZ, doubled with the reserve. */
const MIN_STAKE_PLUR = 10n ** 17n;
/** Redistribution.sol commit: who staked later may not play. */
const STAKE_AGE_BLOCKS = 2 * ROUND_BLOCKS;

/** What keeps a stake from standing behind an overlay (32 bytes hex) at a block; null: nothing. */
export function stakeGap(stake: Stake | null, overlay: string, block: number): StakeGap | null {
  if (!stake || stake.plur < MIN_STAKE_PLUR << BigInt(stake.height)) return 'stake-missing';
  if (stake.overlay !== overlay) return 'overlay-moved';
  if (stake.frozenUntilBlock !== null) return 'frozen';
  return stake.sinceBlock >= block - STAKE_AGE_BLOCKS ? 'stake-too-young' : null;
}

/** A node of the neighbourhood that committed, and what stands behind it. */
export interface Committed {
  accountId: string;
  /** Hex. */
  commitment: string;
  /** PLUR; 0 when its stake does not count. */
  plur: bigint;
}

/**
 * How many other accounts have the reserve that an account committed to; none unless more than half of what the
 * neighbourhood staked stands behind it. As in the game, identities cost stake, so that many of them are no majority.
 */
export function agreeing(
  own: Pick<Committed, 'accountId' | 'commitment'>,
  all: readonly Committed[],
): number {
  const staked = all.filter(({ plur }) => plur > 0n);
  const same = staked.filter(({ commitment }) => commitment === own.commitment);
  const sum = (some: readonly Committed[]) => some.reduce((total, { plur }) => total + plur, 0n);
  if (2n * sum(same) <= sum(staked)) return 0;
  return new Set(same.flatMap(({ accountId }) => (accountId === own.accountId ? [] : [accountId]))).size;
}

/** What a check came to. */
export interface BeeJudgement {
  verdict: BeeVerdict;
  reason: BeeReason | null;
  lacks: BeeGap[];
  /** Hex. */
  last: string | null;
}

const came = (verdict: BeeVerdict, reason: BeeReason): BeeJudgement => ({
  verdict,
  reason,
  lacks: [],
  last: null,
});

/** A check in which there is no answer to look at. */
export function judgeSilence(check: { fault: BeeFault | null; commitment: string | null }): BeeJudgement {
  const { fault, commitment } = check;
  if (fault === 'overlay-differs' || fault === 'bee-answer-invalid') return came('invalid', fault);
  if (fault) return came('unready', fault);
  return came('late', commitment ? 'not-opened' : 'not-committed');
}

export const excused: BeeJudgement = came('excused', 'neighbourhood-plays');

/** Batch ids that an answer names, hex; none when it is not one. */
export function batchesOf(answer: string): string[] {
  const parsed = parseRcHash(answer);
  if ('reason' in parsed) return [];
  return [...new Set(PROOF_NAMES.map((name) => toHex(parsed.proofs[name].stamp.batchId)))];
}

/**
 * What each of the nodes that were asked together came to; never throws, whatever they answered. Center and verifiers
 * use this one function.
 *
 * @param batchOf by id (hex), as of the question's block; null: there is none, or its balance is used up
 */
export function judgeBees(
  question: BeeQuestion,
  asked: readonly AskedBee[],
  batchOf: (id: string) => LivingBatch | null,
  terms: BeeTerms,
): BeeJudgement[] {
  const committed = asked.flatMap(({ accountId, overlay, commitment, stake }): Committed[] => {
    const counts = stake !== null && stakeGap(stake, overlay, question.block) === null;
    return commitment ? [{ accountId, commitment, plur: counts ? stake.plur : 0n }] : [];
  });
  return asked.map((bee) => judgeBee(question, bee, committed, batchOf, terms));
}

function judgeBee(
  { depth, anchor1, block, consensusTimeNs }: BeeQuestion,
  { accountId, overlay, height, commitment, anchor2, answer, fault, stake }: AskedBee,
  committed: readonly Committed[],
  batchOf: (id: string) => LivingBatch | null,
  terms: BeeTerms,
): BeeJudgement {
  if (answer === null || commitment === null || anchor2 === null) return judgeSilence({ fault, commitment });
  const parsed = parseRcHash(answer);
  if ('reason' in parsed) return came('invalid', parsed.reason);
  const challenge: RcHashChallenge = {
    depth,
    anchor1: bytesOf(anchor1),
    anchor2: bytesOf(anchor2),
    overlay: bytesOf(overlay),
    height,
    consensusTimeNs,
    committedHash: bytesOf(commitment),
    agreeing: agreeing({ accountId, commitment }, committed),
    batchOf: (id) => batchOf(toHex(id)),
  };
  const judged = judgeRcHash(parsed, challenge, policyOf(terms, block, batchOf));
  if (judged.outcome === 'invalid') return came('invalid', judged.reason);
  const gap = stakeGap(stake, overlay, block);
  const lacks: BeeGap[] = [
    ...(judged.outcome === 'insufficient' ? judged.lacks : []),
    ...(gap === null ? [] : [gap]),
  ];
  const last = toHex(judged.facts.last);
  return { verdict: lacks.length > 0 ? 'insufficient' : 'held', reason: null, lacks, last };
}

/** A batch is trusted that is old enough not to have been bought for this, or owned by somebody who is known. */
function policyOf(
  { agreeing: minAgreeing, ownedChunks, batches, batchBlocks, batchOwners }: BeeTerms,
  block: number,
  batchOf: (id: string) => LivingBatch | null,
): EvidencePolicy {
  const isTrusted = (_: Batch, id: Uint8Array) => {
    const batch = batchOf(toHex(id));
    if (!batch) return false;
    return block - batch.sinceBlock >= batchBlocks || batchOwners.includes(`0x${toHex(batch.owner)}`);
  };
  return { minAgreeing, maxOwned: ownedChunks, minBatches: batches, isTrusted };
}

/** 32 bytes of hex; nothing of what is none, which is then near nothing and no commitment of anybody's. */
const bytesOf = (hex: string) => fromHex(hex, 32) ?? new Uint8Array(32);
