import { z } from 'zod';
import { isRunning } from '#libs/processes';
import { nodeRoles, verdicts } from '#libs/protocol';
import { readJsonFile, writeJsonFile } from './atomic-file.js';

/** status.json: what the running daemon says of itself, for `croft status` and other programs. */
export const daemonStatus = z.object({
  pid: z.number().int(),
  /** Tells a later process with the same pid apart. */
  process: z.string(),
  startedAt: z.string(),
  /** When this was written, ISO. */
  at: z.string(),
  stopped: z.boolean(),
  nodeId: z.uuid(),
  name: z.string(),
  roles: z.array(z.enum(nodeRoles)),
  centerUrl: z.string(),
  centerName: z.string(),
  link: z.enum(['connecting', 'connected', 'refused']),
  problem: z.string().nullable(),
  path: z.string(),
  storeBytes: z.number(),
  plots: z.object({
    files: z.number().int(),
    bytes: z.number(),
    kept: z.number().int(),
    unreadable: z.array(z.object({ file: z.string(), reason: z.string() })),
  }),
  tasks: z.array(
    z.object({
      leaseId: z.string(),
      kind: z.enum(['plot', 'move', 'replica']),
      k: z.number().int(),
      phase: z.string(),
      fraction: z.number(),
    }),
  ),
  /** Receipts kept so far, by verdict. */
  checks: z.record(z.enum(verdicts), z.number().int()),
});

export type DaemonStatus = z.infer<typeof daemonStatus>;

/** What the last daemon wrote; null when none ever ran. Errors: state_damaged. */
export const loadStatus = (path: string): Promise<DaemonStatus | null> => readJsonFile(path, daemonStatus);

/** Whether the daemon that wrote this still runs. */
export const isLive = (status: DaemonStatus): boolean => !status.stopped && isRunning(status.process);

const WRITE_EVERY_MS = 1_000;
const REFRESH_EVERY_MS = 15_000;

/** Writes the status soon after it changed, once a second at most, and now and then as a sign of life. */
export class StatusWriter {
  private timer?: NodeJS.Timeout;
  private readonly refresh: NodeJS.Timeout;
  private last: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly path: string,
    private readonly snapshot: () => DaemonStatus,
  ) {
    this.refresh = setInterval(() => this.write(), REFRESH_EVERY_MS);
  }

  readonly changed = (): void => {
    if (this.closed) return;
    this.timer ??= setTimeout(() => this.write(), WRITE_EVERY_MS);
  };

  /** Writes at once; a disk that takes no status must not stop the daemon. */
  write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.last = this.last.then(() => writeJsonFile(this.path, this.snapshot())).catch(() => {});
    return this.last;
  }

  /** Writes for the last time. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.refresh);
    await this.write();
  }
}
