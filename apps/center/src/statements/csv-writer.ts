import {
  type StatementFoot,
  type StatementHead,
  type StatementWriter,
  tokens,
  type ValuedLine,
} from './statement.js';

const columns = [
  'booked_at',
  'kind',
  'period',
  'earned_at',
  'quantity',
  'unit',
  'rate_base_units',
  'amount',
  'amount_base_units',
  'token',
  'token_address',
  'chain_id',
  'transaction',
  'value',
  'currency',
  'campaign',
  'id',
];

/** RFC 4180; what a spreadsheet would take for a formula is made text. */
function cell(value: string | number | bigint | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const row = (cells: readonly (string | number | bigint | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

/** One line a booking; the balances before and after, and sums, as lines of their own kinds. */
export class CsvWriter implements StatementWriter {
  readonly type = 'text/csv; charset=utf-8';
  private top!: StatementHead;

  head(head: StatementHead): string {
    this.top = head;
    const { opening, from } = head;
    // the mark lets spreadsheets read UTF-8
    return `\uFEFF${row(columns)}${this.sums('opening', opening, `${from}T00:00:00.000Z`)}`;
  }

  line({
    bookedAt,
    kind,
    epochIndex,
    earnedAt,
    quantity,
    unit,
    rate,
    amount,
    tx,
    value,
    id,
  }: ValuedLine): string {
    const { token, currency, campaign } = this.top;
    return row([
      bookedAt.toISOString(),
      kind,
      epochIndex,
      earnedAt?.toISOString() ?? null,
      quantity,
      unit,
      rate,
      tokens(amount, token.decimals),
      amount,
      token.symbol,
      token.address,
      token.chainId,
      tx,
      value,
      value === null ? null : currency,
      campaign.name,
      id,
    ]);
  }

  foot({ closing, totals: { earned, released, forfeited, paid }, agrees }: StatementFoot): string {
    const at = this.top.madeAt;
    const sums = Object.entries({ earned, released, forfeited, paid }).map(([name, amount]) =>
      this.sum(`total ${name}`, amount, at),
    );
    const ledger = row([at, agrees ? 'agrees with the ledger' : 'DIFFERS FROM THE LEDGER']);
    return sums.join('') + this.sums('closing', closing, at) + ledger;
  }

  private sums(when: string, sums: StatementHead['opening'], at: string): string {
    return Object.entries(sums)
      .map(([place, amount]) => this.sum(`${when} ${place}`, amount, at))
      .join('');
  }

  private sum(kind: string, amount: bigint, at: string): string {
    const { symbol, address, chainId, decimals } = this.top.token;
    const none = [null, null, null, null, null];
    return row([at, kind, ...none, tokens(amount, decimals), amount, symbol, address, chainId]);
  }
}
