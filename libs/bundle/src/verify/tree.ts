import { BundleFault } from '../fault.js';
import type { FaultReason } from '../fault-words.js';
import type { Manifest } from '../manifest.js';
import { type Line, type Policy, publishedName, type TreeEntry } from '../records.js';
import { isDue, MAX_UNITS, treeRoot } from '../tree.js';

/** Kinds of lines that make something payable. */
export const releasing: ReadonlySet<string> = new Set([
  'plotting',
  'plotting-release',
  'storage',
  'bee-node',
  'referral',
]);

/** What lines release, by account, base units. */
export function releasedBy(lines: readonly Line[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const line of lines) addReleased(sums, line);
  return sums;
}

export function addReleased(sums: Map<string, bigint>, { kind, account, amount }: Line): void {
  if (releasing.has(kind)) sums.set(account, (sums.get(account) ?? 0n) + BigInt(amount));
}

/**
 * Every entry is what it was before plus what the lines of this epoch release, and the root is that of the entries.
 * Throws BundleFault.
 */
export function checkTree(
  tree: readonly TreeEntry[],
  sums: ReadonlyMap<string, bigint>,
  { campaign }: Policy,
  manifest: Manifest,
): void {
  const file = publishedName('tree');
  const released = new Map(sums);
  const unit = BigInt(campaign.unitSize);
  let totalUnits = 0n;
  for (const [i, entry] of tree.entries()) {
    const fault = (reason: FaultReason, is: unknown = '', must: unknown = '') =>
      new BundleFault('tree', file, reason, { is: String(is), must: String(must) }, i + 1);
    const sum = BigInt(entry.releasedBefore) + (released.get(entry.account) ?? 0n);
    released.delete(entry.account);
    if (sum !== BigInt(entry.releasedAfter)) throw fault('other_sum', entry.releasedAfter, sum);
    if (sum / unit !== BigInt(entry.units)) throw fault('other_units', entry.units, sum / unit);
    if (BigInt(entry.units) > MAX_UNITS) throw fault('too_many_units');
    if (isDue(entry)) totalUnits += BigInt(entry.units);
  }
  const [missing] = [...released].filter(([, amount]) => amount > 0n);
  if (missing) throw new BundleFault('tree', file, 'entry_missing', { account: missing[0] });
  if (treeRoot(tree) !== manifest.tree.root || totalUnits.toString() !== manifest.tree.totalUnits) {
    throw new BundleFault('tree', 'manifest.json', 'other_root');
  }
}
