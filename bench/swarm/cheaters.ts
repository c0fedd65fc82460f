import { createCipheriv, createHash } from 'node:crypto';
import { memorySource } from '#libs/proof-of-space';
import { lotOf, subChallenge } from '#libs/protocol';
import { type CheckCounts, rulesets } from '#libs/ruleset';
import { ReplicaTree, replicaBytes, swarmReplica } from '#libs/swarm';
import type { Section } from '../frame/section.js';

const K = 64;
const ROUNDS = 48;
const HOURS = 24;
/** Base units a plot-equivalent and hour: only proportions count. */
const RATE = 10n ** 30n;
const CHUNK = 4096;
const secretOf = (name: string) => createHash('sha256').update(name).digest();

interface Replica {
  name: string;
  root: Uint8Array;
  file: Uint8Array;
}

/** A replica of the public data set, as the center encodes it for one keeper. */
function replicaFor(name: string, data: Uint8Array): Replica {
  const encoded = createCipheriv('aes-256-ctr', secretOf(name), Buffer.alloc(16)).update(data);
  const tree = new ReplicaTree(K);
  tree.write(encoded);
  const { root, bytes } = tree.finish();
  return { name, root, file: Buffer.concat([encoded, bytes]) };
}

/** What a keeper says that it keeps, and the bytes it really has. */
interface Keeper {
  claims: Replica;
  /** Its disk; null: nothing at all. */
  holds: Uint8Array | null;
}

/** The file as one that has lost every chunk but those kept. */
function without(replica: Replica, isKept: (chunk: number) => boolean): Uint8Array {
  const file = Uint8Array.from(replica.file);
  for (let chunk = 0; chunk * CHUNK < replicaBytes(K); chunk++) {
    if (!isKept(chunk)) file.fill(0, chunk * CHUNK, (chunk + 1) * CHUNK);
  }
  return file;
}

async function checked({ claims, holds }: Keeper): Promise<CheckCounts> {
  const counts: CheckCounts = { proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const beacon = createHash('sha256').update(`beacon ${round}`).digest();
    const challenge = subChallenge(lotOf(claims.root, beacon), 0);
    const proof = await proofOf(claims, holds, challenge);
    const verdict = !proof
      ? 'empty'
      : swarmReplica.verify({ plotId: claims.root, k: K }, challenge, proof)
        ? 'proved'
        : 'invalid';
    counts[verdict]++;
  }
  return counts;
}

/** The client's own way of answering, from whatever lies on the disk under the name of the replica. */
async function proofOf(
  { root }: Replica,
  holds: Uint8Array | null,
  challenge: Uint8Array,
): Promise<Uint8Array | null> {
  if (!holds) return null;
  const held = { plotId: root, k: K, source: memorySource(holds), close: async () => {} };
  return swarmReplica.prove(held, challenge).catch(() => null);
}

/** What ruleset-2 makes of a day of these keepers, base units. */
async function earned(keepers: readonly Keeper[]): Promise<bigint> {
  const checks: Record<string, CheckCounts> = {};
  for (const [i, keeper] of keepers.entries()) checks[`node ${i}`] = await checked(keeper);
  const { lines } = rulesets['ruleset-2']!.apply({
    epochIndex: 0,
    epochSeconds: HOURS * 3600,
    rates: {
      version: 1,
      plottingPerPlot: {},
      immediateBps: 10_000,
      storagePerPlotEquivalentHour: RATE,
      referralBps: 0,
      beePerNeighbourhoodDay: 0n,
    },
    caps: { perAccount: null, perCluster: null, referralPerAccount: null },
    available: 10n ** 60n,
    accounts: {},
    accepted: [],
    custodies: keepers.map(({ claims }, i) => ({
      plotId: claims.name,
      kind: swarmReplica.kind,
      k: K,
      account: `account ${i}`,
      node: `node ${i}`,
      fromMs: 0,
      untilMs: HOURS * 3_600_000,
    })),
    checks,
    pools: { nodes: {}, plots: {} },
    tries: { nodes: {}, plots: {} },
    network: {},
    endsAtMs: 0,
    retention: { retentionSeconds: 0, checksPerPlotPerDay: 48, roundSeconds: 1800 },
    held: [],
    proofs: {},
    missed: {},
    campaignEndsAtMs: Number.POSITIVE_INFINITY,
    beeChecks: [],
    beeVouchedMs: 0,
  });
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

/** A cheater's day against what the same disk would have earned honestly. */
interface Story {
  name: string;
  keepers: Keeper[];
  /** Replicas that would fit on the disk that is really used. */
  honestReplicas: number;
}

/** What cheaters with replicas earn in a day, by the real proofs and the real rules, against honesty with their disk. */
export const cheaters: Section = {
  title: `Replicas of 1 MiB, ${ROUNDS} rounds a day: earned against the same disk used honestly`,
  async run({ row }) {
    const data = Buffer.alloc(replicaBytes(K));
    for (let i = 0; i < data.length; i++) data[i] = (i * i) >> 9;
    const replicas = Array.from({ length: 5 }, (_, i) => replicaFor(`keeper ${i}`, data));
    const [own] = replicas as [Replica];
    const honest = await earned([{ claims: own, holds: own.file }]);
    const stories: Story[] = [
      { name: 'honest', keepers: [{ claims: own, holds: own.file }], honestReplicas: 1 },
      {
        name: 'five sybils that keep one copy between them',
        keepers: replicas.map((claims) => ({ claims, holds: own.file })),
        honestReplicas: 1,
      },
      {
        name: 'a tenth of the chunks deleted',
        keepers: [{ claims: own, holds: without(own, (chunk) => chunk % 10 !== 3) }],
        honestReplicas: 0.9,
      },
      {
        name: 'half of the chunks deleted',
        keepers: [{ claims: own, holds: without(own, (chunk) => chunk % 2 === 0) }],
        honestReplicas: 0.5,
      },
      {
        name: 'answers from plain bytes, kept once for five',
        keepers: replicas.map((claims) => ({ claims, holds: plainFile(data) })),
        honestReplicas: 1,
      },
      {
        name: 'fetches plain chunks on demand, keeps nothing',
        keepers: [{ claims: own, holds: null }],
        honestReplicas: 0,
      },
    ];
    for (const { name, keepers, honestReplicas } of stories) {
      const amount = await earned(keepers);
      const most = (Number(honest) * honestReplicas) / Number(honest);
      const part = Number((amount * 10_000n) / honest) / 10_000;
      row({ name, samples: [part], unit: 'of honest', against: { name: 'same disk', value: most || 1 } });
      const gains = { name: `  more than honesty (${name})`, samples: [Number(part > most)], unit: '' };
      if (part > most) row({ ...gains, wanted: 0 });
    }
  },
};

/** What anybody who reads the data set from Swarm can make: a good file of another root. */
function plainFile(data: Uint8Array): Uint8Array {
  const tree = new ReplicaTree(K);
  tree.write(data);
  return Buffer.concat([data, tree.finish().bytes]);
}
