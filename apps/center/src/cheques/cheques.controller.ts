import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentAccount, Public, RequireRole, type SignedIn } from '../platform/auth/guards.js';
import { PageQuery } from '../platform/paging.js';
import { ChequeList } from './cheque-list.service.js';
import { ChequebookList } from './chequebook-list.service.js';
import {
  ChequebooksAnswer,
  ChequeRoundsPage,
  ChequeRoundView,
  ChequesAnswer,
  MyChequesAnswer,
} from './dto.js';

/** The cheques I was given, and what is on its way into one. */
@ApiTags('cheques')
@Controller('me/cheques')
export class MyChequesController {
  constructor(private readonly list: ChequeList) {}

  @Get()
  mine(@CurrentAccount() account: SignedIn): Promise<MyChequesAnswer> {
    return this.list.ofAccount(account.id);
  }

  /** The cheque as a file, which is all that cashing it needs. */
  @Get(':id/file')
  @ApiProduces('application/json')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const { name, text } = await this.list.file(account.id, id);
    const disposition = `attachment; filename="${name}"`;
    return new StreamableFile(Buffer.from(text), { type: 'application/json', disposition });
  }
}

/** Cheques by the address that can cash them: open, like all that a campaign pays. */
@ApiTags('cheques')
@Public()
@Controller('cheques')
export class ChequesController {
  constructor(private readonly list: ChequeList) {}

  @Get(':address')
  at(@Param('address') address: string): Promise<ChequesAnswer> {
    return this.list.at(address);
  }
}

/** Rounds of cheques under way, and what covers those that are uncashed. */
@ApiTags('admin')
@RequireRole('admin')
@Controller('admin/cheques')
export class AdminChequesController {
  constructor(private readonly list: ChequebookList) {}

  @Get()
  all(): Promise<ChequebooksAnswer> {
    return this.list.all();
  }

  @Get('rounds')
  rounds(@Query() query: PageQuery): Promise<ChequeRoundsPage> {
    return this.list.roundsPage(query);
  }

  @Post('rounds/:id/approve')
  @HttpCode(200)
  approve(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ChequeRoundView> {
    return this.list.approve(id, account.id);
  }

  /** Before it is signed; what it held is in the round after the next epoch. */
  @Post('rounds/:id/stop')
  @HttpCode(200)
  stop(
    @CurrentAccount() account: SignedIn,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ChequeRoundView> {
    return this.list.stop(id, account.id);
  }
}
