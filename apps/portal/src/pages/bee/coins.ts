import { shortAmount } from '../../format/money.js';

/** PLUR a BZZ. */
export const BZZ_DECIMALS = 16;
/** wei a coin of the chain. */
export const COIN_DECIMALS = 18;

/** An amount with its coin's name; cut, never rounded up. */
export function coinAmount(units: string, decimals: number, symbol: string, tag: string): string {
  return `${shortAmount(units, decimals, tag)} ${symbol}`;
}
