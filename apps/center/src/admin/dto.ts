import { VerdictCountsView } from '../audits/dto.js';

export class PlotCountsView {
  registered: number;
  accepted: number;
  rejected: number;
  lost: number;
}

export class OverviewAnswer {
  nodes: number;
  nodesOnline: number;
  /** Of space; replicas of data sets are counted apart. */
  plots: PlotCountsView;
  replicas: PlotCountsView;
  /** Every check of the last 24 hours. */
  checksLastDay: VerdictCountsView;
  openTasks: number;
  pendingPayouts: number;
}

export class DemoSignIn {
  label: string;
  email: string;
  password: string;
}

export class CenterAnswer {
  name: string;
  version: string;
  /** Ed25519 key that receipts are signed with, hex. */
  publicKey: string;
  time: string;
  demo: boolean;
  /** Ready-made sign-ins; only in a demo. */
  demoSignIns: DemoSignIn[];
}

export class HealthAnswer {
  ok: boolean;
  database: boolean;
  chain: boolean;
}
