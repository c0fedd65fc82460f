import { networkWeightPpm } from '#libs/ruleset';
import { BundleFault } from '../fault.js';
import { type NetworkCheck, publishedName } from '../records.js';

/**
 * The center's measurements themselves are its word. What follows from them is redone: the time of answers from the
 * answers, the weight from the measures; and nobody who answered is left out.
 */
export function checkNetwork(checks: readonly NetworkCheck[], answerMs: ReadonlyMap<string, number>): void {
  const file = publishedName('network');
  const seen = new Set<string>();
  for (const [i, check] of checks.entries()) {
    const fault = (text: string) => new BundleFault('network', file, text, i + 1);
    const { node, weightPpm, pings, lost } = check;
    seen.add(node);
    if (lost > pings) throw fault(`${lost} pings are lost of ${pings}`);
    const middle = answerMs.get(node) ?? null;
    if (check.answerMs !== middle) {
      throw fault(`answers took ${inWords(check.answerMs)}; by the answers they took ${inWords(middle)}`);
    }
    const weight = networkWeightPpm(check);
    if (weightPpm !== weight) throw fault(`the weight is ${weightPpm}; the measures make it ${weight}`);
  }
  const missing = [...answerMs.keys()].find((node) => !seen.has(node));
  if (missing) throw new BundleFault('network', file, `node ${missing} has answers and no network check`);
}

const inWords = (ms: number | null) => (ms === null ? 'no known time' : `${ms} ms`);
