import { networkWeightPpm } from '#libs/ruleset';
import { BundleFault } from '../fault.js';
import type { FaultReason, FaultValues } from '../fault-words.js';
import { type NetworkCheck, publishedName } from '../records.js';

/**
 * The center's measurements themselves are its word. What follows from them is redone: the time of answers from the
 * answers, the weight from the measures; and nobody who answered is left out.
 */
export function checkNetwork(checks: readonly NetworkCheck[], answerMs: ReadonlyMap<string, number>): void {
  const file = publishedName('network');
  const seen = new Set<string>();
  for (const [i, check] of checks.entries()) {
    const fault = (reason: FaultReason, values: FaultValues) =>
      new BundleFault('network', file, reason, values, i + 1);
    const { node, weightPpm, pings, lost } = check;
    seen.add(node);
    if (lost > pings) throw fault('too_many_lost', { lost, pings });
    const middle = answerMs.get(node) ?? null;
    if (check.answerMs !== middle) {
      throw fault('other_answer_time', { is: check.answerMs ?? '–', must: middle ?? '–' });
    }
    const weight = networkWeightPpm(check);
    if (weightPpm !== weight) throw fault('other_weight', { is: weightPpm, must: weight });
  }
  const missing = [...answerMs.keys()].find((node) => !seen.has(node));
  if (missing) throw new BundleFault('network', file, 'network_missing', { node: missing });
}
