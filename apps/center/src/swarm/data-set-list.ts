import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { replicaBytes } from '#libs/swarm';
import type { PageQuery } from '../platform/paging.js';
import { PlotsService } from '../plots/plots.service.js';
import type { DataSet } from './data-sets/data-set.entity.js';
import { DataSetsService } from './data-sets/data-sets.service.js';
import type { DataSetsPage, DataSetView, ReplicasAnswer } from './data-sets/dto.js';
import { Replica } from './replicas/replica.entity.js';

/** Data sets and their replicas as admins see them. */
@Injectable()
export class DataSetList {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly dataSets: DataSetsService,
    private readonly plots: PlotsService,
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
    const plots = await this.plots.byRefs(refs);
    const keepers = await this.plots.keepers(refs, this.database.manager);
    return {
      items: rows.map(({ id, root, state, plotRef, accountId, createdAt, keptAt }) => ({
        id,
        root,
        state: (plotRef && plots.get(plotRef)?.state) ?? state,
        plotId: plotRef,
        nodeId: (plotRef && keepers.get(plotRef)?.nodeId) ?? null,
        accountId,
        createdAt: createdAt.toISOString(),
        keptAt: keptAt?.toISOString() ?? null,
      })),
    };
  }
}

function viewOf(dataSet: DataSet, states: string[]): DataSetView {
  const count = (...of: string[]) => states.filter((state) => of.includes(state)).length;
  const { id, campaignId, name, source, reference, state, failure, bytes, k, wanted, createdAt } = dataSet;
  return {
    id,
    campaignId,
    name,
    source,
    reference,
    state,
    failure,
    bytes,
    replicaBytes: k === 0 ? 0 : replicaBytes(k),
    wanted,
    proved: count('accepted'),
    arrived: count('registered'),
    waiting: count('making', 'open'),
    lost: count('lost', 'rejected'),
    createdAt: createdAt.toISOString(),
  };
}
