import { type BeeFault, bytesToHex, hexToBytes } from '#libs/protocol';
import {
  type EvidenceGap,
  type EvidencePolicy,
  judgeRcHash,
  parseRcHash,
  type RcHashChallenge,
  type RcHashReason,
  type RcHashTextFault,
  ROUND_BLOCKS,
} from '#libs/swarm';
import type { Stake } from '../incentives/stake-registry.js';

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

/** Judges the text of an answer; never throws, whatever it is. */
export function judgeAnswer(
  text: string,
  challenge: Omit<RcHashChallenge, 'committedHash'> & { commitment: string },
  policy: EvidencePolicy,
  stakeIs: StakeGap | null,
): BeeJudgement {
  const answer = parseRcHash(text);
  if ('reason' in answer) return came('invalid', answer.reason);
  const judged = judgeRcHash(
    answer,
    { ...challenge, committedHash: hexToBytes(challenge.commitment) },
    policy,
  );
  if (judged.outcome === 'invalid') return came('invalid', judged.reason);
  const lacks: BeeGap[] = [
    ...(judged.outcome === 'insufficient' ? judged.lacks : []),
    ...(stakeIs ? [stakeIs] : []),
  ];
  const last = bytesToHex(judged.facts.last);
  return { verdict: lacks.length > 0 ? 'insufficient' : 'held', reason: null, lacks, last };
}
