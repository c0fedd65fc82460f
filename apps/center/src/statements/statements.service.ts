import { Inject, Injectable } from '@nestjs/common';
import { CroftError } from '#libs/protocol';
import { AccountsService } from '../accounts/accounts.service.js';
import { CampaignsService, tokenView } from '../campaigns/campaigns.service.js';
import { Clock } from '../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../platform/config.js';
import { valueText } from '../platform/prices/fiat.js';
import { Prices, tokenAsset } from '../platform/prices/prices.js';
import { StatementLinesService } from '../rewards/statement-lines.service.js';
import { CsvWriter } from './csv-writer.js';
import type { StatementQuery } from './dto.js';
import { JsonWriter } from './json-writer.js';
import type { StatementHead, StatementWriter } from './statement.js';
import { Adder, agrees } from './totals.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
/** Lines of one statement; a PDF is for people. */
const MOST_LINES = { csv: 200_000, json: 200_000, pdf: 5_000 } as const;

export interface Statement {
  readonly type: string;
  readonly name: string;
  readonly pieces: AsyncGenerator<Uint8Array, void>;
}

/** Statements of a contributor: every line of a period, as the ledger has it. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly lines: StatementLinesService,
    private readonly campaigns: CampaignsService,
    private readonly accounts: AccountsService,
    private readonly prices: Prices,
    private readonly clock: Clock,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Begins a statement. Errors: not_found, bad_request (days, too many lines). */
  async make(accountId: string, query: StatementQuery): Promise<Statement> {
    const { campaignId, format } = query;
    const period = { accountId, campaignId, ...daysOf(query) };
    const campaign = await this.campaigns.byId(campaignId);
    const account = await this.accounts.find(accountId);
    const asset = tokenAsset(campaign.chainId, campaign.tokenAddress);
    const { currency, byDay } = await this.prices.ofDays(asset, period.from, period.to);
    const writer = await writerOf(format);
    const token = tokenView(campaign);
    const value = (amount: bigint, at: Date) => {
      const price = byDay.get(at.toISOString().slice(0, 10));
      return price === undefined ? null : valueText(amount, token.decimals, price);
    };
    const head: Omit<StatementHead, 'opening'> = {
      center: this.config.CENTER_NAME,
      account: { id: accountId, displayName: account?.displayName ?? '' },
      campaign: { id: campaign.id, name: campaign.name },
      token,
      from: query.from,
      to: query.to,
      madeAt: this.clock.now().toISOString(),
      currency,
    };
    const parts = this.lines.read(period);
    const pieces = async function* () {
      const adder = new Adder();
      let opening: StatementHead['opening'] | undefined;
      for await (const part of parts) {
        if (part.part === 'opening') {
          const { sums, count } = part;
          if (count > MOST_LINES[format])
            throw new CroftError('bad_request', {
              problems: [`${count} lines are too many; ask for fewer days`],
            });
          opening = sums;
          yield bytes(writer.head({ ...head, opening }));
        } else if (part.part === 'lines') {
          const written = part.lines.map((line) => {
            adder.add(line);
            return bytes(writer.line({ ...line, value: value(line.amount, line.bookedAt) }));
          });
          yield Buffer.concat(written);
        } else {
          const { totals } = adder;
          const foot = { totals, closing: part.sums, agrees: agrees(opening!, totals, part.sums) };
          yield bytes(await writer.foot(foot));
        }
      }
    };
    const name = `statement-${query.from}-${query.to}.${format}`;
    return { type: writer.type, name, pieces: pieces() };
  }
}

const bytes = (piece: string | Uint8Array): Uint8Array =>
  typeof piece === 'string' ? Buffer.from(piece) : piece;

/** The writer of PDF is large, and loaded when one is asked for. */
async function writerOf(format: StatementQuery['format']): Promise<StatementWriter> {
  if (format === 'csv') return new CsvWriter();
  if (format === 'json') return new JsonWriter();
  const { PdfWriter } = await import('./pdf-writer.js');
  return new PdfWriter();
}

/** From the beginning of the first day to the end of the last. */
function daysOf({ from, to }: StatementQuery): { from: Date; to: Date } {
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  const days = (last.getTime() - first.getTime()) / DAY_MS + 1;
  // a day that there is not, such as the 31st of April, is another one or none
  const real = [first, last].every(
    (day, i) => !Number.isNaN(day.getTime()) && day.toISOString().startsWith([from, to][i]!),
  );
  if (!real || days < 1 || days > MOST_DAYS)
    throw new CroftError('bad_request', { problems: [`from and to are days, 1 to ${MOST_DAYS} of them`] });
  return { from: first, to: new Date(last.getTime() + DAY_MS) };
}
