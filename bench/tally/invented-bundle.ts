import { createCipheriv, createHash } from 'node:crypto';
import {
  type Answer,
  AnswerTally,
  adjustmentRecords,
  type BundleSource,
  type FileEntry,
  type FileName,
  FileWriter,
  Frames,
  factsOf,
  fileNamesOf,
  files,
  formatOf,
  lineRecords,
  manifestBytes,
  networkRecord,
  type Policy,
  publishedName,
  type RecordOf,
  releasedBy,
  signManifest,
  treeRoot,
} from '#libs/bundle';
import { nativeSign } from '#libs/native-signing';
import { beaconOf, contentHash, EVERY_PLOT, newKeyPair } from '#libs/protocol';
import { noTries, PRESENT_RULESET, rulesets, unmeasured } from '#libs/ruleset';

const DAY_MS = 86_400_000;
const RULESET = PRESENT_RULESET;
const PLOTS_PER_NODE = 20;
const ANSWER_MS = 900;
export const newHash = () => createHash('sha256');
/** Who signs receipts and manifests. */
export const center = newKeyPair(new Uint8Array(32).fill(7));

export interface Invented {
  plots: number;
  /** Every plot answers in each of them. */
  rounds: number;
  /** Whether the plots were accepted in the epoch: two reward lines each. */
  accepted: boolean;
  /** Whether answers and receipts are signed; else they have bytes that are no signature. */
  signed: boolean;
}

/** A day's bundle of invented answers, in memory, made by the same steps as the center makes one. */
export async function inventBundle({ plots: plotCount, rounds, accepted, signed }: Invented) {
  const hex = stream();
  const secret = new Uint8Array(32).fill(3);
  const nodeKey = newKeyPair(new Uint8Array(32).fill(9));
  const nodes = Array.from({ length: Math.ceil(plotCount / PLOTS_PER_NODE) }, (_, n) => ({
    node: id(1, n),
    account: id(2, n),
    publicKey: nodeKey.publicKey,
  }));
  const acceptedAt = accepted ? DAY_MS + 1 : 0;
  const plots = Array.from({ length: plotCount }, (_, n) => {
    const { account, node } = nodes[Math.floor(n / PLOTS_PER_NODE)]!;
    return { plot: id(3, n), plotId: hex(32), kind: 'chia-v1', k: 32, account, node, acceptedAt };
  });
  const custodies = plots.map(({ plot, node, account }) => ({
    plot,
    node,
    account,
    from: 0,
    until: null,
    storing: true,
  }));
  const challenges = Array.from({ length: rounds }, (_, round) => ({
    round,
    roundId: id(4, round),
    kind: 'broadcast' as const,
    beacon: Buffer.from(beaconOf(secret, round)).toString('hex'),
    blockNumber: null,
    blockHash: null,
    only: null,
    sentAt: DAY_MS + 10_000 + Math.floor((round * (DAY_MS - 60_000)) / rounds),
    deadlineAt: DAY_MS + 30_000 + Math.floor((round * (DAY_MS - 60_000)) / rounds),
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
  for (const { plot, plotId, node, account } of plots) {
    for (const { round, roundId, beacon, sentAt } of challenges) {
      const said = { subIndex: Number.parseInt(hex(1), 16) < 161 ? 0 : 1, proof: hex(256) };
      const receivedAt = sentAt + ANSWER_MS;
      const common = { roundId, nodeId: node, plotId };
      const answer = { ...common, plotKind: 'chia-v1', k: 32, beacon, ...said };
      const sign = signed
        ? {
            signature: nativeSign('croft/answer/1', answer, nodeKey.secretKey),
            receipt: nativeSign(
              'croft/receipt/1',
              {
                ...common,
                answerHash: contentHash('croft/answer/1', answer, newHash),
                receivedAt,
                verdict: 'proved',
              },
              center.secretKey,
            ),
          }
        : { signature: hex(64), receipt: hex(64) };
      const record: Answer = {
        node,
        plot,
        round,
        account,
        threshold: EVERY_PLOT,
        verdict: 'proved',
        withheld: false,
        claims: null,
        ...said,
        receivedAt,
        ...sign,
      };
      tally.add(record, true);
      await answers.add(record);
    }
  }
  const entries = new Map<FileName, FileEntry>([['answers', await answers.end()]]);
  const policy = policyOf(secret);
  const accounts = nodes.map(({ account }) => ({ account, cluster: null, referrer: null }));
  const network =
    rounds > 0 ? nodes.map(({ node }) => networkRecord(node, { ...unmeasured, answerMs: ANSWER_MS })) : [];
  const given = { policy, accounts, plots, custodies, network, bees: [], held: [], pools: [] };
  const facts = factsOf(given, tally);
  const outcome = rulesets[RULESET]!.apply(facts);
  const lines = [...lineRecords(outcome, facts, tally)];
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
  const adjustments = adjustmentRecords([], outcome);
  const records = { ...given, policy: [policy], nodes, challenges, adjustments, pools, lines, tree };
  for (const name of fileNamesOf(formatOf(RULESET))) {
    if (name === 'answers') continue;
    const keyOf = files[name].key as (record: RecordOf<FileName>) => string;
    const writer = writerOf(name) as FileWriter<FileName>;
    const keyed = records[name].map((record) => ({ record, key: keyOf(record) }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const { record } of keyed) await writer.add(record);
    entries.set(name, await writer.end());
  }
  const signedManifest = signManifest(
    {
      format: formatOf(RULESET),
      campaignId: policy.campaign.id,
      epochIndex: 1,
      ruleset: { id: RULESET, codeHash: rulesets[RULESET]!.codeHash },
      previous: null,
      centerPublicKey: center.publicKey,
      files: fileNamesOf(formatOf(RULESET)).map((name) => entries.get(name)!),
      tree: { root: treeRoot(tree), totalUnits: '0' },
    },
    center.secretKey,
  );
  const byName = new Map(
    fileNamesOf(formatOf(RULESET)).map((name) => [publishedName(name), parts.get(name) ?? []]),
  );
  const source: BundleSource = {
    manifest: async () => manifestBytes(signedManifest),
    async *file(name) {
      yield* byName.get(name)!;
    },
  };
  const bytes = [...parts.values()].flat().reduce((sum, frame) => sum + frame.length, 0);
  return { source, answers: plotCount * rounds, lines: lines.length, bytes };
}

const id = (kind: number, n: number) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** The same random bytes in every run, as hex: AES in counter mode over zeros. */
function stream(): (bytes: number) => string {
  const cipher = createCipheriv('aes-128-ctr', new Uint8Array(16), new Uint8Array(16));
  const zeros = new Uint8Array(1 << 20);
  let text = '';
  let at = 0;
  return (bytes) => {
    if (at + 2 * bytes > text.length) {
      text = cipher.update(zeros).toString('hex');
      at = 0;
    }
    at += 2 * bytes;
    return text.slice(at - 2 * bytes, at);
  };
}

const policyOf = (secret: Uint8Array): Policy => ({
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
    // so often that every plot is due in every round
    checksPerPlotPerDay: 86_400,
    nodeChecksPerDay: 48,
    deadlineMs: 20_000,
    plotKind: 'chia-v1',
    minK: 32,
    retentionSeconds: 0,
    confirmAfterSeconds: 0,
    appealSeconds: 0,
    endsAt: 100 * DAY_MS,
    payoutKind: 'push',
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
    plottingPerPlot: { '32': (10n ** 18n).toString() },
    immediateBps: 5000,
    storagePerPlotEquivalentHour: (10n ** 18n).toString(),
    referralBps: 0,
    beePerNeighbourhoodDay: '0',
  },
  bees: null,
  caps: { perAccount: null, perCluster: null, referralPerAccount: null },
  available: (10n ** 30n).toString(),
});
