import { verifyProof, verifyProofs } from '#libs/proof-of-space';
import type { KnownProofs } from './known-proofs.js';
import { type Case, MUTATIONS, randomWords } from './mutations.js';

/** What came of altered proofs. */
export interface AlteredTally {
  /** Altered proofs; each was checked alone and in a batch. */
  cases: number;
  /** Checks that threw. */
  crashes: number;
  /** Altered proofs that were taken for valid ones, and valid ones that were not. */
  accepted: number;
  refused: number;
  /** The longest that a batch took, either way. */
  slowestMs: number;
}

const BATCH = 500;
/** One in so many is left as it is: a verifier that refuses everything would be no use. */
const LEFT_ALONE = 50;
const SEED = 0x1d872b41;
const KINDS = Object.values(MUTATIONS);

/** Alters known proofs in every way until there are `cases`, the same ones in every run. */
export function alteredProofs(sources: readonly KnownProofs[], cases: number): AlteredTally {
  const tally: AlteredTally = { cases: 0, crashes: 0, accepted: 0, refused: 0, slowestMs: 0 };
  const random = randomWords(SEED);
  const verdicts = { valid: new Uint8Array(BATCH), qualities: new Uint8Array(32 * BATCH) };
  while (tally.cases < cases) {
    const source = sources[random() % sources.length]!;
    const { batch, each, valid } = alter(source, random);
    tally.cases += valid.filter((is) => !is).length;
    timed(tally, () => verifyProofs(batch, verdicts));
    valid.forEach((is, i) => {
      judge(tally, is, verdicts.valid[i] === 1, source, each[i]!);
    });
    timed(tally, () => {
      each.forEach((one, i) => {
        judge(tally, valid[i]!, isValid(one), source, one);
      });
    });
    // a length that is no proof's, and a k that is not this proof's
    const one = each[0]!;
    const shorter = { ...one, proof: one.proof.subarray(1 + (random() % (one.proof.length - 1))) };
    const otherK = { ...one, k: 18 + ((one.k - 17 + (random() % 32)) % 33) };
    for (const wrong of [shorter, otherK]) judge(tally, false, isValid(wrong), source, wrong);
  }
  return tally;
}

/** A batch of altered proofs, and its proofs one by one: they are the same bytes. */
function alter(source: KnownProofs, random: () => number) {
  const { k } = source;
  const batch = {
    k,
    plotIds: new Uint8Array(32 * BATCH),
    challenges: new Uint8Array(32 * BATCH),
    proofs: new Uint8Array(8 * k * BATCH),
  };
  const each: Case[] = [];
  const valid: boolean[] = [];
  for (let i = 0; i < BATCH; i++) {
    const from = random() % source.count;
    const part = (name: 'plotIds' | 'challenges' | 'proofs', size: number) => {
      const original = source[name].subarray(from * size, (from + 1) * size);
      const copy = batch[name].subarray(i * size, (i + 1) * size);
      copy.set(original);
      return { copy, isSame: () => copy.every((byte, at) => byte === original[at]) };
    };
    const parts = [part('plotIds', 32), part('challenges', 32), part('proofs', 8 * k)] as const;
    const one: Case = { k, plotId: parts[0].copy, challenge: parts[1].copy, proof: parts[2].copy };
    if (random() % LEFT_ALONE > 0) KINDS[random() % KINDS.length]!(one, source, random);
    each.push(one);
    valid.push(parts.every(({ isSame }) => isSame()));
  }
  return { batch, each, valid };
}

function isValid({ plotId, k, challenge, proof }: Case): boolean {
  return verifyProof(plotId, k, challenge, proof) !== null;
}

function judge(tally: AlteredTally, expected: boolean, found: boolean, source: KnownProofs, one: Case) {
  // parts of another proof of the same challenge may come to the whole of it
  if (found && !expected && !isKnown(source, one)) tally.accepted++;
  if (!found && expected) tally.refused++;
}

function isKnown({ k, count, plotIds, challenges, proofs }: KnownProofs, one: Case): boolean {
  const holds = (all: Uint8Array, i: number, size: number, part: Uint8Array) =>
    part.length === size && part.every((byte, at) => byte === all[i * size + at]);
  for (let i = 0; i < count; i++) {
    if (
      one.k === k &&
      holds(plotIds, i, 32, one.plotId) &&
      holds(challenges, i, 32, one.challenge) &&
      holds(proofs, i, 8 * k, one.proof)
    ) {
      return true;
    }
  }
  return false;
}

function timed(tally: AlteredTally, check: () => void) {
  const started = performance.now();
  try {
    check();
  } catch {
    tally.crashes++;
  }
  tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
}
