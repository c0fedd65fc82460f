import {
  type StatementFoot,
  type StatementHead,
  type StatementWriter,
  tokens,
  type ValuedLine,
} from './statement.js';

const text = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

/** `{ head, lines: […], totals, closing, agreesWithLedger }`; amounts are base units as decimal strings. */
export class JsonWriter implements StatementWriter {
  readonly type = 'application/json';
  private decimals = 0;
  private lines = 0;

  head(head: StatementHead): string {
    this.decimals = head.token.decimals;
    return `{"head":${text(head)},"lines":[`;
  }

  line(line: ValuedLine): string {
    const written = { ...line, tokens: tokens(line.amount, this.decimals) };
    return `${this.lines++ > 0 ? ',' : ''}\n${text(written)}`;
  }

  foot({ totals, closing, agrees }: StatementFoot): string {
    return `\n],"totals":${text(totals)},"closing":${text(closing)},"agreesWithLedger":${agrees}}\n`;
  }
}
