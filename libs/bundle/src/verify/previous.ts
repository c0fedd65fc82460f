import { canonicalText } from '#libs/protocol';
import type { BeeRecord } from '../bee-record.js';
import { BundleFault } from '../fault.js';
import type { Frames } from '../frames.js';
import { type Manifest, manifestHash, readManifest } from '../manifest.js';
import { type Adjustment, type FileName, type Pool, publishedName, type TreeEntry } from '../records.js';
import { type BundleSource, readFile } from '../source.js';

/** What a bundle begins with. */
interface Beginning {
  tree: TreeEntry[];
  pools: Pool[];
  adjustments: Adjustment[];
  bees: BeeRecord[];
  /** Those of them that ended later are judged by it; null: it knows none. */
  beesSince: number | null;
}

/** What the bundle before left behind is where this one begins. Throws BundleFault. */
export async function checkPrevious(
  source: BundleSource,
  manifest: Manifest,
  beginning: Beginning,
  frames: Frames,
): Promise<void> {
  const { tree, pools, adjustments } = beginning;
  const before = await manifestBefore(source);
  if (manifestHash(before) !== manifest.previous) {
    throw new BundleFault('chain', 'manifest.json', 'other_previous');
  }
  const released = new Map<string, string>();
  for await (const entry of readFile(source, before, 'tree', frames)) {
    released.set(entry.account, entry.releasedAfter);
  }
  for (const [i, entry] of tree.entries()) {
    if (entry.releasedBefore !== (released.get(entry.account) ?? '0')) throw otherBeginning('tree', i);
  }
  const tries = new Map<string, Pool['after']>();
  for await (const pool of readFile(source, before, 'pools', frames)) {
    tries.set(`${pool.kind} ${pool.subject}`, pool.after);
  }
  for (const [i, { kind, subject, before: begin }] of pools.entries()) {
    const end = tries.get(`${kind} ${subject}`) ?? { tries: 0, proofs: 0 };
    if (begin.tries !== end.tries || begin.proofs !== end.proofs) throw otherBeginning('pools', i);
  }
  const waiting = new Map<string, Adjustment>();
  for await (const part of readFile(source, before, 'adjustments', frames)) {
    if (part.kind === 'hold') waiting.set(part.plot, part);
  }
  for (const [i, { plot, account, amount, before: begin }] of adjustments.entries()) {
    if (!begin) continue;
    const end = waiting.get(plot);
    waiting.delete(plot);
    const same =
      end?.account === account && end.amount === amount && canonicalText(end.after) === canonicalText(begin);
    if (!same) throw otherBeginning('adjustments', i);
  }
  const [forgotten] = waiting.keys();
  if (forgotten) {
    throw new BundleFault('chain', publishedName('adjustments'), 'held_missing', { plot: forgotten });
  }
  await checkBeesBefore(source, before, beginning, frames);
}

/** Checks of Bee nodes that a bundle before this one judged are as the one before has them. */
async function checkBeesBefore(
  source: BundleSource,
  before: Manifest,
  { bees, beesSince }: Beginning,
  frames: Frames,
): Promise<void> {
  if (beesSince === null) return;
  let end = 0;
  for await (const { epoch } of readFile(source, before, 'policy', frames)) end = epoch.endsAt;
  if (beesSince !== end) throw otherBeginning('policy', 0);
  const known = new Map<string, BeeRecord>();
  for await (const record of readFile(source, before, 'bees', frames)) known.set(record.check, record);
  for (const [i, record] of bees.entries()) {
    if (record.closedAt > beesSince) continue;
    const was = known.get(record.check);
    const kept = was && { ...was, answer: record.answer, batches: record.batches };
    if (!kept || canonicalText(kept) !== canonicalText(record)) throw otherBeginning('bees', i);
  }
}

async function manifestBefore(source: BundleSource): Promise<Manifest> {
  try {
    return readManifest(await source.manifest()).manifest;
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    throw new BundleFault('chain', 'manifest.json', 'previous_unsound', { problem: error.message });
  }
}

const otherBeginning = (name: FileName, index: number) =>
  new BundleFault('chain', publishedName(name), 'other_beginning', {}, index + 1);
