import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { swarmFiles, swarmIndexBytes } from '#libs/bundle';
import { CroftError } from '#libs/protocol';
import { BEE, type BeePort } from '../../platform/bee.js';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { Log } from '../../platform/log.js';
import { Bundle } from './bundle.entity.js';
import { BundleUpload } from './bundle-upload.entity.js';
import { BundlesService } from './bundles.service.js';

/** A batch that is dead sooner keeps nothing worth the while. */
const LEAST_TTL_SECONDS = 86_400;
const AT_ONCE = 10;

/** Puts bundles on Swarm, through the operator's own Bee and with a batch of theirs. */
@Injectable()
export class BundleUploads {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly bundles: BundlesService,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(BEE) private readonly bee: BeePort | null,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Uploads what is not there yet, oldest first. Said twice, it is the same content under the same reference. */
  async uploadNew(): Promise<void> {
    const { bee } = this;
    const { SWARM_BATCH: batch } = this.config;
    if (!bee || !batch) return;
    const missing = await this.database
      .getRepository(Bundle)
      .createQueryBuilder('bundle')
      .select(['bundle.campaignId', 'bundle.epochIndex'])
      .where(
        `NOT EXISTS (SELECT 1 FROM bundle_uploads u
          WHERE u."campaignId" = bundle."campaignId" AND u."epochIndex" = bundle."epochIndex")`,
      )
      .orderBy('bundle.at')
      .limit(AT_ONCE)
      .getMany();
    if (missing.length === 0) return;
    const problem = await this.problemOf(bee, batch);
    if (problem) return this.log.warn(`bundles wait for a postage batch: ${problem}`);
    for (const bundle of missing) await this.upload(bee, batch, bundle);
  }

  /** References by epoch. */
  async ofCampaign(campaignId: string): Promise<Map<number, string>> {
    const rows = await this.database.getRepository(BundleUpload).findBy({ campaignId });
    return new Map(rows.map(({ epochIndex, reference }) => [epochIndex, reference]));
  }

  /** Where an epoch's bundle lies on Swarm, hex; null: not there. */
  async referenceOf(campaignId: string, epochIndex: number): Promise<string | null> {
    const row = await this.database.getRepository(BundleUpload).findOneBy({ campaignId, epochIndex });
    return row?.reference ?? null;
  }

  private async upload(bee: BeePort, batch: string, { campaignId, epochIndex }: Bundle) {
    const files: Record<string, string> = {};
    for (const name of swarmFiles) {
      const content =
        name === 'manifest.json'
          ? once(Buffer.from(await this.bundles.manifest(campaignId, epochIndex)))
          : this.bundles.file(campaignId, epochIndex, name);
      files[name] = await bee.upload(content, batch);
    }
    const reference = await bee.upload(once(swarmIndexBytes(files)), batch);
    const row = { campaignId, epochIndex, reference, at: this.clock.now() };
    await this.database.getRepository(BundleUpload).upsert(row, ['campaignId', 'epochIndex']);
  }

  /** Why nothing can be stamped from the batch, or null. */
  private async problemOf(bee: BeePort, batch: string): Promise<string | null> {
    try {
      const { usable, exists = true, batchTTL, utilization, depth, bucketDepth } = await bee.stamp(batch);
      if (!usable || !exists) return 'it is not usable';
      if (batchTTL >= 0 && batchTTL < LEAST_TTL_SECONDS) return `it ends in ${batchTTL} s`;
      return utilization >= 2 ** (depth - bucketDepth) ? 'it is full' : null;
    } catch (error) {
      if (error instanceof CroftError) return `${error.code} ${JSON.stringify(error.details ?? {})}`;
      throw error;
    }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
