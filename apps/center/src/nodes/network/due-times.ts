import type { Entropy } from '../../platform/entropy.js';

/**
 * When each node's turn comes: at random, once in every interval on average and never twice within half of one, so that
 * nobody can be good only while it is looked at. Kept in memory: after a restart everybody's turn is drawn anew.
 */
export class DueTimes {
  private readonly at = new Map<string, number>();

  constructor(
    private readonly intervalMs: number,
    private readonly entropy: Entropy,
  ) {}

  /** Those of `nodeIds` whose time has come, at most so many, longest due first; each one's next time is drawn. */
  due(nodeIds: readonly string[], now: number, most: number): string[] {
    for (const nodeId of nodeIds) {
      if (!this.at.has(nodeId)) this.at.set(nodeId, now + this.random() * this.intervalMs);
    }
    const due = nodeIds
      .filter((nodeId) => this.at.get(nodeId)! <= now)
      .sort((a, b) => this.at.get(a)! - this.at.get(b)!)
      .slice(0, Math.max(0, most));
    for (const nodeId of due) this.at.set(nodeId, now + (0.5 + this.random()) * this.intervalMs);
    return due;
  }

  private random(): number {
    return Buffer.from(this.entropy.bytes(4)).readUInt32BE() / 2 ** 32;
  }
}
