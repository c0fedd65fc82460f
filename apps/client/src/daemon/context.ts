import type { Log } from '../log.js';
import type { MachinePlotters } from '../plots/machine-plotters.js';
import type { PlotFolder } from '../plots/plot-folder.js';
import type { LeaseStore } from '../state/lease-store.js';
import type { PairedNode } from '../state/node-state.js';
import type { Custody } from './custody.js';
import type { Session } from './session.js';

/** What doing a task needs. */
export interface TaskContext {
  node: PairedNode;
  session: Session;
  folder: PlotFolder;
  custody: Custody;
  leases: LeaseStore;
  plotters: MachinePlotters;
  log: Log;
}

/** Where a task stands; shown in status and sent with heartbeats. */
export interface TaskProgress {
  phase: string;
  /** 0 … 1 */
  fraction: number;
}

/** The phase in which the answer to handing the work in decides, not the lease's end. */
export const HANDING_IN = 'handing in';

export type OnProgress = (phase: string, fraction: number) => void;
