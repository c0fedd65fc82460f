import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRESENT_RULESET, type Ruleset, rulesets } from '#libs/ruleset';
import {
  type AskedBee,
  batchesOf,
  chunkAddress,
  judgeBees,
  type LivingBatch,
  proveSample,
  type ReserveChunk,
  ReserveSampler,
  renderRcHash,
  StampIssuer,
  transformedAddress,
} from '#libs/swarm';
import type { Section } from '../frame/section.js';

/** Sixteen mined chunks and nothing stored; the bytecode of Redistribution accepted it (the vectors' README). */
const FORGED = join(process.cwd(), 'test/vectors/swarm/forged-sample-accepted-by-contract.json');

interface ForgedVector {
  anchor1: string;
  anchor2: string;
  hash: string;
  overlay: string;
  batch: { owner: string; depth: number };
  proofs: object;
}

const BLOCK = 1_000_000;
/** The center's own, but for that one batch is enough: the honest reserve here has one. */
const TERMS = { agreeing: 1, ownedChunks: 2, batches: 1, batchBlocks: 120_960, batchOwners: [] };

/** An epoch in which nothing but Bee nodes earns. */
const DAY: Omit<Parameters<Ruleset['apply']>[0], 'beeChecks'> = {
  epochIndex: 0,
  epochSeconds: 86_400,
  rates: {
    version: 1,
    plottingPerPlot: {},
    immediateBps: 0,
    storagePerPlotEquivalentHour: 0n,
    referralBps: 0,
    beePerNeighbourhoodDay: 10n ** 18n,
  },
  caps: { perAccount: null, perCluster: null, referralPerAccount: null },
  available: 10n ** 20n,
  accounts: {},
  accepted: [],
  custodies: [],
  checks: {},
  pools: { nodes: {}, plots: {} },
  tries: { nodes: {}, plots: {} },
  network: {},
  endsAtMs: 86_400_000,
  retention: { retentionSeconds: 0, checksPerPlotPerDay: 2, roundSeconds: 600 },
  held: [],
  proofs: {},
  missed: {},
  campaignEndsAtMs: Number.POSITIVE_INFINITY,
  beeVouchedMs: 2 * 86_400_000,
};

/** What all are asked. */
interface Anchors {
  anchor1: string;
  anchor2: string;
}

/** What one Bee node answers, and the batch that its chunks are stamped by. */
interface Sample {
  text: string;
  hash: string;
  overlay: string;
  batchId: string;
  batch: LivingBatch;
}

/** An account with a stake and the sample that it gives. */
interface Player {
  sample: Sample;
  /** Of the smallest that is taken; 0: none. */
  stake: number;
}

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

const hex = (from: Uint8Array) => Buffer.from(from).toString('hex');

/** Its batch was bought for it: a moment ago. */
function forged(): { anchors: Anchors; sample: Sample } {
  const vector = JSON.parse(readFileSync(FORGED, 'utf8')) as ForgedVector;
  const { hash, proofs, anchor1, anchor2, overlay, batch } = vector;
  // the vectors hold spans as strings, Bee writes numbers
  const text = JSON.stringify({ hash, proofs, durationSeconds: 1 }).replaceAll(
    /"chunkSpan":"(\d+)"/g,
    '"chunkSpan":$1',
  );
  const [batchId] = batchesOf(text);
  if (!batchId) throw new Error('the vector cannot be read');
  const owned = { owner: bytes(batch.owner), depth: batch.depth, bucketDepth: 16, sinceBlock: BLOCK };
  return { anchors: { anchor1, anchor2 }, sample: { text, hash, overlay, batchId, batch: owned } };
}

/** Of a real reserve of 200 chunks under the same anchors. */
function honest({ anchor1, anchor2 }: Anchors, overlay: string): Sample {
  const issuer = new StampIssuer(new Uint8Array(32).fill(7), new Uint8Array(32).fill(8), 24);
  const sampler = new ReserveSampler();
  for (let i = 0; i < 200; i++) {
    const payload = new Uint8Array(4096).fill(i);
    const address = chunkAddress(4096n, payload);
    const stamp = issuer.stamp(address, 1n);
    const chunk: ReserveChunk = { address, span: 4096n, payload, singleOwner: null, stamp };
    sampler.add({ chunk, transformed: transformedAddress(chunk, bytes(anchor1)) });
  }
  const proofs = proveSample(sampler.finish(), bytes(anchor1), bytes(anchor2));
  const text = renderRcHash({ ...proofs, durationSeconds: 1 });
  const batch = { ...issuer.batch, sinceBlock: 0 };
  return { text, hash: hex(proofs.hash), overlay, batchId: hex(issuer.batchId), batch };
}

/** What the first `own` of the players get of a day in their neighbourhood, base units: judged and paid as at a center. */
function earned({ anchor1, anchor2 }: Anchors, players: readonly Player[], own: number): bigint {
  const asked = players.map(({ sample, stake }, i): AskedBee => {
    const { text, hash, overlay } = sample;
    const plur = BigInt(stake) * 10n ** 17n;
    const staked = { overlay, plur, height: 0, sinceBlock: 0, frozenUntilBlock: null };
    const said = { overlay, height: 0, commitment: hash, anchor2, answer: text, fault: null };
    return { accountId: `${i}`, ...said, stake: stake > 0 ? staked : null };
  });
  const batches = new Map(players.map(({ sample: { batchId, batch } }) => [batchId, batch]));
  const question = { depth: 0, anchor1, block: BLOCK, consensusTimeNs: 1n << 63n };
  const judged = judgeBees(question, asked, (id) => batches.get(id) ?? null, TERMS);
  const beeChecks = asked.map(({ accountId, overlay, stake }, i) => {
    const names = { account: accountId, node: accountId, owner: accountId };
    const held = judged[i]!.verdict === 'held';
    return { id: accountId, atMs: 0, ...names, overlay, depth: 0, height: 0, plur: stake?.plur ?? 0n, held };
  });
  const { lines } = rulesets[PRESENT_RULESET]!.apply({ ...DAY, beeChecks });
  return lines.reduce((sum, { account, amount }) => (Number(account) < own ? sum + amount : sum), 0n);
}

/** What cheaters with Bee nodes get of their neighbourhood's budget, against the same stake behind an honest node. */
export const beeCheaters: Section = {
  title:
    'Bee nodes in a neighbourhood with two honest ones: share of its budget against the same stake, honest',
  run({ row }) {
    const { anchors, sample: made } = forged();
    const real = honest(anchors, made.overlay);
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
      const fair = earned(anchors, [{ sample: real, stake }, ...neighbours], 1);
      const part = Number(earned(anchors, [...cheaters, ...neighbours], cheaters.length)) / Number(fair);
      row({ name, samples: [part], unit: 'of honest', against: { name: 'same stake', value: 1 } });
      if (part > 1) row({ name: `  more than honesty (${name})`, samples: [1], unit: '', wanted: 0 });
    }
  },
};
