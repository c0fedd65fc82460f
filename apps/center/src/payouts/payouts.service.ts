import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  buildPayoutTree,
  type CampaignState,
  PayoutCampaignContract,
  type PayoutTree,
  type PlannedPush,
  type PushOutcome,
  parsePushReceipt,
  planPushes,
  vectorHash,
} from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { CHAIN, type Chain, SIGNERS, type Signers } from '../platform/chain.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { LedgerService } from '../rewards/ledger/ledger.service.js';
import { OutboxTransaction } from './outbox.entity.js';
import { OutboxService, type Sent } from './outbox.service.js';
import { PaidChunk, Payout, PayoutEntryRow, PayoutRoot, type RootState } from './payout.entity.js';
import { paidVectors, RootBuilder } from './root-builder.service.js';

/**
 * Brings each root through propose, approve, activate and push. What comes next is read from the contract each time,
 * never remembered, so it goes on rightly after any crash; the ledger follows only what is final.
 */
@Injectable()
export class PayoutsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly campaigns: CampaignsService,
    private readonly roots: RootBuilder,
    private readonly outbox: OutboxService,
    private readonly ledger: LedgerService,
    private readonly log: Log,
    @Inject(CHAIN) private readonly chain: Chain,
    @Inject(SIGNERS) private readonly signers: Signers,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  async advance(): Promise<void> {
    await forEach(await this.campaigns.all(), (campaign) => this.roots.build(campaign));
    const { proposer, approver } = this.signers;
    await this.outbox.followAll(approver ? [proposer, approver] : [proposer]);
    const roots = await this.roots.underWay();
    const campaigns = await this.campaigns.byIds(roots.map((root) => root.campaignId));
    await forEach(roots, (root) => this.advanceRoot(campaigns.get(root.campaignId)!, root));
  }

  private async advanceRoot(campaign: Campaign, root: PayoutRoot) {
    const contract = new PayoutCampaignContract(this.chain, campaign.payoutContract);
    const state = await contract.state('latest');
    if (state.root === root.root) {
      await this.note(root, 'active');
      return this.push(campaign, root, contract);
    }
    if (state.pending?.root === root.root) return this.bringToActive(root, contract, state);
    if (await this.wasVetoed(root)) return this.note(root, 'vetoed');
    await this.carryOut(root, 'propose', contract.calls.propose(proposalOf(root)));
  }

  private async bringToActive(root: PayoutRoot, contract: PayoutCampaignContract, state: CampaignState) {
    const pending = state.pending!;
    if (pending.activeFrom !== null) {
      await this.note(root, 'approved');
      const block = await this.chain.getBlock('latest');
      // the call is tried against the next block, which is later than the newest one
      if (block && block.timestamp + 1 >= pending.activeFrom) {
        await this.carryOut(root, 'activate', contract.calls.activate(root.root));
      }
      return;
    }
    await this.note(root, 'proposed');
    const approved = root.approvedBy !== null || this.config.PAYOUT_APPROVAL === 'automatic';
    if (approved && this.signers.approver) {
      await this.carryOut(root, 'approve', contract.calls.approve(proposalOf(root)), this.signers.approver);
    }
  }

  /** A proposal that is final, yet neither pending nor active, was voided by the guardian. */
  private async wasVetoed(root: PayoutRoot): Promise<boolean> {
    const proposal = await this.outbox.live(`${root.id}:propose`);
    return proposal?.state === 'final';
  }

  private async push(campaign: Campaign, root: PayoutRoot, contract: PayoutCampaignContract) {
    const tree = await this.treeOf(root);
    const paid = await paidVectors(this.database.manager, campaign.id);
    let waiting = false;
    for (const planned of planPushes(tree, (chunk) => paid.get(chunk) ?? null)) {
      const done = await this.pushOne(campaign, root, contract, planned, paid);
      waiting ||= !done;
    }
    if (!waiting) await this.finish(root);
  }

  /** Sends one push, or books it once it is final. Returns whether it is booked. */
  private async pushOne(
    campaign: Campaign,
    root: PayoutRoot,
    contract: PayoutCampaignContract,
    planned: PlannedPush,
    paid: Map<number, Uint8Array>,
  ): Promise<boolean> {
    const { firstChunk, chunks } = planned.group;
    const key = `${root.id}:push:${firstChunk}`;
    const known = await this.outbox.live(key);
    if (known?.booked) return true;
    if (!known) {
      for (let chunk = firstChunk; chunk < firstChunk + chunks.length; chunk++) {
        if ((await contract.applied(chunk)) !== vectorHash(paid.get(chunk) ?? null)) {
          this.log.error('chunk was paid otherwise than the ledger says; not pushed', {
            campaign: campaign.id,
            chunk,
          });
          return false;
        }
      }
    }
    const sent = await this.carryOut(
      root,
      'push',
      contract.calls.pushGroup(planned.group),
      this.signers.proposer,
      key,
    );
    await this.show(root, planned, sent);
    if (sent.transaction.state !== 'final' || !sent.receipt) return false;
    const { payoutContract, tokenAddress, unitSize } = campaign;
    const context = { campaign: payoutContract, token: tokenAddress, unitSize };
    const outcome = parsePushReceipt(context, sent.transaction.data, sent.receipt);
    await this.bookPush(campaign, root, sent, outcome);
    return true;
  }

  /** Books a final push: who was paid, the vectors now applied, the ledger; all or nothing, once. */
  private async bookPush(campaign: Campaign, root: PayoutRoot, sent: Sent, outcome: PushOutcome) {
    const { hash: tx, blockNumber } = sent.receipt!;
    await this.database.transaction(async (manager) => {
      const row = await manager.findOneOrFail(OutboxTransaction, {
        where: { id: sent.transaction.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (row.booked) return;
      const payouts = await manager.findBy(Payout, { rootId: root.id });
      const byIndex = new Map(payouts.map((payout) => [payout.index, payout]));
      for (const { index } of outcome.payments) {
        await manager.update(Payout, byIndex.get(index)!.id, { state: 'confirmed', tx, blockNumber });
      }
      for (const { index } of outcome.failed) {
        await manager.update(Payout, byIndex.get(index)!.id, { state: 'failed', tx, blockNumber });
      }
      for (const { chunk, paid } of outcome.vectors) {
        await manager.upsert(PaidChunk, { campaignId: campaign.id, chunk, vector: Buffer.from(paid) }, [
          'campaignId',
          'chunk',
        ]);
      }
      await this.ledger.book(
        manager,
        campaign,
        'pay',
        `pay:${tx}`,
        outcome.payments.map(({ index, units }) => ({
          from: 'contributor:published',
          to: 'contributor:paid',
          owner: byIndex.get(index)!.accountId,
          amount: units * campaign.unitSize,
        })),
      );
      await manager.update(OutboxTransaction, row.id, { booked: true });
    });
    this.log.log('payout confirmed', {
      tx,
      payments: outcome.payments.length,
      failed: outcome.failed.length,
    });
  }

  /** Shows people the transaction as soon as it is on its way. */
  private async show(root: PayoutRoot, planned: PlannedPush, { transaction, receipt }: Sent) {
    const tx = receipt?.hash ?? transaction.attempts.at(-1)!.hash;
    for (const { index } of planned.payments) {
      await this.database
        .getRepository(Payout)
        .update({ rootId: root.id, index, state: 'pending' }, { state: 'sent', tx });
    }
  }

  private async finish(root: PayoutRoot) {
    const open = await this.database
      .getRepository(Payout)
      .createQueryBuilder('payout')
      .where(`payout.rootId = :root AND payout.state IN ('pending', 'sent')`, { root: root.id })
      .getExists();
    if (!open) await this.note(root, 'paid');
  }

  private carryOut(
    root: PayoutRoot,
    purpose: OutboxTransaction['purpose'],
    call: { to: string; data: string },
    signer = this.signers.proposer,
    key = `${root.id}:${purpose}`,
  ): Promise<Sent> {
    return this.outbox.carryOut({ key, purpose, rootId: root.id, signer, call });
  }

  private async note(root: PayoutRoot, state: RootState) {
    if (root.state === state) return;
    root.state = state;
    await this.database.getRepository(PayoutRoot).update(root.id, { state });
  }

  private async treeOf(root: PayoutRoot): Promise<PayoutTree> {
    const rows = await this.database.getRepository(PayoutEntryRow).findBy({ rootId: root.id });
    return buildPayoutTree(rows.map(({ index, address, units }) => ({ index, account: address, units })));
  }
}

const proposalOf = ({ number, prevRoot, root, totalUnits, dataHash }: PayoutRoot) => ({
  epoch: number,
  prevRoot,
  root,
  totalUnits,
  dataHash,
});
