import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import {
  buildPayoutTree,
  type CampaignState,
  ChainError,
  PayoutCampaignContract,
  type PayoutTree,
  type PlannedPush,
  parsePushReceipt,
  planPushes,
  vectorHash,
} from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { Alerts } from '../platform/alerts/alerts.js';
import { Chains } from '../platform/chains.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { SIGNERS, type Signers } from '../platform/signers.js';
import { ReconcileService } from '../rewards/reconcile/reconcile.service.js';
import { NonceGaps } from './nonce-gaps.service.js';
import { OutboxTransaction } from './outbox.entity.js';
import { OutboxService, type Sent } from './outbox.service.js';
import { PaidBook } from './paid-book.service.js';
import { contextOf, PaymentWatch } from './payment-watch.service.js';
import { Payout, PayoutEntryRow, PayoutRoot, type PayoutState, type RootState } from './payout.entity.js';
import { paidVectors, RootBuilder } from './root-builder.service.js';
import { Holds } from './wishes/holds.js';

const CHAIN_SUBJECT = 'payout-chain';

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
    private readonly gaps: NonceGaps,
    private readonly book: PaidBook,
    private readonly watch: PaymentWatch,
    private readonly holds: Holds,
    private readonly reconcile: ReconcileService,
    private readonly alerts: Alerts,
    private readonly log: Log,
    private readonly chains: Chains,
    @Inject(SIGNERS) private readonly signers: Signers,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  async advance(): Promise<void> {
    try {
      // what goes wrong with one campaign or step keeps the others back as little as may be
      await forEach([() => this.prepare(), () => this.followSent(), () => this.advanceRoots()], (step) =>
        step(),
      );
      const dispute = this.chains.all.map(({ port }) => port.dispute).find(Boolean);
      if (dispute) throw dispute;
      await this.alerts.clear('chain_contradicts', CHAIN_SUBJECT);
    } catch (error) {
      const lie = contradiction(error);
      if (lie) await this.alerts.raise('chain_contradicts', CHAIN_SUBJECT, { problem: lie.message });
      throw error;
    }
  }

  private async prepare() {
    const pushing = (await this.campaigns.all()).filter(({ payoutKind }) => payoutKind === 'push');
    await forEach(pushing, async (campaign) => {
      await this.watch.follow(campaign);
      await this.roots.build(campaign);
      const released = await this.holds.released(campaign);
      if (released) await this.note(released, 'active');
    });
  }

  private async followSent() {
    const { proposer, approver } = this.signers;
    const signers = approver ? [proposer, approver] : [proposer];
    await forEach([() => this.outbox.followAll(signers), () => this.gaps.closeAll(signers)], (step) =>
      step(),
    );
  }

  private async advanceRoots() {
    const roots = await this.roots.underWay();
    const campaigns = await this.campaigns.byIds(roots.map((root) => root.campaignId));
    await forEach(roots, (root) => this.advanceRoot(campaigns.get(root.campaignId)!, root));
  }

  private async advanceRoot(campaign: Campaign, root: PayoutRoot) {
    // while books differ nothing new is sent; what was sent is still booked
    if (!(await this.reconcile.mayPay(campaign.id))) return this.bookFinalPushes(campaign, root);
    const contract = new PayoutCampaignContract(
      this.chains.get(campaign.chainId).port,
      campaign.payoutContract,
    );
    const state = await contract.state('latest');
    if (state.root === root.root) {
      await this.note(root, 'active');
      return this.push(campaign, root, contract);
    }
    if (state.pending?.root === root.root) return this.bringToActive(campaign, root, contract, state);
    if (await this.wasVetoed(root)) return this.giveUp(root);
    await this.carryOut(campaign, root, 'propose', contract.calls.propose(proposalOf(root)));
  }

  private async bringToActive(
    campaign: Campaign,
    root: PayoutRoot,
    contract: PayoutCampaignContract,
    state: CampaignState,
  ) {
    const pending = state.pending!;
    if (pending.activeFrom !== null) {
      await this.note(root, 'approved');
      const block = await this.chains.get(campaign.chainId).port.getBlock('latest');
      // the call is tried against the next block, which is later than the newest one
      if (block && block.timestamp + 1 >= pending.activeFrom) {
        await this.carryOut(campaign, root, 'activate', contract.calls.activate(root.root));
      }
      return;
    }
    await this.note(root, 'proposed');
    const approved = root.approvedBy !== null || this.config.PAYOUT_APPROVAL === 'automatic';
    if (approved && this.signers.approver) {
      await this.carryOut(
        campaign,
        root,
        'approve',
        contract.calls.approve(proposalOf(root)),
        this.signers.approver,
      );
    }
  }

  /** A proposal that is final, yet neither pending nor active, was voided by the guardian. */
  private async wasVetoed(root: PayoutRoot): Promise<boolean> {
    const proposal = await this.outbox.live(`${root.id}:propose`);
    return proposal?.state === 'final';
  }

  private async push(campaign: Campaign, root: PayoutRoot, contract: PayoutCampaignContract) {
    await this.bookFinalPushes(campaign, root);
    // what was decided stands until the pushes that were planned by it are through
    if (!(await this.outbox.anyPushWaiting(root.id))) await this.holds.review(campaign, root.id);
    const tree = await this.treeOf(root);
    const paid = await paidVectors(this.database.manager, campaign.id);
    const skip = await this.holds.leftOut(root.id);
    const booked = await this.outbox.bookedPushes(root.id);
    for (const planned of planPushes(tree, (chunk) => paid.get(chunk) ?? null, { skip })) {
      const first = `${root.id}:push:${planned.group.firstChunk}`;
      // what was held is pushed under the same root later: a transaction of its own
      const before = booked(first);
      await this.pushOne(campaign, root, contract, planned, paid, before > 0 ? `${first}:${before}` : first);
    }
    await this.finish(root);
  }

  /** Sends one push, or sees after it. */
  private async pushOne(
    campaign: Campaign,
    root: PayoutRoot,
    contract: PayoutCampaignContract,
    planned: PlannedPush,
    paid: Map<number, Uint8Array>,
    key: string,
  ): Promise<void> {
    const { firstChunk, chunks } = planned.group;
    const known = await this.outbox.live(key);
    if (known?.booked) return;
    if (!known) {
      for (let chunk = firstChunk; chunk < firstChunk + chunks.length; chunk++) {
        if ((await contract.applied(chunk)) !== vectorHash(paid.get(chunk) ?? null)) {
          // a claim, or somebody else's push, that is not final yet: PaymentWatch books it when it is
          this.log.warn('chunk was paid otherwise than is booked; not pushed yet', {
            campaign: campaign.id,
            chunk,
          });
          return;
        }
      }
    }
    const call = contract.calls.pushGroup(planned.group);
    const sent = await this.carryOut(campaign, root, 'push', call, this.signers.proposer, key);
    await this.show(root, planned, sent);
    if (sent.transaction.state === 'final') await this.bookFinalPushes(campaign, root);
  }

  /** Books the pushes that are final, also those that no plan names any more since a claim came between. */
  private async bookFinalPushes(campaign: Campaign, root: PayoutRoot) {
    for (const transaction of await this.outbox.unbooked(root.id)) {
      const { receipt } = await this.outbox.follow(transaction, this.signers.proposer);
      if (!receipt) continue;
      const { payments, failed } = parsePushReceipt(contextOf(campaign), transaction.data, receipt);
      const { hash: tx, blockNumber } = receipt;
      const contractPaid = await this.watch.contractPaid(campaign);
      await this.database.transaction(async (manager) => {
        const paid = { key: `pay:${tx}`, tx, blockNumber, contractPaid, rootId: root.id, payments, failed };
        await this.book.book(manager, campaign, paid);
        const payees = payments.length;
        await manager.update(OutboxTransaction, transaction.id, { booked: true, payees });
      });
      this.log.log('payout confirmed', { tx, payments: payments.length, failed: failed.length });
    }
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

  /** What a vetoed root held stays owed; the root of the next epoch takes it up. */
  private async giveUp(root: PayoutRoot) {
    const open = { rootId: root.id, state: In(['pending', 'sent'] satisfies PayoutState[]) };
    await this.database.getRepository(Payout).update(open, { state: 'failed' });
    await this.note(root, 'vetoed');
  }

  private carryOut(
    { chainId }: Campaign,
    root: PayoutRoot,
    purpose: OutboxTransaction['purpose'],
    call: { to: string; data: string },
    signer = this.signers.proposer,
    key = `${root.id}:${purpose}`,
  ): Promise<Sent> {
    return this.outbox.carryOut({ key, purpose, rootId: root.id, chainId, signer, call });
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

/** The first error that says that answers of the chain contradict one another, also among several. */
function contradiction(error: unknown): ChainError | null {
  if (error instanceof AggregateError) return error.errors.map(contradiction).find(Boolean) ?? null;
  return error instanceof ChainError && error.code === 'answers_differ' ? error : null;
}

const proposalOf = ({ number, prevRoot, root, totalUnits, dataHash }: PayoutRoot) => ({
  epoch: number,
  prevRoot,
  root,
  totalUnits,
  dataHash,
});
