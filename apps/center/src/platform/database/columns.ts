import type { ColumnOptions } from 'typeorm';

const fromText = <T>(convert: (text: string) => T) => ({
  to: (value: T | null | undefined) => (typeof value === 'bigint' ? value.toString() : value),
  from: (text: string | null) => (text === null ? null : convert(text)),
});

/** Money: base units of a token, integers up to 2^256, bigint in code. */
export const amountColumn: ColumnOptions = {
  type: 'numeric',
  precision: 78,
  scale: 0,
  transformer: fromText(BigInt),
};

/** Sizes in bytes: bigint in PostgreSQL, a safe integer in code. */
export const bytesColumn: ColumnOptions = { type: 'bigint', transformer: fromText(Number) };

export const timeColumn: ColumnOptions = { type: 'timestamptz', precision: 3 };
