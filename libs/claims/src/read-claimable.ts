import {
  BundleFault,
  type BundleSource,
  Frames,
  isDueInTree,
  manifestHash,
  type Policy,
  readFile,
  readManifest,
  type TreeEntry,
  treeRoot,
} from '#libs/bundle';

/** What of a bundle a claim needs: three of its files. */
export interface Claimable {
  /** Hex; the contract's `dataHash` names it. */
  manifestHash: string;
  campaign: Policy['campaign'];
  epochIndex: number;
  /** 0x-prefixed; null while nobody is due anything. */
  root: string | null;
  /** Those to whom something is due, by index. */
  entries: TreeEntry[];
}

/**
 * Reads `manifest.json`, `policy` and `tree` of a bundle: hashes and signature are checked, and the root is made anew from
 * the entries. Whose signature it is does not matter here: the contract decides which root counts. Throws BundleFault.
 */
export async function readClaimable(source: BundleSource): Promise<Claimable> {
  const { manifest } = readManifest(await source.manifest());
  const frames = await Frames.load();
  let campaign: Policy['campaign'] | undefined;
  for await (const policy of readFile(source, manifest, 'policy', frames)) campaign = policy.campaign;
  if (!campaign) throw new BundleFault('line', 'policy.ndjson.zst', 'one_line');
  const entries: TreeEntry[] = [];
  for await (const entry of readFile(source, manifest, 'tree', frames)) {
    if (isDueInTree(entry)) entries.push(entry);
  }
  if (treeRoot(entries) !== manifest.tree.root) throw new BundleFault('tree', 'manifest.json', 'other_root');
  return {
    manifestHash: manifestHash(manifest),
    campaign,
    epochIndex: manifest.epochIndex,
    root: manifest.tree.root,
    entries,
  };
}
