import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentAccount, type SignedIn } from '../platform/auth/guards.js';
import { BeeList } from './bee-nodes/bee-list.service.js';
import { BeeChecksAnswer, BeeNodesAnswer } from './bee-nodes/dto.js';

/** One's own Bee nodes. */
@ApiTags('bee nodes')
@Controller('me/bee-nodes')
export class BeeNodesController {
  constructor(private readonly list: BeeList) {}

  @Get()
  mine(@CurrentAccount() account: SignedIn): Promise<BeeNodesAnswer> {
    return this.list.ofAccount(account.id);
  }

  @Get(':nodeId/checks')
  async checks(
    @Param('nodeId', ParseUUIDPipe) nodeId: string,
    @CurrentAccount() account: SignedIn,
  ): Promise<BeeChecksAnswer> {
    return { items: await this.list.checksOf(account.id, nodeId) };
  }
}
