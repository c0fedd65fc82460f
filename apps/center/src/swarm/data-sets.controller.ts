import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { CurrentAccount, RequireRole, type SignedIn } from '../platform/auth/guards.js';
import { PageQuery } from '../platform/paging.js';
import { DataSetList } from './data-set-list.js';
import { DataSetsService } from './data-sets/data-sets.service.js';
import {
  DataSetCreated,
  DataSetRequest,
  DataSetsPage,
  ReplicasAnswer,
  WantedRequest,
} from './data-sets/dto.js';
import { ReadingService } from './replicas/reading.service.js';

const BYTES = 'application/octet-stream';

/** Data sets that are kept in replicas. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/data-sets')
export class AdminDataSetsController {
  constructor(
    private readonly dataSets: DataSetsService,
    private readonly list: DataSetList,
    private readonly reading: ReadingService,
  ) {}

  @Get()
  page(@Query() query: PageQuery): Promise<DataSetsPage> {
    return this.list.page(query);
  }

  @Post()
  async create(
    @Body() request: DataSetRequest,
    @CurrentAccount() account: SignedIn,
  ): Promise<DataSetCreated> {
    const { id } = await this.dataSets.create(request, account.id);
    return { id };
  }

  @Put(':id/wanted')
  @HttpCode(204)
  want(@Param('id', ParseUUIDPipe) id: string, @Body() { wanted }: WantedRequest): Promise<void> {
    return this.dataSets.want(id, wanted);
  }

  @Get(':id/replicas')
  replicas(@Param('id', ParseUUIDPipe) id: string): Promise<ReplicasAnswer> {
    return this.list.replicasOf(id);
  }

  /** Sends the content of a data set that waits for it, whole. */
  @Put(':id/content')
  @HttpCode(204)
  @ApiConsumes(BYTES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  upload(@Param('id', ParseUUIDPipe) id: string, @Req() request: Request): Promise<void> {
    return this.dataSets.upload(id, request);
  }

  /** Reads the content back from its keepers; cut off when no keeper has a piece any more. */
  @Get(':id/content')
  @ApiProduces(BYTES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async content(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const pieces = this.reading.read(id);
    // the first piece now, so that what cannot be read is refused before anything is sent
    const first = await pieces.next();
    const all = async function* () {
      if (!first.done) yield first.value;
      yield* pieces;
    };
    return new StreamableFile(Readable.from(all()), { type: BYTES });
  }
}
