import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { hexOf } from '#libs/protocol';
import { CurrentAccount, type SignedIn } from '../platform/auth/guards.js';
import { Checked } from '../platform/sockets/node-call.js';
import { BeeList } from './bee-nodes/bee-list.service.js';
import { BeeUnlinking } from './bee-nodes/bee-unlinking.service.js';
import { BeeChecksAnswer, BeeNodesAnswer } from './bee-nodes/dto.js';

/** One's own Bee nodes. */
@ApiTags('bee nodes')
@Controller('me/bee-nodes')
export class BeeNodesController {
  constructor(
    private readonly list: BeeList,
    private readonly unlinking: BeeUnlinking,
  ) {}

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

  /** Ends the link: the Bee node is not asked any more. Its checks are kept. */
  @Delete(':overlay')
  @HttpCode(204)
  unlink(
    @Param('overlay', new Checked(hexOf(32))) overlay: string,
    @CurrentAccount() { id: accountId }: SignedIn,
  ): Promise<void> {
    return this.unlinking.unlink({ accountId }, overlay);
  }
}
