import { setTimeout as sleep } from 'node:timers/promises';

/** The center could not be asked: it is starting again, or was killed before it answered. */
export class Unreachable extends Error {}

/**
 * Does `attempt` until it comes to something, while it fails only because the center is not there. `attempt` must
 * bear repeating: a lost answer may belong to a request that was carried out. Gives up after `withinMs`.
 */
export async function patiently<T>(attempt: () => Promise<T>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unreachable) || Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}
