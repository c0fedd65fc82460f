const PRICE_DECIMALS = 18;

/** A price in 10^-18 of the currency. */
const scaled = (price: string): bigint => {
  const [whole, fraction = ''] = price.split('.');
  return BigInt(whole! + fraction.padEnd(PRICE_DECIMALS, '0'));
};

/**
 * Value of an amount in hundredths of the currency, rounded half up.
 * @param amount base units, not negative
 * @param price of one whole token, decimal digits
 */
export function valueInCents(amount: bigint, decimals: number, price: string): bigint {
  const unit = 10n ** BigInt(decimals + PRICE_DECIMALS - 2);
  return (amount * scaled(price) + unit / 2n) / unit;
}

/** `123` → `1.23`. */
export const centsText = (cents: bigint): string =>
  `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;

/** Value of an amount in the currency, to the hundredth: `12.34`. */
export const valueText = (amount: bigint, decimals: number, price: string): string =>
  centsText(valueInCents(amount, decimals, price));

/** What is worth how much: base units and the price of a whole coin. */
export interface Worth {
  readonly amount: bigint;
  readonly decimals: number;
  readonly price: string;
}

/** How much `part` is of `whole`, in 1/10000, rounded up; null of a whole that is worth nothing. */
export function shareBps(part: Worth, whole: Worth): bigint | null {
  const value = ({ amount, price }: Worth, decimals: number) =>
    amount * scaled(price) * 10n ** BigInt(decimals);
  const [small, large] = [value(part, whole.decimals), value(whole, part.decimals)];
  return large === 0n ? null : (small * 10_000n + large - 1n) / large;
}

/** The smallest amount of a token of which `part` is no more than `bps` / 10000; null when the token is worth nothing. */
export function amountForShare(part: Worth, token: Omit<Worth, 'amount'>, bps: number): bigint | null {
  const price = scaled(token.price);
  if (price === 0n) return null;
  const needed = part.amount * scaled(part.price) * 10n ** BigInt(token.decimals) * 10_000n;
  const per = price * BigInt(bps) * 10n ** BigInt(part.decimals);
  return (needed + per - 1n) / per;
}
