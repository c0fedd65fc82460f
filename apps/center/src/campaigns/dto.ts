import { Type } from 'class-transformer';
import {
  IsEthereumAddress,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import type { CampaignState } from './campaign.entity.js';

/** A positive amount of base units in decimal digits, below 2^256. */
const AMOUNT = /^(0|[1-9]\d{0,76})$/;

/** `{ "32": "1000" }`: k to an amount. */
function IsRatesByK() {
  return (target: object, propertyName: string) =>
    registerDecorator({
      name: 'isRatesByK',
      target: target.constructor,
      propertyName,
      validator: {
        validate: (value: unknown) =>
          typeof value === 'object' &&
          value !== null &&
          Object.keys(value).length <= 33 &&
          Object.entries(value).every(
            ([k, amount]) =>
              /^(1[89]|[234]\d|50)$/.test(k) && typeof amount === 'string' && AMOUNT.test(amount),
          ),
        defaultMessage: () => `${propertyName} maps k (18 … 50) to base units as a decimal string`,
      },
    });
}

export class RatesRequest {
  /** Base units per accepted plot, by k. */
  @IsObject()
  @IsRatesByK()
  plottingPerPlot: Record<string, string>;

  /** Part of it paid at once, 1/10000. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  immediateBps: number;

  /** Base units per plot-equivalent (one k=32 plot) and hour. */
  @Matches(AMOUNT)
  storagePerPlotEquivalentHour: string;
}

export class NewRatesRequest extends RatesRequest {
  /** From when on; not in the past. */
  @IsISO8601()
  effectiveAt: string;
}

export class CampaignRequest {
  @IsString()
  @Length(1, 80)
  name: string;

  @IsEthereumAddress()
  tokenAddress: string;

  @IsEthereumAddress()
  payoutContract: string;

  @IsISO8601()
  startsAt: string;

  @IsISO8601()
  endsAt: string;

  @IsInt()
  @Min(5)
  @Max(7 * 86_400)
  epochSeconds: number;

  @IsInt()
  @Min(1)
  @Max(86_400)
  roundSeconds: number;

  /** How often each plot is due, on average; 48 when omitted. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(86_400)
  checksPerPlotPerDay?: number;

  /** Time to answer, at most 20 s. */
  @IsOptional()
  @IsInt()
  @Min(500)
  @Max(20_000)
  deadlineMs?: number;

  @IsInt()
  @Min(18)
  @Max(50)
  minK: number;

  @IsInt()
  @Min(18)
  @Max(50)
  taskK: number;

  @IsInt()
  @Min(0)
  @Max(10_000_000)
  plotTarget: number;

  @IsInt()
  @Min(0)
  @Max(10 * 366 * 86_400)
  retentionSeconds: number;

  @ValidateNested()
  @Type(() => RatesRequest)
  @IsObject()
  rates: RatesRequest;
}

export class CampaignStateRequest {
  @IsIn(['active', 'paused', 'closed'])
  state: 'active' | 'paused' | 'closed';
}

export class TokenView {
  address: string;
  symbol: string;
  decimals: number;
  chainId: number;
}

export class RatesView {
  version: number;
  effectiveAt: string;
  plottingPerPlot: Record<string, string>;
  immediateBps: number;
  storagePerPlotEquivalentHour: string;
}

export class CampaignView {
  id: string;
  name: string;
  state: CampaignState;
  token: TokenView;
  payoutContract: string;
  chainName: string;
  explorerUrl: string | null;
  startsAt: string;
  endsAt: string;
  epochSeconds: number;
  roundSeconds: number;
  checksPerPlotPerDay: number;
  deadlineMs: number;
  minK: number;
  taskK: number;
  plotTarget: number;
  retentionSeconds: number;
  rates: RatesView;
  nextRates: RatesView | null;
  /** Small plots, short epochs: for showing, worth nothing. */
  demo: boolean;
}

export class CampaignsAnswer {
  items: CampaignView[];
}

export class EpochView {
  index: number;
  startsAt: string;
  endsAt: string;
  secretHash: string;
  /** Only after the epoch has ended. */
  secret: string | null;
}

export class EpochsAnswer {
  items: EpochView[];
}
