import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { replicaBytes } from '#libs/swarm';
import { AccountsService } from '../accounts/accounts.service.js';
import { AuditFacts, noVerdicts, totalOf } from '../audits/audit-facts.service.js';
import { NodesService } from '../nodes/nodes.service.js';
import type { PageQuery } from '../platform/paging.js';
import { PlotsService } from '../plots/plots.service.js';
import type { DataSet } from './data-sets/data-set.entity.js';
import { DataSetsService } from './data-sets/data-sets.service.js';
import type { DataSetsPage, DataSetView, ReplicasAnswer, ReplicaView } from './data-sets/dto.js';
import { Replica } from './replicas/replica.entity.js';

/** Data sets and their replicas as admins see them. */
@Injectable()
export class DataSetList {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly dataSets: DataSetsService,
    private readonly plots: PlotsService,
    private readonly audits: AuditFacts,
    private readonly nodes: NodesService,
    private readonly accounts: AccountsService,
  ) {}

  async page(query: PageQuery): Promise<DataSetsPage> {
    const { items, next } = await this.dataSets.page(query);
    const replicas = await this.database.getRepository(Replica).find({
      where: { dataSetId: In(items.map(({ id }) => id)) },
      select: { dataSetId: true, state: true, plotRef: true },
    });
    const plots = await this.plots.byRefs(replicas.flatMap(({ plotRef }) => plotRef ?? []));
    const stateOf = ({ state, plotRef }: Replica) =>
      (plotRef ? plots.get(plotRef)?.state : undefined) ?? state;
    return {
      items: items.map((dataSet) =>
        viewOf(dataSet, replicas.filter(({ dataSetId }) => dataSetId === dataSet.id).map(stateOf)),
      ),
      next,
    };
  }

  /** Errors: none; a data set that is not known has none. */
  async replicasOf(dataSetId: string): Promise<ReplicasAnswer> {
    const rows = await this.database
      .getRepository(Replica)
      .find({ where: { dataSetId }, order: { createdAt: 'ASC' }, take: 10_000 });
    const refs = rows.flatMap(({ plotRef }) => plotRef ?? []);
    const [plots, counts, lastProved] = await Promise.all([
      this.plots.byRefs(refs),
      this.audits.byPlot(refs),
      this.audits.lastProvedByPlot(refs),
    ]);
    const nodes = await this.nodes.byIds([...plots.values()].map(({ nodeId }) => nodeId));
    const names = await this.accounts.names(rows.flatMap(({ accountId }) => accountId ?? []));
    const items = rows.map(({ id, root, state, plotRef, accountId, createdAt, keptAt }): ReplicaView => {
      // a replica never moves: who took it in keeps it until it is lost
      const plot = plotRef ? plots.get(plotRef) : undefined;
      const checks = (plot && counts.get(plot.id)) ?? noVerdicts();
      const proved = plot && lastProved.get(plot.id);
      const from = plot?.acceptedAt;
      const heldMs = proved && from ? Math.max(0, proved.getTime() - from.getTime()) : 0;
      return {
        id,
        root,
        state: plot?.state ?? state,
        plotId: plotRef,
        nodeId: plot?.nodeId ?? null,
        nodeName: (plot && nodes.get(plot.nodeId)?.name) ?? null,
        accountId,
        accountName: (accountId && names.get(accountId)) ?? null,
        createdAt: createdAt.toISOString(),
        keptAt: keptAt?.toISOString() ?? null,
        checks,
        lastProvedAt: proved?.toISOString() ?? null,
        provedMs: Math.floor((heldMs * checks.proved) / Math.max(1, totalOf(checks))),
      };
    });
    return { items };
  }
}

function viewOf(dataSet: DataSet, states: string[]): DataSetView {
  const count = (...of: string[]) => states.filter((state) => of.includes(state)).length;
  const { id, campaignId, name, source, reference, state, failure, bytes, contentHash, k, wanted } = dataSet;
  return {
    id,
    campaignId,
    name,
    source,
    reference,
    state,
    failure,
    bytes,
    contentHash,
    k,
    replicaBytes: k === 0 ? 0 : replicaBytes(k),
    wanted,
    proved: count('accepted'),
    arrived: count('registered'),
    waiting: count('making', 'open'),
    lost: count('lost', 'rejected'),
    createdAt: dataSet.createdAt.toISOString(),
  };
}
