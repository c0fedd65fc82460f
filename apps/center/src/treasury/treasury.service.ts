import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { TransactionSigner } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignFunds } from '../campaigns/campaign-funds.service.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { PayoutFeesService } from '../payouts/wishes/payout-fees.service.js';
import { Alerts } from '../platform/alerts/alerts.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { SIGNERS, type Signers } from '../platform/signers.js';
import { EpochClosingService } from '../rewards/epoch-closing.service.js';
import { type Balances, LedgerService } from '../rewards/ledger/ledger.service.js';
import { ContractReading, SenderReading } from './reading.entity.js';
import { type FundsAlert, fundsAlert, fundsAlerts, paceEpochs, pacePerDay, runwayDays } from './runway.js';

const DAY_MS = 86_400_000;
/** How often contracts and senders are read. */
const EVERY_MS = 60_000;
/** A sender that could pay everybody fewer times than this has little left. */
const ROUNDS_OF_GAS = 2n;

/** Where a campaign stands with its money; base units. */
export interface Standing {
  balances: Balances;
  perDay: bigint | null;
  days: number | null;
  alert: FundsAlert | null;
}

/**
 * Watches that money does not run out. Short of two days nothing new is handed out; with everything promised the
 * campaign is paused, so that nobody works for nothing. What was promised is covered and goes on being paid.
 */
@Injectable()
export class TreasuryService {
  private readAt = 0;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly funds: CampaignFunds,
    private readonly ledger: LedgerService,
    private readonly closings: EpochClosingService,
    private readonly fees: PayoutFeesService,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
    private readonly chains: Chains,
    @Inject(SIGNERS) private readonly signers: Signers,
  ) {}

  /** Of the role reward: judges what the ledger says. */
  async judge(): Promise<void> {
    const open = (await this.campaigns.all()).filter(({ state }) => state !== 'closed');
    await forEach(open, async (campaign) => {
      const { alert, days, perDay, balances } = await this.standing(campaign);
      const detail = {
        free: balances['campaign:funded'].toString(),
        perDay: perDay?.toString() ?? 'unknown',
        days: days?.toString() ?? 'unknown',
      };
      for (const code of fundsAlerts)
        await this.alerts.set(code, campaign.id, code === alert ? detail : null);
      await this.campaigns.noteFunds(campaign.id, {
        low: alert === 'funds_for_2_days' || alert === 'funds_exhausted',
        exhausted: alert === 'funds_exhausted',
      });
    });
  }

  /** Of the role payout, which alone knows who signs: keeps what contracts and senders hold, once a minute. */
  async read(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.readAt < EVERY_MS) return;
    this.readAt = now.getTime();
    const campaigns = (await this.campaigns.all()).filter(({ state }) => state !== 'closed');
    const used = this.chains.all.filter(({ id }) => campaigns.some(({ chainId }) => chainId === id));
    await forEach(
      [
        ...campaigns.map((campaign) => () => this.readContract(campaign)),
        ...used.map(
          ({ id }) =>
            () =>
              this.readSenders(id, campaigns),
        ),
      ],
      (read) => read(),
    );
  }

  async standing(campaign: Campaign): Promise<Standing> {
    const balances = await this.ledger.campaignBalances(campaign.id);
    const epochs = await this.closings.newest(campaign.id, paceEpochs(campaign.epochSeconds));
    const perDay = pacePerDay(epochs, campaign.epochSeconds);
    const free = balances['campaign:funded'];
    const days = runwayDays(free, perDay);
    const daysLeft = (campaign.endsAt.getTime() - this.clock.now().getTime()) / DAY_MS;
    const spent = epochs.some(({ accrued }) => accrued > 0n);
    return { balances, perDay, days, alert: fundsAlert(free, days, spent, daysLeft) };
  }

  private async readContract(campaign: Campaign): Promise<void> {
    const { paid, balance } = await this.funds.read(campaign);
    const reading = { campaignId: campaign.id, tokenBalance: balance, paid, readAt: this.clock.now() };
    await this.database.getRepository(ContractReading).upsert(reading, ['campaignId']);
  }

  private async readSenders(chainId: number, campaigns: readonly Campaign[]): Promise<void> {
    const { proposer, approver } = this.signers;
    const spent = await this.readSender(chainId, proposer, 'proposer');
    if (approver) await this.readSender(chainId, approver, 'approver');
    // cheques are cashed at the contributors' expense
    const pushed = campaigns.filter((one) => one.chainId === chainId && one.payoutKind === 'push');
    const round = await this.costOfARound(pushed);
    const low = round !== null && spent < ROUNDS_OF_GAS * round;
    const detail = { sender: proposer.address, balance: spent.toString(), oneRound: String(round) };
    await this.alerts.set('gas_low', `sender:${chainId}`, low ? detail : null);
  }

  private async readSender(chainId: number, { address }: TransactionSigner, role: SenderReading['role']) {
    const balance = await this.chains.get(chainId).port.getBalance(address);
    const reading = { chainId, address, role, balance, readAt: this.clock.now() };
    await this.database.getRepository(SenderReading).upsert(reading, ['chainId', 'address']);
    return balance;
  }

  /** Wei that paying every member of these campaigns once costs; null while the fee is unknown. */
  private async costOfARound(campaigns: readonly Campaign[]): Promise<bigint | null> {
    let wei = 0n;
    for (const campaign of campaigns) {
      const fee = await this.fees.expected(campaign);
      if (!fee) return null;
      wei += fee.wei * BigInt((await this.campaigns.membersOf(campaign.id)).length);
    }
    return wei;
  }
}
