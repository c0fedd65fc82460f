import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EpochFacts, EpochOutcome, HeldPart, SettledPart } from '#libs/ruleset';
import type { Campaign, Epoch } from '../../campaigns/campaign.entity.js';
import { PeopleFacts } from '../people-facts.js';
import { EpochWork } from './epoch-work.entity.js';
import { partsOf } from './work-parts.js';

/** A share of anything: who brought whom is kept, whether or not it was paid for at the time. */
const ANY_REFERRAL_BPS = 1;

/** Keeps what closed epochs came to before any price. */
@Injectable()
export class EpochWorks {
  constructor(private readonly people: PeopleFacts) {}

  /** Within the transaction that closes the epoch. */
  async keep(
    manager: EntityManager,
    campaign: Campaign,
    epoch: Epoch,
    facts: EpochFacts,
    outcome: EpochOutcome,
  ): Promise<void> {
    const { caps, available, accepted } = facts;
    const { maturing, forfeited, settled = [] } = outcome.decided;
    const parts = await partsOf({
      epochIndex: epoch.index,
      startsAt: epoch.startsAt.getTime(),
      endsAt: epoch.endsAt.getTime(),
      caps,
      available,
      accrued: outcome.accrued,
      forfeits: outcome.forfeited,
      accounts: await this.people.facts(manager, campaign, ANY_REFERRAL_BPS),
      accepted: [...accepted],
      maturing: maturing.map(heldPart),
      forfeited: forfeited.map(heldPart),
      settled: settled.map(settledPart),
      bees: outcome.bees ?? [],
      storage: outcome.storage,
    });
    for (const [part, content] of parts.entries()) {
      await manager.insert(EpochWork, { campaignId: campaign.id, epochIndex: epoch.index, part, content });
    }
  }
}

const heldPart = ({ plotId, account, amount }: HeldPart): HeldPart => ({ plotId, account, amount });
const settledPart = ({ plotId, account, amount, keptMs, ofMs }: SettledPart): SettledPart => ({
  plotId,
  account,
  amount,
  keptMs,
  ofMs,
});
