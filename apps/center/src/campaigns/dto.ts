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
import { type CampaignState, type PayoutKind, payoutKinds } from './campaign.entity.js';

/** A positive amount of base units in decimal digits, below 2^256. */
const AMOUNT = /^(0|[1-9]\d{0,76})$/;

/** `{ "32": "1000" }`: k, as a step of the campaign's kind of plots, to an amount. */
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
          Object.keys(value).length <= 64 &&
          Object.entries(value).every(
            ([k, amount]) => /^[1-9]\d{0,2}$/.test(k) && typeof amount === 'string' && AMOUNT.test(amount),
          ),
        defaultMessage: () => `${propertyName} maps k to base units as a decimal string`,
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

  /** Share of the released reward of whom one brought, 1/10000; none when omitted. */
  @IsOptional()
  @IsInt()
  @Min(0)
  // one disk under many accounts of one person earns no more than 1.05 of what it earns under one
  @Max(500)
  referralBps?: number;

  /** Base units that the Bee nodes of one Swarm neighbourhood share in a day; none when omitted. */
  @IsOptional()
  @Matches(AMOUNT)
  beePerNeighbourhoodDay?: string;
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

  /** The PayoutCampaign contract, or the Chequebook of the key that signs cheques. */
  @IsEthereumAddress()
  payoutContract: string;

  /** Fixed from then on; `push` when omitted. */
  @IsOptional()
  @IsIn(payoutKinds)
  payoutKind?: PayoutKind;

  /** By cheques: time between approval and signing, in which an admin may stop them; a day when omitted. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(30 * 86_400)
  disputeSeconds?: number;

  /** The chain it is on, one of those in the center's settings; the first of them when omitted. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  chainId?: number;

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

  /** How often each plot is due, on average; 2 when omitted. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(86_400)
  checksPerPlotPerDay?: number;

  /** How often a node is asked at least, however few plots it keeps; 48 when omitted. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(86_400)
  nodeChecksPerDay?: number;

  /** Pause before a plot that was asked for in vain is asked for again; a day when omitted. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(30 * 86_400)
  confirmAfterSeconds?: number;

  /** Time to appeal against a loss, and for an admin to answer; three days when omitted. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(366 * 86_400)
  appealSeconds?: number;

  /** Most that newly accrues in one epoch, base units: to an account, … */
  @IsOptional()
  @Matches(AMOUNT)
  accountCapPerEpoch?: string;

  /** … to accounts that are paid to one address, … */
  @IsOptional()
  @Matches(AMOUNT)
  clusterCapPerEpoch?: string;

  /** … and to an account for whom it brought. */
  @IsOptional()
  @Matches(AMOUNT)
  referralCapPerEpoch?: string;

  /** Time to answer, at most 20 s. */
  @IsOptional()
  @IsInt()
  @Min(500)
  @Max(20_000)
  deadlineMs?: number;

  /** The kind of plots it asks for; `chia-v1` when omitted. */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,32}$/)
  plotKind?: string;

  /** The smallest plot that counts, and those it asks for, in steps of the kind. */
  @IsInt()
  @Min(1)
  @Max(255)
  minK: number;

  @IsInt()
  @Min(1)
  @Max(255)
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
  referralBps: number;
  beePerNeighbourhoodDay: string;
}

export class CampaignView {
  id: string;
  name: string;
  state: CampaignState;
  token: TokenView;
  payoutKind: PayoutKind;
  /** By cheques: time between approval and signing; else null. */
  disputeSeconds: number | null;
  payoutContract: string;
  chainName: string;
  explorerUrl: string | null;
  startsAt: string;
  endsAt: string;
  epochSeconds: number;
  roundSeconds: number;
  checksPerPlotPerDay: number;
  nodeChecksPerDay: number;
  confirmAfterSeconds: number;
  appealSeconds: number;
  /** Base units; null: no limit. */
  accountCapPerEpoch: string | null;
  clusterCapPerEpoch: string | null;
  referralCapPerEpoch: string | null;
  deadlineMs: number;
  /** The kind of plots it asks for and pays. */
  plotKind: string;
  minK: number;
  taskK: number;
  plotTarget: number;
  retentionSeconds: number;
  /** When new plots cease to be handed out: the retention time before its end. */
  plotsUntil: string;
  /** It goes on, but hands out no new plots: they could not be kept for the retention time any more. */
  tooLateForPlots: boolean;
  rates: RatesView;
  nextRates: RatesView | null;
  /** A large rise that a second admin has not agreed to yet. */
  waitingRates: RatesView | null;
  /** Small plots, short epochs: for showing, worth nothing. */
  /** Since when its money lasts two days or less, so that no new work is handed out. */
  fundsLowSince: string | null;
  /** Paused because everything funded is promised; it goes on by itself when money came in. */
  pausedForFunds: boolean;
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
