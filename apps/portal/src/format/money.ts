/**
 * Amounts are integers in base units and stay `bigint`; a decimal point is put in by text only.
 * Shown amounts are cut, never rounded up: nobody is shown more than there is.
 */

/** The whole number of tokens and its fraction digits, without trailing zeros: 1500000n at 6 gives ['1', '5']. */
function split(units: bigint, decimals: number): [whole: bigint, fraction: string] {
  const scale = 10n ** BigInt(decimals);
  return [
    units / scale,
    decimals === 0
      ? ''
      : String(units % scale)
          .padStart(decimals, '0')
          .replace(/0+$/, ''),
  ];
}

function decimalPoint(locale: string): string {
  return (
    new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.'
  );
}

/** Every digit, grouped for the locale. */
export function exactAmount(units: string | bigint, decimals: number, locale: string): string {
  const value = BigInt(units);
  const [whole, fraction] = split(value < 0n ? -value : value, decimals);
  const text =
    new Intl.NumberFormat(locale).format(whole) + (fraction ? decimalPoint(locale) + fraction : '');
  return value < 0n ? `-${text}` : text;
}

/** Below this many decimal places an amount is shown as "less than". */
const SMALLEST = 8;

/** Easy to read: four places from 1 on, four leading digits below, "<0.00000001" for dust. Cut, not rounded. */
export function shortAmount(units: string | bigint, decimals: number, locale: string): string {
  const value = BigInt(units);
  const [whole, fraction] = split(value < 0n ? -value : value, decimals);
  const zeros = fraction.search(/[1-9]/);
  const places = whole > 0n ? 4 : Math.min(zeros + 4, SMALLEST);
  const shown = fraction.slice(0, places).replace(/0+$/, '');
  const sign = value < 0n ? '-' : '';
  const point = decimalPoint(locale);
  if (whole === 0n && shown === '' && fraction !== '') return `${sign}<0${point}${'0'.repeat(SMALLEST - 1)}1`;
  return sign + new Intl.NumberFormat(locale).format(whole) + (shown ? point + shown : '');
}

/** Base units of what a person typed ("12.5"), or null when it is no amount or has too many places. */
export function parseAmount(text: string, decimals: number): bigint | null {
  const parts = /^(\d{1,60})(?:\.(\d{1,77}))?$/.exec(text.trim());
  if (!parts) return null;
  const fraction = parts[2] ?? '';
  if (fraction.length > decimals) return null;
  return BigInt(parts[1]! + fraction.padEnd(decimals, '0'));
}

/** Plain digits with a point, as `parseAmount` reads them. */
export function plainAmount(units: string | bigint, decimals: number): string {
  const [whole, fraction] = split(BigInt(units), decimals);
  return fraction ? `${whole}.${fraction}` : String(whole);
}

/** For drawing only: a chart's height needs no exact number. */
export function approximateAmount(units: string | bigint, decimals: number): number {
  return Number(BigInt(units)) / 10 ** decimals;
}
