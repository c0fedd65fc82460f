import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CampaignsService } from '../../apps/center/src/campaigns/campaigns.service.js';
import { LedgerService } from '../../apps/center/src/rewards/ledger/ledger.service.js';
import { EpochClosing } from '../../apps/center/src/rewards/reward.entity.js';
import type { Person } from './person.js';
import type { World } from './world.js';

/** An epoch in which people earned this much (base units), as a ruleset would have booked it. */
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
    await manager.insert(EpochClosing, {
      epochId: randomUUID(),
      campaignId,
      epochIndex,
      ruleset: 'ruleset-1',
      ratesVersion: 1,
      accrued: 0n,
      dataHash: 'ab'.repeat(32),
      closedAt: world.clock.now(),
    });
    await world.app.get(CampaignsService).enrol(manager, campaignId, ids);
    const moves = amounts.map(([, amount], i) => ({
      from: 'campaign:funded' as const,
      to: 'contributor:released' as const,
      owner: ids[i]!,
      amount,
    }));
    await world.app.get(LedgerService).book(manager, campaign, 'accrue', `test:${epochIndex}`, moves);
  });
}
