import { type NetworkMeasures, networkWeightPpm } from '#libs/ruleset';
import type { Answer, NetworkCheck } from './records.js';

/** How long each node's answers to broadcast rounds took. They come one by one, sorted by node. */
export class AnswerTimes {
  private readonly middles = new Map<string, number>();
  private node: string | null = null;
  private times: number[] = [];

  /** @param sentAt when the answer's round was sent, milliseconds since 1970 */
  add({ node, receivedAt }: Pick<Answer, 'node' | 'receivedAt'>, sentAt: number): void {
    if (this.node !== node) this.end();
    this.node = node;
    if (receivedAt !== null) this.times.push(Math.max(0, receivedAt - sentAt));
  }

  /** Middle time by node, milliseconds (the lower one of two); a node that answered nothing is missing. */
  all(): ReadonlyMap<string, number> {
    this.end();
    return this.middles;
  }

  private end() {
    const sorted = this.times.sort((a, b) => a - b);
    const middle = sorted[Math.ceil(sorted.length / 2) - 1];
    if (this.node !== null && middle !== undefined) this.middles.set(this.node, middle);
    this.times = [];
    this.node = null;
  }
}

/** The network check of a node as the bundle has it. */
export const networkRecord = (node: string, measures: NetworkMeasures): NetworkCheck => ({
  node,
  ...measures,
  weightPpm: networkWeightPpm(measures),
});
