import type { TaskKind, TaskState } from './task.entity.js';

export class WorkView {
  leaseId: string;
  nodeId: string;
  kind: TaskKind;
  k: number;
  phase: string;
  /** 0 … 1 */
  fraction: number;
  startedAt: string;
  expiresAt: string;
}

export class WorkAnswer {
  items: WorkView[];
}

export class TaskView {
  id: string;
  kind: TaskKind;
  state: TaskState;
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

export class TasksPage {
  items: TaskView[];
  next: string | null;
}
