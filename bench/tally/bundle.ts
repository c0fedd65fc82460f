import { createHash } from 'node:crypto';
import {
  type Answer,
  AnswerTally,
  type BundleSource,
  type FileEntry,
  type FileName,
  FileWriter,
  FORMAT,
  Frames,
  factsOf,
  fileNames,
  files,
  lineRecord,
  manifestBytes,
  networkRecord,
  type Policy,
  publishedName,
  type RecordOf,
  releasedBy,
  signManifest,
  treeRoot,
  verifyBundle,
} from '#libs/bundle';
import { beaconOf, EVERY_PLOT, newKeyPair, sign, verify } from '#libs/protocol';
import { noTries, rulesets, unmeasured } from '#libs/ruleset';
import type { Section } from '../frame/section.js';
import { uniform } from './detection.js';

const DAY_MS = 86_400_000;
const ROUNDS = 48;
const PLOTS_PER_NODE = 20;
const ANSWER_MS = 900;
const newHash = () => createHash('sha256');
const key = newKeyPair(new Uint8Array(32).fill(7));

/** Building and recomputing a bundle of invented answers; signatures are measured apart. */
export const bundle: Section = {
  title: 'A bundle, one thread',
  async run({ large, row }) {
    const plots = Math.ceil((large ? 1_000_000 : 100_000) / ROUNDS);
    let started = performance.now();
    const { source, lines, bytes } = await build(plots);
    row({ name: `built: ${lines} answers`, samples: [(performance.now() - started) / 1000], unit: 's' });
    row({ name: 'size, compressed', samples: [bytes / 2 ** 20], unit: 'MiB' });
    started = performance.now();
    await verifyBundle(source, { proofs: 0, signature: () => true, newHash });
    const seconds = (performance.now() - started) / 1000;
    row({ name: 'recomputed, without signatures and proofs', samples: [seconds], unit: 's' });
    const signature = sign('croft/receipt/1', { a: 1 }, key.secretKey);
    const since = performance.now();
    for (let i = 0; i < 200; i++) verify('croft/receipt/1', { a: 1 }, signature, key.publicKey);
    row({
      name: 'signatures in JavaScript (a browser)',
      samples: [200_000 / (performance.now() - since)],
      unit: '1/s',
    });
  },
};

const id = (kind: number, n: number) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const hex = (bytes: number, random: () => number) =>
  Array.from({ length: bytes }, () =>
    Math.floor(random() * 256)
      .toString(16)
      .padStart(2, '0'),
  ).join('');

async function build(plotCount: number) {
  const random = uniform(1);
  const secret = new Uint8Array(32).fill(3);
  const nodes = Array.from({ length: Math.ceil(plotCount / PLOTS_PER_NODE) }, (_, n) => ({
    node: id(1, n),
    account: id(2, n),
    publicKey: hex(32, random),
  }));
  const nodeOf = (plot: number) => nodes[Math.floor(plot / PLOTS_PER_NODE)]!;
  const plots = Array.from({ length: plotCount }, (_, n) => {
    const { account, node } = nodeOf(n);
    return { plot: id(3, n), plotId: hex(32, random), kind: 'chia-v1', k: 32, account, node, acceptedAt: 0 };
  });
  const custodies = plots.map(({ plot, node, account }) => ({
    plot,
    node,
    account,
    from: 0,
    until: null,
    storing: true,
  }));
  const challenges = Array.from({ length: ROUNDS }, (_, round) => ({
    round,
    roundId: id(4, round),
    kind: 'broadcast' as const,
    beacon: Buffer.from(beaconOf(secret, round)).toString('hex'),
    blockNumber: null,
    blockHash: null,
    only: null,
    sentAt: DAY_MS + round * 1_800_000 + 10_000,
    deadlineAt: DAY_MS + round * 1_800_000 + 30_000,
  }));
  const parts = new Map<FileName, Uint8Array[]>();
  const frames = await Frames.load();
  const writerOf = <Name extends FileName>(name: Name) =>
    new FileWriter(
      name,
      frames,
      async (of, _, frame) => void parts.set(of, [...(parts.get(of) ?? []), frame]),
      newHash,
    );
  const tally = new AnswerTally();
  const answers = writerOf('answers');
  const proof = hex(256, random);
  for (const { plot, node, account } of plots) {
    for (const { round, sentAt } of challenges) {
      const answer: Answer = {
        node,
        plot,
        round,
        account,
        threshold: EVERY_PLOT,
        verdict: 'proved',
        withheld: false,
        claims: null,
        subIndex: random() < 0.63 ? 0 : 1,
        proof: hex(16, random) + proof.slice(32),
        signature: hex(64, random),
        receivedAt: sentAt + ANSWER_MS,
        receipt: hex(64, random),
      };
      tally.add(answer, true);
      await answers.add(answer);
    }
  }
  const entries = new Map<FileName, FileEntry>([['answers', await answers.end()]]);
  const policy: Policy = {
    campaign: {
      id: id(5, 0),
      name: 'Benchmark',
      tokenAddress: `0x${'11'.repeat(20)}`,
      tokenSymbol: 'B',
      tokenDecimals: 18,
      chainId: 1,
      payoutContract: `0x${'22'.repeat(20)}`,
      unitSize: '1000000000000',
      epochSeconds: 86_400,
      roundSeconds: 1800,
      checksPerPlotPerDay: 48,
      nodeChecksPerDay: 48,
      deadlineMs: 20_000,
      plotKind: 'chia-v1',
      minK: 32,
      retentionSeconds: 0,
      confirmAfterSeconds: 0,
      appealSeconds: 0,
    },
    epoch: {
      index: 1,
      startsAt: DAY_MS,
      endsAt: 2 * DAY_MS,
      secret: Buffer.from(secret).toString('hex'),
      secretHash: createHash('sha256').update(secret).digest('hex'),
    },
    rates: {
      version: 1,
      plottingPerPlot: {},
      immediateBps: 5000,
      storagePerPlotEquivalentHour: (10n ** 18n).toString(),
      referralBps: 0,
    },
    caps: { perAccount: null, perCluster: null, referralPerAccount: null },
    available: (10n ** 30n).toString(),
  };
  const accounts = nodes.map(({ account }) => ({ account, cluster: null, referrer: null }));
  const network = nodes.map(({ node }) => networkRecord(node, { ...unmeasured, answerMs: ANSWER_MS }));
  const given = { policy, accounts, plots, custodies, network, adjustments: [], pools: [] };
  const facts = factsOf(given, tally);
  const outcome = rulesets['ruleset-1']!.apply(facts);
  const lines = outcome.lines.map((line) => lineRecord(line, facts, tally));
  const released = releasedBy(lines);
  const tree = nodes.map(({ account }, index) => {
    const sum = (released.get(account) ?? 0n).toString();
    const units = (BigInt(sum) / 10n ** 12n).toString();
    return { index, account, address: null, releasedBefore: '0', releasedAfter: sum, units };
  });
  const pools = (['node', 'plot'] as const).flatMap((kind) =>
    Object.entries(kind === 'node' ? outcome.pools.nodes : outcome.pools.plots).map(([subject, after]) => ({
      kind,
      subject,
      before: noTries,
      after,
    })),
  );
  const records = { ...given, policy: [policy], nodes, challenges, pools, lines, tree };
  for (const name of fileNames) {
    if (name === 'answers') continue;
    const writer = writerOf(name);
    const keyOf = files[name].key as (record: RecordOf<FileName>) => string;
    const sorted = [...records[name]].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    for (const record of sorted) await (writer as FileWriter<FileName>).add(record);
    entries.set(name, await writer.end());
  }
  const signed = signManifest(
    {
      format: FORMAT,
      campaignId: policy.campaign.id,
      epochIndex: 1,
      ruleset: { id: 'ruleset-1', codeHash: rulesets['ruleset-1']!.codeHash },
      previous: null,
      centerPublicKey: key.publicKey,
      files: fileNames.map((name) => entries.get(name)!),
      tree: { root: treeRoot(tree), totalUnits: '0' },
    },
    key.secretKey,
  );
  const byName = new Map(fileNames.map((name) => [publishedName(name), parts.get(name) ?? []]));
  const source: BundleSource = {
    manifest: async () => manifestBytes(signed),
    async *file(name) {
      yield* byName.get(name)!;
    },
  };
  const bytes = [...parts.values()].flat().reduce((sum, frame) => sum + frame.length, 0);
  return { source, lines: plotCount * ROUNDS, bytes };
}
