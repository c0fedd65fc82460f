import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Batch,
  chunkAddress,
  type EvidencePolicy,
  judgeRcHash,
  parseRcHash,
  proveSample,
  type RcHashAnswer,
  type ReserveChunk,
  ReserveSampler,
  StampIssuer,
  transformedAddress,
} from '#libs/swarm';
import type { Section } from '../frame/section.js';

/** Sixteen mined chunks and nothing stored; the bytecode of Redistribution accepted it (the vectors' README). */
const FORGED = join(process.cwd(), 'test/vectors/swarm/forged-sample-accepted-by-contract.json');

interface ForgedVector {
  depth: number;
  anchor1: string;
  anchor2: string;
  hash: string;
  overlay: string;
  batch: { owner: string; depth: number };
  proofs: object;
}

/** What one Bee node would answer, and what it is asked. */
interface Sample {
  answer: RcHashAnswer;
  anchors: { anchor1: Uint8Array; anchor2: Uint8Array };
  depth: number;
  overlay: Uint8Array;
  batch: Batch;
}

/** An account with a stake and the sample that it gives. */
interface Player {
  sample: Sample;
  /** Of the smallest that is taken; 0: none. */
  stake: number;
}

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

function forged(): Sample {
  const vector = JSON.parse(readFileSync(FORGED, 'utf8')) as ForgedVector;
  const { hash, proofs, depth, anchor1, anchor2, overlay, batch } = vector;
  const text = JSON.stringify({ hash, proofs, durationSeconds: 1 });
  // the vectors hold spans as strings, Bee writes numbers
  const answer = parseRcHash(text.replaceAll(/"chunkSpan":"(\d+)"/g, '"chunkSpan":$1'));
  if ('reason' in answer) throw new Error(`the vector cannot be read: ${answer.reason}`);
  const anchors = { anchor1: bytes(anchor1), anchor2: bytes(anchor2) };
  const owned = { owner: bytes(batch.owner), depth: batch.depth, bucketDepth: 16 };
  return { answer, anchors, depth, overlay: bytes(overlay), batch: owned };
}

/** Of a real reserve of 200 chunks under the same anchors. */
function honest({ anchors, overlay }: Sample): Sample {
  const issuer = new StampIssuer(new Uint8Array(32).fill(7), new Uint8Array(32).fill(8), 24);
  const sampler = new ReserveSampler();
  for (let i = 0; i < 200; i++) {
    const payload = new Uint8Array(4096).fill(i);
    const address = chunkAddress(4096n, payload);
    const chunk: ReserveChunk = {
      address,
      span: 4096n,
      payload,
      singleOwner: null,
      stamp: issuer.stamp(address, 1n),
    };
    sampler.add({ chunk, transformed: transformedAddress(chunk, anchors.anchor1) });
  }
  const proofs = proveSample(sampler.finish(), anchors.anchor1, anchors.anchor2);
  return { answer: { ...proofs, durationSeconds: 1 }, anchors, depth: 0, overlay, batch: issuer.batch };
}

/**
 * What a neighbourhood's budget comes to for the first `own` of the players: it is shared by stake among those whose
 * answers are evidence. As at the center, nobody agrees with a minority of the stake.
 */
function earned(players: readonly Player[], own: number, policy: EvidencePolicy): number {
  const staked = players.reduce((sum, { stake }) => sum + stake, 0);
  const isEvidence = ({ sample, stake }: Player): boolean => {
    const same = players.filter(
      (other) => other.stake > 0 && other.sample.answer.hash === sample.answer.hash,
    );
    const isMajority = 2 * same.reduce((sum, other) => sum + other.stake, 0) > staked;
    const challenge = {
      ...sample.anchors,
      depth: sample.depth,
      batchOf: () => sample.batch,
      overlay: sample.overlay,
      height: 0,
      consensusTimeNs: 1n << 63n,
      committedHash: sample.answer.hash,
      agreeing: isMajority ? same.length - 1 : 0,
    };
    return stake > 0 && judgeRcHash(sample.answer, challenge, policy).outcome === 'valid';
  };
  const paid = players.map((player) => (isEvidence(player) ? player.stake : 0));
  const all = paid.reduce((sum, stake) => sum + stake, 0);
  return all === 0 ? 0 : paid.slice(0, own).reduce((sum, stake) => sum + stake, 0) / all;
}

/** What cheaters with Bee nodes get of their neighbourhood's budget, against the same stake behind an honest node. */
export const beeCheaters: Section = {
  title:
    'Bee nodes in a neighbourhood with two honest ones: share of its budget against the same stake, honest',
  run({ row }) {
    const made = forged();
    const real = honest(made);
    // only the honest batch is known and old enough
    const policy: EvidencePolicy = {
      minAgreeing: 1,
      maxOwned: 2,
      minBatches: 1,
      isTrusted: (batch) => batch === real.batch,
    };
    const neighbours: Player[] = [1, 2].map(() => ({ sample: real, stake: 1 }));
    const five = (sample: Sample, stakes: readonly number[]) => stakes.map((stake) => ({ sample, stake }));
    const stories: [name: string, cheaters: Player[]][] = [
      ['honest', five(real, [1])],
      ['forged sample, nothing stored', five(made, [1])],
      ['forged sample by five with most of the stake', five(made, [1, 1, 1, 1, 1])],
      ['one Bee answers for five, each staked', five(real, [1, 1, 1, 1, 1])],
      ['one Bee answers for five, one of them staked', five(real, [1, 0, 0, 0, 0])],
    ];
    for (const [name, cheaters] of stories) {
      const stake = cheaters.reduce((sum, player) => sum + player.stake, 0);
      const fair = earned([{ sample: real, stake }, ...neighbours], 1, policy);
      const part = earned([...cheaters, ...neighbours], cheaters.length, policy) / fair;
      row({ name, samples: [part], unit: 'of honest', against: { name: 'same stake', value: 1 } });
      if (part > 1) row({ name: `  more than honesty (${name})`, samples: [1], unit: '', wanted: 0 });
    }
  },
};
