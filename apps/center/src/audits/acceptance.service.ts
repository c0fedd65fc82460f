import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { NodesService } from '../nodes/nodes.service.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import type { Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import type { Transfer } from '../transfers/transfer.entity.js';
import { TransfersService } from '../transfers/transfers.service.js';
import { Check } from './audit.entity.js';
import { RoundsService } from './rounds.service.js';

/** Fresh challenges a new plot, or a copy at a new keeper, must all prove. */
const SPOT_CHECKS = 4;
/** A plot or copy that stayed unreachable this long never counts. */
const GIVE_UP_MS = 24 * 3_600_000;
/** Pause before an unreachable node is asked again. */
const RETRY_MS = 5_000;

/** A new plot that could not be proved is asked for again after this: a moment's trouble of a disk costs no plot. */
const SECOND_LOOK_MS = 60_000;

type Outcome = { passed: true } | { passed: false; cause: string } | { passed: null };

/** Spot checks before a plot counts and before custody passes. */
@Injectable()
export class AcceptanceService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly rounds: RoundsService,
    private readonly plots: PlotsService,
    private readonly transfers: TransfersService,
    private readonly campaigns: CampaignsService,
    private readonly nodes: NodesService,
    private readonly clock: Clock,
  ) {}

  /** Goes on with every plot and every copy that waits for its spot checks. */
  async advance(): Promise<void> {
    await forEach(await this.plots.registered(), (plot) => this.acceptOrReject(plot));
    const transfers = await this.transfers.checking();
    const plots = await this.plots.byRefs(transfers.map((transfer) => transfer.plotRef));
    await forEach(transfers, (transfer) => this.confirmOrRefuse(transfer, plots.get(transfer.plotRef)!));
  }

  private async acceptOrReject(plot: Plot) {
    const keeper = await this.plots.keeper(plot.id);
    if (!keeper) return;
    const outcome = await this.spotCheck('acceptance', plot, keeper.nodeId, plot.registeredAt);
    if (outcome.passed === null) return;
    await this.database.transaction(async (manager) => {
      if (outcome.passed) await this.plots.accept(manager, plot.id);
      else await this.plots.reject(manager, plot.id, outcome.cause);
    });
  }

  private async confirmOrRefuse(transfer: Transfer, plot: Plot) {
    const outcome = await this.spotCheck('custody', plot, transfer.toNode, transfer.arrivedAt);
    if (outcome.passed === null) return;
    const announce = await this.database.transaction((manager) =>
      outcome.passed
        ? this.transfers.confirm(manager, transfer)
        : this.transfers.refuse(manager, transfer, outcome.cause),
    );
    announce();
  }

  /**
   * What the spot checks since `since` came to. Not yet: asks again, as long as the node is there. Silence and lateness
   * say nothing about the plot; an empty or invalid answer does (a whole plot comes up empty once in e^16). A new plot,
   * which may be the work of hours, has failed when it does so again after a pause.
   */
  private async spotCheck(
    kind: 'acceptance' | 'custody',
    plot: Plot,
    nodeId: string,
    since: Date,
  ): Promise<Outcome> {
    const asked = await this.database
      .getRepository(Check)
      .createQueryBuilder('check')
      .innerJoinAndSelect('check.round', 'round')
      .where('round.onlyPlot = :plot AND round.kind = :kind AND check.nodeId = :nodeId', {
        plot: plot.id,
        kind,
        nodeId,
      })
      .andWhere('round.sentAt >= :since', { since })
      .getMany();
    const count = (...verdicts: (string | null)[]) =>
      asked.filter((c) => verdicts.includes(c.verdict)).length;
    const vain = asked.filter((c) => c.verdict === 'invalid' || c.verdict === 'empty');
    const vainAt = vain.map((c) => c.sentAt.getTime());
    const pauseMs = kind === 'acceptance' ? SECOND_LOOK_MS : 0;
    const lastVain = Math.max(0, ...vainAt);
    if (vain.length > 0 && lastVain - Math.min(...vainAt) >= pauseMs)
      return { passed: false, cause: 'proof_missing' };
    const proved = asked.filter((c) => c.verdict === 'proved' && c.sentAt.getTime() > lastVain).length;
    if (proved >= SPOT_CHECKS) return { passed: true };
    const now = this.clock.now().getTime();
    if (now - since.getTime() > GIVE_UP_MS) return { passed: false, cause: 'unreachable' };
    const waiting = count(null);
    const lastSilence = Math.max(
      0,
      ...asked.filter((c) => c.verdict !== 'proved').map((c) => c.sentAt.getTime()),
    );
    const node = (await this.nodes.byIds([nodeId])).get(nodeId);
    const ask =
      waiting === 0 &&
      node &&
      this.nodes.isOnline(node) &&
      now - lastSilence >= RETRY_MS &&
      now - lastVain >= pauseMs;
    if (ask) await this.ask(kind, plot, node, SPOT_CHECKS - proved);
    return { passed: null };
  }

  private async ask(
    kind: 'acceptance' | 'custody',
    plot: Plot,
    node: { id: string; accountId: string },
    times: number,
  ) {
    const campaign = await this.campaigns.byId(plot.campaignId);
    await this.rounds.challenge(campaign, kind, { plot, nodeId: node.id, accountId: node.accountId }, times);
  }
}
