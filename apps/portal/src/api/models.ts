import type { ErrorCode, PlotState, Verdict } from '#libs/protocol';

export type { ErrorCode, PlotState, Verdict };

/** What travels between portal and center. Amounts are base units in decimal digits; times are ISO 8601 UTC. */
export type Locale = 'en' | 'zh';

export interface Page<T> {
  items: T[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

export interface AddressSince {
  address: string;
  effectiveAt: string;
}

export interface Me {
  id: string;
  displayName: string;
  email: string | null;
  walletAddress: string | null;
  role: 'contributor' | 'admin';
  locale: Locale;
  payoutAddress: AddressSince | null;
  pendingPayoutAddress: AddressSince | null;
}

export interface Nonce {
  nonce: string;
  expiresAt: string;
}

export interface PairingCode {
  code: string;
  expiresAt: string;
}

export interface MachineReport {
  os: string;
  arch: string;
  cores: number;
  memoryBytes: number;
  clientVersion: string;
  storeBytes: number;
  storeFreeBytes: number | null;
  tempFreeBytes: number | null;
}

export interface Work {
  leaseId: string;
  kind: 'plot' | 'move';
  k: number;
  phase: string | null;
  fraction: number | null;
  startedAt: string;
  expiresAt: string;
}

export interface NodeView {
  id: string;
  name: string;
  roles: ('plotter' | 'storer')[];
  state: 'active' | 'left' | 'revoked';
  online: boolean;
  lastSeenAt: string | null;
  pairedAt: string;
  storeBytes: number;
  report: MachineReport;
  plots: number;
  work: Work[];
}

export type VerdictCounts = Record<Verdict, number>;

export interface Plot {
  id: string;
  plotId: string;
  k: number;
  plotBytes: number;
  state: PlotState;
  campaignId: string;
  nodeId: string | null;
  keptByMe: boolean;
  plottedByMe: boolean;
  registeredAt: string;
  acceptedAt: string | null;
  lastCheck: { verdict: Verdict; at: string } | null;
  checks: VerdictCounts;
}

export interface Token {
  address: string;
  symbol: string;
  decimals: number;
  chainId: number;
}

export interface Balances {
  campaignId: string;
  campaignName: string;
  token: Token;
  held: string;
  released: string;
  published: string;
  paid: string;
}

export interface EarningsDay {
  /** UTC, YYYY-MM-DD. */
  day: string;
  plotting: string;
  storage: string;
  other: string;
  total: string;
}

export interface LineReason {
  k?: number;
  shareBps?: number;
  plots?: number;
  /** Time kept, summed over the plots. */
  keptMs?: number;
  checks?: VerdictCounts;
  availabilityBps?: number;
  networkWeightBps?: number;
  budgetCut?: { due: string; available: string };
  plotId?: string;
}

export interface RewardLine {
  id: string;
  at: string;
  epochIndex: number;
  kind: 'plotting' | 'plotting-held' | 'plotting-release' | 'storage';
  amount: string;
  quantity: string;
  unit: string;
  rate: string;
  reason: LineReason;
}

export interface CheckRow {
  roundId: string;
  roundIndex: number;
  plotId: string;
  verdict: Verdict;
  sentAt: string;
  receivedAt: string | null;
  answerMs: number | null;
  subIndex: number | null;
  proof: string | null;
  beacon: string;
}

export interface RewardLineDetail extends RewardLine {
  evidence: CheckRow[];
}

export interface Payout {
  id: string;
  campaignId: string;
  campaignName: string;
  token: Token;
  address: string;
  amount: string;
  units: string;
  state: 'pending' | 'sent' | 'confirmed';
  tx: string | null;
  txUrl: string | null;
  blockNumber: number | null;
  at: string;
  epochIndex: number;
}

export interface Rates {
  version: number;
  effectiveAt: string;
  plottingPerPlot: Record<string, string>;
  immediateBps: number;
  storagePerPlotEquivalentHour: string;
}

export type NewRates = Omit<Rates, 'version'>;

export type CampaignState = 'draft' | 'active' | 'paused' | 'closed';

export interface Campaign {
  id: string;
  name: string;
  state: CampaignState;
  token: Token;
  payoutContract: string;
  chainName: string;
  explorerUrl: string | null;
  startsAt: string;
  endsAt: string;
  epochSeconds: number;
  roundSeconds: number;
  minK: number;
  taskK: number;
  plotTarget: number;
  retentionSeconds: number;
  rates: Rates;
  nextRates: Rates | null;
  demo: boolean;
}

export interface NewCampaign {
  name: string;
  tokenAddress: string;
  payoutContract: string;
  startsAt: string;
  endsAt: string;
  epochSeconds: number;
  roundSeconds: number;
  minK: number;
  taskK: number;
  plotTarget: number;
  retentionSeconds: number;
  rates: Omit<Rates, 'version' | 'effectiveAt'>;
}

/** Where a campaign's money is. */
export interface Funds {
  funded: string;
  committed: string;
  held: string;
  released: string;
  published: string;
  paid: string;
}

export interface Center {
  name: string;
  version: string;
  publicKey: string;
  demo: boolean;
  demoSignIns?: { label: string; email: string; password: string }[];
  time: string;
}

export interface Overview {
  nodesOnline: number;
  nodes: number;
  plots: Record<PlotState, number>;
  checksLastDay: VerdictCounts;
  openTasks: number;
  pendingPayouts: number;
}

export interface AdminNode extends NodeView {
  accountId: string;
  accountName: string;
}

export interface AdminTask {
  id: string;
  kind: 'plot' | 'move';
  state: 'open' | 'leased' | 'done' | 'failed';
  k: number;
  campaignId: string;
  nodeId: string | null;
  nodeName: string | null;
  attempts: number;
  createdAt: string;
  phase: string | null;
  fraction: number | null;
  failure: string | null;
}

export type PayoutRootState = 'built' | 'proposed' | 'approved' | 'active' | 'paid';

export interface PayoutRoot {
  id: string;
  campaignId: string;
  campaignName: string;
  epochIndex: number;
  root: string;
  totalUnits: string;
  dataHash: string;
  recipients: number;
  amount: string;
  token: Token;
  state: PayoutRootState;
  createdAt: string;
  transactions: { purpose: string; hash: string | null; state: string }[];
}
