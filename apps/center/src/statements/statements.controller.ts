import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CurrentAccount, type SignedIn } from '../platform/auth/guards.js';
import { StatementQuery } from './dto.js';
import { StatementsService } from './statements.service.js';

/** What I earned and was paid, to keep or to hand in. */
@ApiTags('statements')
@Controller('statements')
export class StatementsController {
  constructor(private readonly statements: StatementsService) {}

  /** One campaign and period as CSV, JSON or PDF. */
  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiProduces('text/csv', 'application/json', 'application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async statement(
    @CurrentAccount() account: SignedIn,
    @Query() query: StatementQuery,
  ): Promise<StreamableFile> {
    const { type, name, pieces } = await this.statements.make(account.id, query);
    // the first piece now, so that what is refused is refused before anything is sent
    const first = await pieces.next();
    const all = async function* () {
      if (!first.done) yield first.value;
      yield* pieces;
    };
    const stream = Readable.from(all(), { objectMode: false });
    // also when whoever reads goes away before the end, or never begins
    stream.once('close', () => void pieces.return());
    return new StreamableFile(stream, {
      type,
      disposition: `attachment; filename="${name}"`,
    });
  }
}
