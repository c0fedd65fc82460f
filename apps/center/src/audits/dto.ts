import type { PlotState, Verdict } from '#libs/protocol';

export class VerdictCountsView {
  proved: number;
  empty: number;
  late: number;
  silent: number;
  invalid: number;
}

export class LastCheckView {
  verdict: Verdict;
  at: string;
}

export class PlotView {
  id: string;
  /** 32 bytes, hex. */
  plotId: string;
  /** Its proof format. */
  kind: string;
  k: number;
  plotBytes: number;
  state: PlotState;
  campaignId: string;
  /** My node that keeps it; null when another contributor's does. */
  nodeId: string | null;
  keptByMe: boolean;
  plottedByMe: boolean;
  registeredAt: string;
  acceptedAt: string | null;
  /** Null: not checked yet. */
  lastCheck: LastCheckView | null;
  checks: VerdictCountsView;
}

export class PlotsPage {
  items: PlotView[];
  next: string | null;
}
