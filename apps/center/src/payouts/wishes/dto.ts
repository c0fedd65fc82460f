import { IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { TokenView } from '../../campaigns/dto.js';

export class PayoutWishRequest {
  /** Base units: less than this is not sent. `0` for none; at most what a payout contract can pay one account. */
  @Matches(/^(0|[1-9]\d{0,76})$/)
  minimum: string;

  /** The most that the expected fee may be of a payout, 1 … 10000 in 1/10000; null for any. */
  @ValidateIf((_, value) => value !== null)
  @IsInt()
  @Min(1)
  @Max(10_000)
  maxFeeBps: number | null;
}

export class ExpectedFeeView {
  /** Gas for one payee. */
  gas: string;
  /** Whether that was measured at this campaign's own payouts; else it is the figure of the benchmark. */
  measured: boolean;
  weiPerGas: string;
  /** 10^-18 of the chain's coin, paid by the operator. */
  wei: string;
  readAt: string;
  /** Of what is due now, in 1/10000; null when there is no price or nothing due. */
  shareBps: number | null;
}

export class PayoutWishView {
  campaignId: string;
  campaignName: string;
  token: TokenView;
  chainName: string;
  /** Base units. */
  minimum: string;
  /** The most that can be asked for. */
  mostMinimum: string;
  maxFeeBps: number | null;
  /** Earned and not yet paid, base units. */
  due: string;
  /** Null while the chain's fee is unknown. */
  fee: ExpectedFeeView | null;
}

export class PayoutWishesAnswer {
  /** Whether there are prices, without which a fee has no share. */
  prices: boolean;
  items: PayoutWishView[];
}
