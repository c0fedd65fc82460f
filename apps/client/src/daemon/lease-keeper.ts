import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '#libs/protocol';
import { codeOf } from '../client-error.js';
import { HANDING_IN, type TaskProgress } from './context.js';
import type { Session } from './session.js';

/** Heartbeats come after a third of the lease's time, bounded so; news of the work no closer than the third. */
const SHORTEST_MS = 300;
const LONGEST_MS = 60_000;
const NEWS_EVERY_MS = 2_000;
/** Progress is news in steps of one in so many: thousands of nodes that work for hours tell of it all the time. */
const NEWS_STEPS = 100;

const ended = new Set(['lease_unknown', 'lease_expired', 'lease_ended', 'node_revoked']);

/** True when the center says that the lease is no longer this node's. */
export const isLeaseEnd = (error: unknown): boolean => ended.has(codeOf(error) ?? '');

/**
 * Keeps a lease alive until `signal` aborts, telling the center how far the work is. Calls `onEnd` once when
 * the center has taken the lease back. A lost connection is waited out: the center decides when it is too long.
 */
export async function keepLease(
  task: Task,
  progress: () => TaskProgress,
  session: Session,
  onEnd: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  let expiresAt = task.expiresAt;
  let told = '';
  try {
    for (;;) {
      await session.ready(signal);
      const { phase, fraction } = progress();
      const news = newsOf({ phase, fraction });
      try {
        const message = {
          leaseId: task.leaseId,
          phase: phase.slice(0, 40),
          fraction: Math.min(1, Math.max(0, fraction)),
        };
        ({ expiresAt } = await session.call('task:heartbeat', message, 5_000));
        told = news;
      } catch (error) {
        // a lease also ends when what was handed in has been taken: the answer to that decides
        if (isLeaseEnd(error)) return progress().phase === HANDING_IN ? undefined : onEnd(error);
      }
      const third = (Date.parse(expiresAt) - Date.now() - session.clockOffsetMs) / 3;
      await pause(
        Math.min(LONGEST_MS, Math.max(SHORTEST_MS, third)),
        () => told !== newsOf(progress()),
        signal,
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const newsOf = ({ phase, fraction }: TaskProgress): string => `${phase} ${Math.floor(fraction * NEWS_STEPS)}`;

/** Waits `ms`, or less when there is news and NEWS_EVERY_MS have passed. */
async function pause(ms: number, hasNews: () => boolean, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0; left -= NEWS_EVERY_MS) {
    await sleep(Math.min(left, NEWS_EVERY_MS), undefined, { signal });
    if (hasNews()) return;
  }
}
