import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags, type SchemaObject } from '@nestjs/swagger';
import { z } from 'zod';
import { type PairRequest, pairRequest } from '#libs/protocol';
import { CurrentAccount, Public, RequireRole, type SignedIn } from '../platform/auth/guards.js';
import { PageQuery } from '../platform/paging.js';
import { Checked } from '../platform/sockets/node-call.js';
import { Guessable } from '../platform/throttling.js';
import { AdminNodesPage, NodesAnswer, PairAnswerView, PairingCodeAnswer } from './dto.js';
import { NodesService } from './nodes.service.js';
import { PairingService } from './pairing.service.js';

@ApiTags('nodes')
@Controller('nodes')
export class NodesController {
  constructor(
    private readonly nodes: NodesService,
    private readonly pairing: PairingService,
  ) {}

  @Get()
  async list(@CurrentAccount() account: SignedIn): Promise<NodesAnswer> {
    return { items: await this.nodes.ofAccount(account.id) };
  }

  @Post('codes')
  async newCode(@CurrentAccount() account: SignedIn): Promise<PairingCodeAnswer> {
    const { code, expiresAt } = await this.pairing.newCode(account.id);
    return { code, expiresAt: expiresAt.toISOString() };
  }

  /** Called by the client: see libs/protocol, PairRequest. */
  @Post('pair')
  @Public()
  @Guessable()
  @HttpCode(200)
  @ApiBody({ schema: z.toJSONSchema(pairRequest, { target: 'openapi-3.0' }) as SchemaObject })
  pair(@Body(new Checked(pairRequest)) body: PairRequest): Promise<PairAnswerView> {
    return this.pairing.pair(body);
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@CurrentAccount() account: SignedIn, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.nodes.revoke(id, account.id);
  }
}

@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/nodes')
export class AdminNodesController {
  constructor(private readonly nodes: NodesService) {}

  @Get()
  list(@Query() query: PageQuery): Promise<AdminNodesPage> {
    return this.nodes.page(query);
  }
}
