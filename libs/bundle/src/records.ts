import { z } from 'zod';
import { hexOf, hexUpTo, limits, plotFormat, roundKinds, verdicts } from '#libs/protocol';
import { type BeeRecord, beeRecord, beeRules } from './bee-record.js';

/** Base units, decimal. */
const amount = z.string().regex(/^(0|[1-9]\d{0,77})$/);
const moment = z.number().int().min(0);
const id = z.uuid();
const count = z.number().int().min(0);
const bps = z.number().int().min(0).max(10_000);
const tries = z.strictObject({ tries: count, proofs: count });

/** Under which terms the epoch was counted. Moments are milliseconds since 1970. */
export const policy = z.strictObject({
  campaign: z.strictObject({
    id,
    name: z.string(),
    tokenAddress: z.string(),
    tokenSymbol: z.string(),
    tokenDecimals: count,
    chainId: count,
    payoutContract: z.string(),
    unitSize: amount,
    epochSeconds: count,
    roundSeconds: count,
    checksPerPlotPerDay: count,
    nodeChecksPerDay: count,
    deadlineMs: count,
    plotKind: plotFormat.plotKind,
    minK: count,
    retentionSeconds: count,
    confirmAfterSeconds: count,
    appealSeconds: count,
    /** When it ends, or ended, and whether a PayoutCampaign or a chequebook pays; in bundles of the second format. */
    endsAt: moment.optional(),
    payoutKind: z.enum(['push', 'cheques']).optional(),
  }),
  epoch: z.strictObject({
    index: count,
    startsAt: moment,
    endsAt: moment,
    secret: hexOf(32),
    secretHash: hexOf(32),
  }),
  rates: z.strictObject({
    version: count,
    plottingPerPlot: z.record(z.string(), amount),
    immediateBps: bps,
    storagePerPlotEquivalentHour: amount,
    referralBps: bps,
    /** In bundles of the second format. */
    beePerNeighbourhoodDay: amount.optional(),
  }),
  /** In bundles of the second format; null where no Bee nodes are checked. */
  bees: beeRules.nullable().optional(),
  caps: z.strictObject({
    perAccount: amount.nullable(),
    perCluster: amount.nullable(),
    referralPerAccount: amount.nullable(),
  }),
  /** What could still be promised when the epoch was closed. */
  available: z.string().regex(/^(0|-?[1-9]\d{0,77})$/),
});

/** People go by a number that says nothing of them. */
export const account = z.strictObject({
  account: id,
  cluster: z.string().nullable(),
  referrer: id.nullable(),
});
export const node = z.strictObject({ node: id, account: id, publicKey: hexOf(32) });

export const plot = z.strictObject({
  plot: id,
  plotId: hexOf(32),
  kind: plotFormat.plotKind,
  k: plotFormat.k,
  /** Who made it, and where. */
  account: id,
  node: id,
  acceptedAt: moment.nullable(),
});

export const custody = z.strictObject({
  plot: id,
  node: id,
  account: id,
  from: moment,
  until: moment.nullable(),
  storing: z.boolean(),
});

/** One round. */
export const challenge = z.strictObject({
  round: count,
  roundId: id,
  kind: z.enum(roundKinds),
  beacon: hexOf(32),
  blockNumber: count.nullable(),
  blockHash: hexOf(32).nullable(),
  only: id.nullable(),
  sentAt: moment,
  deadlineAt: moment,
});

/** One check: what was due, what was answered, what the center made of it. */
export const answer = z.strictObject({
  node: id,
  plot: id,
  round: count,
  account: id,
  threshold: count,
  verdict: z.enum(verdicts),
  withheld: z.boolean(),
  /** What the answer said the plot was, where that is not what is registered: then it is invalid. */
  claims: z.strictObject({ kind: plotFormat.plotKind, k: plotFormat.k }).nullable(),
  subIndex: z.number().int().min(0).max(15).nullable(),
  proof: hexUpTo(limits.proofBytes).nullable(),
  /** The node's over its answer; null when there was none. */
  signature: hexOf(64).nullable(),
  receivedAt: moment.nullable(),
  /** The center's over its receipt. */
  receipt: hexOf(64).nullable(),
});

/** What the center measured of a node's connection in the epoch (libs/ruleset says what); null: unknown. */
export const networkCheck = z.strictObject({
  node: id,
  pings: count,
  lost: count,
  roundTripUs: count.nullable(),
  answerMs: count.nullable(),
  downBytesPerSecond: count.nullable(),
  upBytesPerSecond: count.nullable(),
  weightPpm: z.number().int().min(800_000).max(1_000_000),
});

const heldTime = z.strictObject({ keptMs: count, provedAt: moment, missed: count });

/**
 * What became of a held part in this epoch; `hold`: it waits on; `settle`: the campaign's end decided it, and the lines
 * say how much of it was released. `before` is null for a part that the epoch itself
 * promised. `loss` is what the center knows of its plot beside what is in the answers.
 */
export const adjustment = z.strictObject({
  kind: z.enum(['hold', 'release', 'forfeit', 'settle']),
  plot: id,
  account: id,
  amount,
  before: heldTime.nullable(),
  after: heldTime,
  loss: z.enum(['none', 'open', 'final']),
  /** Since when its loss is excused. */
  excusedAt: moment.nullable(),
});

export const pool = z.strictObject({
  kind: z.enum(['node', 'plot']),
  subject: id,
  before: tries,
  after: tries,
});

export const line = z.strictObject({
  account: id,
  kind: z.enum([
    'plotting',
    'plotting-held',
    'plotting-release',
    'plotting-forfeit',
    'storage',
    'bee-node',
    'referral',
  ]),
  node: id.nullable(),
  plot: id.nullable(),
  amount,
  quantity: z.string(),
  unit: z.string(),
  rate: z.string(),
  reason: z.record(z.string(), z.unknown()),
  /** Lines of other files it rests on; for answers from the first to before the last. */
  evidence: z.strictObject({
    answers: z.tuple([count, count]).optional(),
    plot: id.optional(),
    adjustment: id.optional(),
    accounts: z.array(id).optional(),
    bees: z.array(id).optional(),
  }),
});

/** One member's place in the payout tree: all that was ever released, whole units of it, and where they go. */
export const treeEntry = z.strictObject({
  index: z
    .number()
    .int()
    .min(0)
    .max(2 ** 24 - 1),
  account: id,
  address: z
    .string()
    .regex(/^0x[0-9a-f]{40}$/)
    .nullable(),
  releasedBefore: amount,
  releasedAfter: amount,
  units: amount,
});

/** Every file of a bundle beside the manifest: what a line is, and what the lines are sorted by. */
export const files = {
  policy: { schema: policy, key: () => '' },
  accounts: { schema: account, key: (r: Account) => r.account },
  nodes: { schema: node, key: (r: Node) => r.node },
  plots: { schema: plot, key: (r: Plot) => r.plot },
  custodies: { schema: custody, key: (r: Custody) => `${r.plot} ${padded(r.from)} ${r.node}` },
  challenges: { schema: challenge, key: (r: Challenge) => padded(r.round) },
  answers: { schema: answer, key: (r: Answer) => `${r.node} ${r.plot} ${padded(r.round)}` },
  network: { schema: networkCheck, key: (r: NetworkCheck) => r.node },
  bees: { schema: beeRecord, key: (r: BeeRecord) => `${padded(r.closedAt)} ${r.challenge} ${r.check}` },
  adjustments: { schema: adjustment, key: (r: Adjustment) => `${r.kind} ${r.plot}` },
  pools: { schema: pool, key: (r: Pool) => `${r.kind} ${r.subject}` },
  lines: {
    schema: line,
    key: (r: Line) => [r.account, r.kind, r.node ?? '', r.plot ?? ''].join('\0'),
  },
  tree: { schema: treeEntry, key: (r: TreeEntry) => padded(r.index) },
} as const;

export type FileName = keyof typeof files;
export const fileNames = Object.keys(files) as FileName[];

/** Bundles of the first format, those of ruleset-1, know no Bee nodes. */
export const formats = ['croft/bundle/1', 'croft/bundle/2'] as const;
export type Format = (typeof formats)[number];
export const formatOf = (ruleset: string): Format =>
  ruleset === 'ruleset-1' ? 'croft/bundle/1' : 'croft/bundle/2';
/** The files of a bundle beside the manifest, in their order. */
export const fileNamesOf = (format: Format): readonly FileName[] =>
  format === 'croft/bundle/1' ? fileNames.filter((name) => name !== 'bees') : fileNames;
export type RecordOf<Name extends FileName> = z.infer<(typeof files)[Name]['schema']>;

export type Policy = z.infer<typeof policy>;
export type Account = z.infer<typeof account>;
export type Node = z.infer<typeof node>;
export type Plot = z.infer<typeof plot>;
export type Custody = z.infer<typeof custody>;
export type Challenge = z.infer<typeof challenge>;
export type Answer = z.infer<typeof answer>;
export type NetworkCheck = z.infer<typeof networkCheck>;
export type Adjustment = z.infer<typeof adjustment>;
export type Pool = z.infer<typeof pool>;
export type Line = z.infer<typeof line>;
export type TreeEntry = z.infer<typeof treeEntry>;

/** The name a file has in a folder and behind a URL. */
export const publishedName = (name: FileName) => `${name}.ndjson.zst`;

const padded = (n: number) => String(n).padStart(16, '0');
