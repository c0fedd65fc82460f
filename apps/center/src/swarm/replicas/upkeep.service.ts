import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { Clock } from '../../platform/clock.js';
import { Entropy } from '../../platform/entropy.js';
import { forEach } from '../../platform/for-each.js';
import { PlotsService } from '../../plots/plots.service.js';
import { TasksService } from '../../tasks/tasks.service.js';
import { DataSet } from '../data-sets/data-set.entity.js';
import { Replica } from './replica.entity.js';
import { ReplicaFiles } from './replica-files.service.js';
import { ReplicasService } from './replicas.service.js';

/** Keeps every data set at its wanted number of replicas. */
@Injectable()
export class UpkeepService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly replicas: ReplicasService,
    private readonly files: ReplicaFiles,
    private readonly plots: PlotsService,
    private readonly tasks: TasksService,
    private readonly campaigns: CampaignsService,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  /** Finds what was lost, makes up for it, and offers what has no keeper. */
  async keepUp(): Promise<void> {
    const running = (await this.campaigns.running()).map((campaign) => campaign.id);
    const dataSets = await this.database
      .getRepository(DataSet)
      .find({ where: { state: 'ready', campaignId: In(running) }, order: { createdAt: 'ASC' } });
    await forEach(dataSets, (dataSet) => this.keepUpOne(dataSet));
  }

  private async keepUpOne(dataSet: DataSet) {
    const live = await this.livingOf(dataSet);
    const surplus = live.length - dataSet.wanted;
    if (surplus > 0) await this.withdraw(live, surplus);
    for (let missing = -surplus; missing > 0; missing--) live.push(await this.begin(dataSet));
    for (const replica of live.filter(({ state }) => state === 'making'))
      await this.files.make(dataSet, replica);
    const open = await this.database.getRepository(Replica).findBy({ dataSetId: dataSet.id, state: 'open' });
    for (const replica of open) await this.replicas.enqueue(this.database.manager, dataSet, replica);
  }

  /** Replicas that are kept or will be, those without a keeper last. A new one never has the secret of a lost one. */
  private async livingOf({ id }: DataSet): Promise<Replica[]> {
    const repository = this.database.getRepository(Replica);
    const rows = await repository.find({
      where: { dataSetId: id, state: In(['making', 'open', 'kept']) },
      order: { keptAt: { direction: 'ASC', nulls: 'LAST' }, createdAt: 'ASC' },
    });
    const plots = await this.plots.byRefs(rows.flatMap(({ plotRef }) => plotRef ?? []));
    const isGone = ({ plotRef }: Replica) => {
      const plot = plotRef ? plots.get(plotRef) : undefined;
      return plot?.state === 'lost' || plot?.state === 'rejected';
    };
    const gone = rows.filter(isGone).map((replica) => replica.id);
    if (gone.length > 0) await repository.update({ id: In(gone) }, { state: 'lost' });
    return rows.filter((replica) => !isGone(replica));
  }

  private begin({ id: dataSetId }: DataSet): Promise<Replica> {
    const repository = this.database.getRepository(Replica);
    const secret = Buffer.from(this.entropy.bytes(32));
    return repository.save(repository.create({ dataSetId, secret, createdAt: this.clock.now() }));
  }

  /** Fewer are wanted: what nobody has begun to fetch is taken back; what is kept stays as long as it is kept. */
  private async withdraw(live: Replica[], surplus: number) {
    for (const replica of live.slice(-surplus).filter(({ state }) => state !== 'kept')) {
      await this.database.transaction(async (manager) => {
        const waits = await this.tasks.existsFor(manager, 'replica', replica.id);
        if (waits && !(await this.tasks.withdraw(manager, 'replica', replica.id))) return;
        await manager.update(Replica, { id: replica.id, state: replica.state }, { state: 'withdrawn' });
        await this.files.dropEnd(manager, replica.id);
        live.splice(live.indexOf(replica), 1);
      });
    }
  }
}
