import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CroftError } from '#libs/protocol';
import { replicaStep } from '#libs/swarm';
import { CampaignsService } from '../../campaigns/campaigns.service.js';
import { BEE, type BeePort } from '../../platform/bee.js';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { forEach } from '../../platform/for-each.js';
import { Log } from '../../platform/log.js';
import { type Page, type PageQuery, pageOf } from '../../platform/paging.js';
import { ContentService } from './content.service.js';
import { DataSet } from './data-set.entity.js';
import type { DataSetRequest } from './dto.js';

/** Data sets: what campaigns want kept, and where its content comes from. */
@Injectable()
export class DataSetsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly content: ContentService,
    private readonly campaigns: CampaignsService,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(BEE) private readonly bee: BeePort | null,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Errors: not_found, campaign_not_open, bad_request (source and its fields do not fit), bee_not_configured. */
  async create(request: DataSetRequest, by: string): Promise<DataSet> {
    const campaign = await this.campaigns.byId(request.campaignId);
    if (campaign.state === 'closed') throw new CroftError('campaign_not_open');
    const { source, bytes = 0, reference = null } = request;
    const { SWARM_FILLER_BYTES: most } = this.config;
    const problems = [
      ...((source === 'filler') === bytes > 0 ? [] : ['bytes: filler has a size, and nothing else has']),
      ...((source === 'reference') === (reference !== null) ? [] : ['reference: goes with this source only']),
      ...(bytes > most ? [`bytes: at most ${most}`] : []),
    ];
    if (problems.length > 0) throw new CroftError('bad_request', { problems });
    if (source === 'reference' && !this.bee) throw new CroftError('bee_not_configured');
    const repository = this.database.getRepository(DataSet);
    const sized = source === 'filler' ? { state: 'ready' as const, bytes, k: replicaStep(bytes)! } : {};
    const { campaignId, name, wanted } = request;
    const row = { campaignId, name, source, reference, wanted, ...sized };
    return repository.save(repository.create({ ...row, createdBy: by, createdAt: this.clock.now() }));
  }

  /** Errors: as ContentService.fill. */
  upload(id: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    return this.content.fill(id, content, this.config.SWARM_UPLOAD_BYTES);
  }

  /** Errors: not_found. */
  async want(id: string, wanted: number): Promise<void> {
    const { affected } = await this.database.getRepository(DataSet).update(id, { wanted });
    if (!affected) throw new CroftError('not_found');
  }

  page(query: PageQuery): Promise<Page<DataSet>> {
    return pageOf(this.database.getRepository(DataSet).createQueryBuilder('set'), 'createdAt', query);
  }

  /** Reads what is named by a Swarm reference, through the operator's own Bee, which sees to it that it is that. */
  async loadReferences(): Promise<void> {
    const { bee } = this;
    if (!bee) return;
    const repository = this.database.getRepository(DataSet);
    await forEach(await repository.findBy({ source: 'reference', state: 'loading' }), async (dataSet) => {
      try {
        await this.upload(dataSet.id, bee.download(dataSet.reference!));
      } catch (error) {
        const code = error instanceof CroftError ? error.code : 'internal';
        // a Bee that is away or still syncing comes back
        if (code === 'bee_unreachable') return this.log.warn(`data set ${dataSet.id} waits for Bee`, error);
        await repository.update({ id: dataSet.id, state: 'loading' }, { state: 'failed', failure: code });
        this.log.warn(`data set ${dataSet.id} could not be read`, error);
      }
    });
  }
}
