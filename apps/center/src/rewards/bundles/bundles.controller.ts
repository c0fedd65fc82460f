import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, ParseIntPipe, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/auth/guards.js';
import { BundleUploads } from './bundle-uploads.service.js';
import { BundlesService } from './bundles.service.js';
import { BundlesAnswer } from './dto.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** The facts and lines of every closed epoch, for anybody to recompute (`croft verify`). */
@ApiTags('bundles')
@Public()
@Controller('bundles/:campaignId')
export class BundlesController {
  constructor(
    private readonly bundles: BundlesService,
    private readonly uploads: BundleUploads,
  ) {}

  @Get()
  async list(@Param('campaignId', ParseUUIDPipe) campaignId: string): Promise<BundlesAnswer> {
    return this.bundles.list(campaignId, await this.uploads.ofCampaign(campaignId));
  }

  @Get(':epochIndex/manifest.json')
  @Header('Cache-Control', FOR_EVER)
  @ApiProduces('application/json')
  @ApiOkResponse({
    schema: {
      type: 'object',
      additionalProperties: true,
      description: 'Signed manifest, canonical JSON (libs/bundle)',
    },
  })
  async manifest(
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('epochIndex', ParseIntPipe) epochIndex: number,
  ): Promise<StreamableFile> {
    const text = await this.bundles.manifest(campaignId, epochIndex);
    return new StreamableFile(Buffer.from(text), { type: 'application/json' });
  }

  /** A file of the bundle: `answers.ndjson.zst` and so on. */
  @Get(':epochIndex/:file')
  @Header('Cache-Control', FOR_EVER)
  @ApiProduces('application/zstd')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('epochIndex', ParseIntPipe) epochIndex: number,
    @Param('file') file: string,
  ): Promise<StreamableFile> {
    const frames = this.bundles.file(campaignId, epochIndex, file);
    // the first frame now, so that a file that is not there is refused before anything is sent
    const first = await frames.next();
    const all = async function* () {
      if (!first.done) yield first.value;
      yield* frames;
    };
    return new StreamableFile(Readable.from(all()), { type: 'application/zstd' });
  }
}
