import { createHash, randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type FileEntry,
  FileWriter,
  Frames,
  fileNamesOf,
  formatOf,
  isDueInTree,
  manifestBytes,
  manifestHash,
  signManifest,
  type TreeEntry,
  treeRoot,
} from '#libs/bundle';
import { PayoutAddresses } from '../../apps/center/src/accounts/payout-addresses.js';
import type { Campaign } from '../../apps/center/src/campaigns/campaign.entity.js';
import { CampaignsService } from '../../apps/center/src/campaigns/campaigns.service.js';
import { CenterKey } from '../../apps/center/src/platform/center-key.js';
import { Bundle, BundlePart } from '../../apps/center/src/rewards/bundles/bundle.entity.js';
import { LedgerService } from '../../apps/center/src/rewards/ledger/ledger.service.js';
import { EpochClosing } from '../../apps/center/src/rewards/reward.entity.js';
import type { Person } from './person.js';
import type { World } from './world.js';

/** An epoch in which people earned this much (base units), as a ruleset would have booked and a bundle told it. */
export async function earnEpoch(
  world: World,
  campaignId: string,
  epochIndex: number,
  amounts: readonly (readonly [Person, bigint])[],
): Promise<void> {
  const campaign = await world.app.get(CampaignsService).byId(campaignId);
  const ids: string[] = [];
  for (const [person] of amounts) ids.push((await person.must<{ id: string }>('GET', '/me')).id);
  await world.app.get(DataSource).transaction(async (manager) => {
    await world.app.get(CampaignsService).enrol(manager, campaignId, ids);
    const moves = amounts.map(([, amount], i) => ({
      from: 'campaign:funded' as const,
      to: 'contributor:released' as const,
      owner: ids[i]!,
      amount,
    }));
    await world.app
      .get(LedgerService)
      .book(manager, campaign, 'accrue', `test:${campaignId}:${epochIndex}`, moves);
    await manager.insert(EpochClosing, {
      epochId: randomUUID(),
      campaignId,
      epochIndex,
      ruleset: campaign.ruleset,
      ratesVersion: 1,
      accrued: amounts.reduce((sum, [, amount]) => sum + amount, 0n),
      dataHash: await publishTree(world, manager, campaign, epochIndex),
      closedAt: world.clock.now(),
    });
  });
}

/** A bundle that holds the payout tree alone, of what the ledger says. Resolves with its hash. */
async function publishTree(
  world: World,
  manager: EntityManager,
  campaign: Campaign,
  epochIndex: number,
): Promise<string> {
  const key = world.app.get(CenterKey);
  const tree = await treeEntries(world, manager, campaign);
  const frames = await Frames.load();
  const kept = { campaignId: campaign.id, epochIndex };
  const entries: FileEntry[] = [];
  const format = formatOf(campaign.ruleset);
  for (const name of fileNamesOf(format)) {
    const keep = (_: string, part: number, frame: Uint8Array) =>
      manager.insert(BundlePart, { ...kept, name, part, frame: Buffer.from(frame) }).then(() => {});
    const writer = new FileWriter(name, frames, keep, () => createHash('sha256'));
    if (name === 'tree') for (const entry of tree) await (writer as FileWriter<'tree'>).add(entry);
    entries.push(await writer.end());
  }
  const totalUnits = tree.filter(isDueInTree).reduce((sum, { units }) => sum + BigInt(units), 0n);
  const signed = signManifest(
    {
      format,
      ...kept,
      ruleset: { id: campaign.ruleset, codeHash: '00'.repeat(32) },
      previous: null,
      centerPublicKey: key.publicKey,
      files: entries,
      tree: { root: treeRoot(tree), totalUnits: totalUnits.toString() },
    },
    key.secretKey,
  );
  const hash = manifestHash(signed.manifest);
  const manifest = new TextDecoder().decode(manifestBytes(signed));
  await manager.insert(Bundle, { ...kept, manifestHash: hash, manifest, bytes: 0, at: world.clock.now() });
  return hash;
}

async function treeEntries(world: World, manager: EntityManager, campaign: Campaign): Promise<TreeEntry[]> {
  const ledger = world.app.get(LedgerService);
  const sums = new Map<string, bigint>();
  for (const account of ['contributor:released', 'contributor:published', 'contributor:paid'] as const)
    for (const [owner, amount] of await ledger.byOwner(campaign.id, account, manager))
      sums.set(owner, (sums.get(owner) ?? 0n) + amount);
  const addresses = await world.app.get(PayoutAddresses).all();
  const members = await world.app.get(CampaignsService).membersOf(campaign.id, manager);
  return members
    .map(({ index, accountId }) => {
      const released = sums.get(accountId) ?? 0n;
      return {
        index,
        account: accountId,
        address: addresses.get(accountId)?.toLowerCase() ?? null,
        releasedBefore: released.toString(),
        releasedAfter: released.toString(),
        units: (released / campaign.unitSize).toString(),
      };
    })
    .sort((a, b) => a.index - b.index);
}
