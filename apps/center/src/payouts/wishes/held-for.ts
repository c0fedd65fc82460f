import { amountForShare, shareBps } from '../../platform/prices/fiat.js';
import type { PayoutWish } from './payout-wish.entity.js';

/** Why a payout is not sent though it is due: the contributor asked for it. */
export type HeldFor = 'below_minimum' | 'over_fee_share';

export interface Hold {
  readonly reason: HeldFor;
  /** Base units from which on it is sent, at the present fee. */
  readonly until: bigint;
}

/** What paying one contributor is expected to cost the sender, in base units of the chain's coin, and prices of both. */
export interface FeeInFiat {
  readonly wei: bigint;
  readonly coinPrice: string;
  readonly tokenPrice: string;
  readonly tokenDecimals: number;
}

const COIN_DECIMALS = 18;

/** The fee as a part of an amount, 1/10000; null when the token is worth nothing. */
export function feeShareBps({ wei, coinPrice, tokenPrice, tokenDecimals }: FeeInFiat, amount: bigint) {
  const fee = { amount: wei, decimals: COIN_DECIMALS, price: coinPrice };
  return shareBps(fee, { amount, decimals: tokenDecimals, price: tokenPrice });
}

/**
 * Whether a contributor wants an amount to wait. A fee share that is not known (no prices, no chain) holds nothing
 * back: what is known is the minimum.
 */
export function holdOf(
  amount: bigint,
  { minimum, maxFeeBps }: Pick<PayoutWish, 'minimum' | 'maxFeeBps'>,
  fee: FeeInFiat | null,
): Hold | null {
  if (amount < minimum) return { reason: 'below_minimum', until: minimum };
  if (maxFeeBps === null || fee === null) return null;
  const share = feeShareBps(fee, amount);
  if (share === null || share <= BigInt(maxFeeBps)) return null;
  const { wei, coinPrice, tokenPrice, tokenDecimals } = fee;
  const part = { amount: wei, decimals: COIN_DECIMALS, price: coinPrice };
  const until = amountForShare(part, { decimals: tokenDecimals, price: tokenPrice }, maxFeeBps);
  return until === null ? null : { reason: 'over_fee_share', until };
}
