import PDFDocument from 'pdfkit';
import {
  type StatementFoot,
  type StatementHead,
  type StatementWriter,
  tokens,
  type ValuedLine,
} from './statement.js';

type Cells = readonly [date: string, what: string, amount: string, value: string];

const MARGIN = 40;
const SIZE = 8;
const ROW = 22;
/** Left edges, and the right edge of the last column; A4. */
const EDGES = [MARGIN, 135, 395, 490, 595 - MARGIN] as const;
const BOTTOM = 842 - MARGIN - ROW;

const kinds: Record<ValuedLine['kind'], string> = {
  plotting: 'Plotting',
  'plotting-held': 'Plotting, held back',
  'plotting-release': 'Held part released',
  'plotting-forfeit': 'Held part forfeited',
  storage: 'Storage',
  'bee-node': 'Bee node',
  referral: 'Referral',
  payment: 'Payment',
};

/**
 * What the built-in font of PDF readers has: Latin-1. Other characters (of names) are written by their code, for all to
 * see; the CSV and JSON forms have them as they are. A font for Chinese weighs more than all of the center.
 */
export function latin(text: string): string {
  return [...text].map((char) => (/[\x20-\x7e\xa0-\xff]/.test(char) ? char : escaped(char))).join('');
}
const escaped = (char: string): string => `\\u{${char.codePointAt(0)!.toString(16).toUpperCase()}}`;

/** A4, a line a booking. */
export class PdfWriter implements StatementWriter {
  readonly type = 'application/pdf';
  private readonly document = new PDFDocument({ size: 'A4', margin: MARGIN, compress: true });
  private readonly pieces: Buffer[] = [];
  private readonly ended: Promise<void>;
  private top!: StatementHead;
  private y = 0;

  constructor() {
    this.ended = new Promise((resolve, reject) => {
      this.document.on('data', (piece: Buffer) => this.pieces.push(piece));
      this.document.once('end', resolve).once('error', reject);
    });
    this.document.on('pageAdded', () => this.tableHead());
  }

  head(head: StatementHead): Uint8Array {
    this.top = head;
    const { center, account, campaign, token, from, to, madeAt, opening } = head;
    const { document } = this;
    document.info.Title = latin(`Statement ${campaign.name} ${from} to ${to}`);
    document
      .font('Helvetica-Bold')
      .fontSize(16)
      .text(latin(`${center}: statement`));
    document.font('Helvetica').fontSize(9).moveDown(0.5);
    const facts = [
      `${account.displayName} (${account.id})`,
      `${campaign.name} (${campaign.id})`,
      `${token.symbol}, ${token.address}, chain ${token.chainId}`,
      `${from} to ${to} (UTC), made ${madeAt}`,
    ];
    for (const fact of facts) document.text(latin(fact));
    if (/[^\x20-\x7e\xa0-\xff]/.test(facts.join('')))
      document.text(
        'Characters that this file has no font for are written by their code; CSV and JSON have them all.',
      );
    this.y = document.y + 12;
    this.tableHead();
    this.balances('Before', opening);
    return this.taken();
  }

  line({ bookedAt, kind, epochIndex, quantity, unit, rate, amount, tx, value }: ValuedLine): Uint8Array {
    const { token, currency } = this.top;
    const why = tx ?? (rate === null ? '' : `${quantity} ${unit} x ${rate} base units`);
    const period = epochIndex === null ? '' : `, period ${epochIndex}`;
    const sign = kind === 'payment' || kind === 'plotting-forfeit' ? '-' : '';
    this.row(
      [
        bookedAt.toISOString().slice(0, 16).replace('T', ' '),
        `${kinds[kind]}${period}\n${why}`,
        `${sign}${tokens(amount, token.decimals)}`,
        value === null ? '' : `${value} ${currency}`,
      ],
      false,
    );
    return this.taken();
  }

  async foot({
    totals: { earned, released, forfeited, paid },
    closing,
    agrees,
  }: StatementFoot): Promise<Uint8Array> {
    const { decimals } = this.top.token;
    for (const [name, amount] of Object.entries({ earned, released, forfeited, paid }))
      this.row(['', `Total ${name}`, tokens(amount, decimals), ''], true);
    this.balances('After', closing);
    this.row(
      ['', agrees ? 'The lines are all that the ledger has.' : 'THE LINES DIFFER FROM THE LEDGER.', '', ''],
      true,
    );
    this.document.end();
    await this.ended;
    return this.taken();
  }

  private balances(when: string, sums: StatementHead['opening']): void {
    for (const [place, amount] of Object.entries(sums))
      this.row(['', `${when}: ${place}`, tokens(amount, this.top.token.decimals), ''], true);
  }

  private tableHead(): void {
    if (this.y === 0 || this.y > BOTTOM) this.y = MARGIN;
    this.cells(['Booked (UTC)', 'What', `Amount ${this.top.token.symbol}`, 'Value'], true);
  }

  private row(cells: Cells, bold: boolean): void {
    if (this.y > BOTTOM) this.document.addPage();
    this.cells(cells, bold);
  }

  private cells(cells: Cells, bold: boolean): void {
    this.document.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(SIZE);
    for (const [i, text] of cells.entries()) {
      const [from, to] = [EDGES[i]!, EDGES[i + 1]!];
      const width = to - from - 6;
      const align = i >= 2 ? 'right' : 'left';
      // within the cell's height, so that no text makes a page of its own
      const shown = text.split('\n').map(latin).join('\n');
      this.document.text(shown, from, this.y, { width, height: ROW - 2, align, ellipsis: true });
    }
    this.y += ROW;
  }

  private taken(): Uint8Array {
    return Buffer.concat(this.pieces.splice(0));
  }
}
