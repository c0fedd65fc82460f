import type { MachineReport, NodeRole } from '#libs/protocol';
import type { NodeState } from './node.entity.js';

export class PairingCodeAnswer {
  /** XXXX-XXXX, shown once. */
  code: string;
  expiresAt: string;
}

export class MachineReportView implements MachineReport {
  os: string;
  arch: string;
  cores: number;
  memoryBytes: number;
  clientVersion: string;
  storeBytes: number;
  storeFreeBytes: number | null;
  tempFreeBytes: number | null;
  /** Kinds of plots it can make, and can keep; what an older client does not say. */
  makes?: string[];
  keeps?: string[];
}

export class NodeView {
  id: string;
  name: string;
  roles: NodeRole[];
  state: NodeState;
  online: boolean;
  lastSeenAt: string | null;
  pairedAt: string;
  storeBytes: number;
  report: MachineReportView;
}

export class NodesAnswer {
  items: NodeView[];
}

export class AdminNodeView extends NodeView {
  accountId: string;
  accountName: string;
}

export class AdminNodesPage {
  items: AdminNodeView[];
  next: string | null;
}

export class PairAnswerView {
  nodeId: string;
  /** Ed25519 key that receipts are signed with, hex. */
  centerPublicKey: string;
  centerName: string;
}
