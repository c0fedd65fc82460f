import type { StatementLine, StatementSums } from '../rewards/statement-lines.service.js';
import type { Totals } from './totals.js';

export const statementFormats = ['csv', 'json', 'pdf'] as const;
export type StatementFormat = (typeof statementFormats)[number];

/** What stands above the lines of a statement. */
export interface StatementHead {
  readonly center: string;
  readonly account: { readonly id: string; readonly displayName: string };
  readonly campaign: { readonly id: string; readonly name: string };
  readonly token: {
    readonly symbol: string;
    readonly address: string;
    readonly decimals: number;
    readonly chainId: number;
  };
  /** UTC days, both in it. */
  readonly from: string;
  readonly to: string;
  readonly madeAt: string;
  /** Of the values; null when there are no prices. */
  readonly currency: string | null;
  readonly opening: StatementSums;
}

export interface ValuedLine extends StatementLine {
  /** What it was worth on the day it was booked, `12.34`; null when that is not known. */
  readonly value: string | null;
}

export interface StatementFoot {
  readonly totals: Totals;
  readonly closing: StatementSums;
  /** Whether the lines are all that the ledger has of the period. */
  readonly agrees: boolean;
}

/** Writes a statement piece by piece. */
export interface StatementWriter {
  readonly type: string;
  head(head: StatementHead): string | Uint8Array;
  line(line: ValuedLine): string | Uint8Array;
  foot(foot: StatementFoot): string | Uint8Array | Promise<string | Uint8Array>;
}

/** Whole tokens: base units with a decimal point, every digit. */
export function tokens(amount: bigint, decimals: number): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, '0');
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).replace(/0+$/, '');
  const whole = decimals === 0 ? digits : digits.slice(0, -decimals);
  return `${amount < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
