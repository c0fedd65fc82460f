import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { amountColumn, timeColumn } from '../platform/database/columns.js';

export const campaignStates = ['draft', 'active', 'paused', 'closed'] as const;
export type CampaignState = (typeof campaignStates)[number];

/** `push`: a PayoutCampaign contract pays by roots; `cheques`: a chequebook honours signed cheques. */
export const payoutKinds = ['push', 'cheques'] as const;
export type PayoutKind = (typeof payoutKinds)[number];

/** A promotion: a token, a time span, the work wanted, and (in its rates) what it pays. */
@Entity('campaigns')
@Unique('one_campaign_per_contract', ['chainId', 'payoutContract'])
export class Campaign {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', default: 'draft' })
  state: CampaignState;

  @Column({ type: 'text' })
  tokenAddress: string;

  @Column({ type: 'text' })
  tokenSymbol: string;

  @Column({ type: 'integer' })
  tokenDecimals: number;

  @Column({ type: 'integer' })
  chainId: number;

  /** How it pays, from its beginning to its end. */
  @Column({ type: 'text', default: 'push' })
  payoutKind: PayoutKind;

  /** By cheques: time between approval and signing, in which an admin may stop them. A contract has its own. */
  @Column({ type: 'integer', nullable: true })
  disputeSeconds: number | null;

  /** The PayoutCampaign or Chequebook contract, EIP-55. */
  @Column({ type: 'text' })
  payoutContract: string;

  /** Base units in one unit of the payout tree. */
  @Column(amountColumn)
  unitSize: bigint;

  @Column(timeColumn)
  startsAt: Date;

  @Column(timeColumn)
  endsAt: Date;

  @Column({ type: 'integer' })
  epochSeconds: number;

  @Column({ type: 'integer' })
  roundSeconds: number;

  /** How often each plot is due, on average. */
  @Column({ type: 'integer', default: 48 })
  checksPerPlotPerDay: number;

  /** How often a node is asked at least, however few plots it keeps. */
  @Column({ type: 'integer', default: 48 })
  nodeChecksPerDay: number;

  /** Pause before a plot that was asked for in vain is asked for again. */
  @Column({ type: 'integer', default: 86_400 })
  confirmAfterSeconds: number;

  /** Time to appeal against a loss before the held part of its reward is forfeited, and for an admin to answer. */
  @Column({ type: 'integer', default: 259_200 })
  appealSeconds: number;

  /** Most that newly accrues in one epoch to an account, to accounts that belong together, for referrals. */
  @Column({ ...amountColumn, nullable: true })
  accountCapPerEpoch: bigint | null;

  @Column({ ...amountColumn, nullable: true })
  clusterCapPerEpoch: bigint | null;

  @Column({ ...amountColumn, nullable: true })
  referralCapPerEpoch: bigint | null;

  /** Time a node has to answer a round, milliseconds. */
  @Column({ type: 'integer' })
  deadlineMs: number;

  /** The kind of plots it asks for and pays; sizes and rates by size are steps of this kind. */
  @Column({ type: 'text' })
  plotKind: string;

  @Column({ type: 'integer' })
  minK: number;

  /** k of the plots it asks for. */
  @Column({ type: 'integer' })
  taskK: number;

  /** How many accepted plots it wants. */
  @Column({ type: 'integer' })
  plotTarget: number;

  /** How long a plot must be kept before the held part of its reward is released. */
  @Column({ type: 'integer' })
  retentionSeconds: number;

  /** What counts it, from its beginning to its end (libs/ruleset). */
  @Column({ type: 'text' })
  ruleset: string;

  /** Since when its money lasts two days or less: nothing new is handed out. */
  @Column({ ...timeColumn, nullable: true })
  fundsLowSince: Date | null;

  /** Paused by the center, because everything funded is promised; not by an admin. */
  @Column({ type: 'boolean', default: false })
  pausedForFunds: boolean;

  @CreateDateColumn(timeColumn)
  createdAt: Date;
}

/** Rates in force from `effectiveAt` on; versions only ever go forward. */
@Entity('campaign_rates')
@Unique(['campaignId', 'version'])
export class CampaignRates {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @ManyToOne(() => Campaign)
  @JoinColumn({ name: 'campaignId' })
  campaign: Relation<Campaign>;

  @Column({ type: 'integer' })
  version: number;

  @Column(timeColumn)
  effectiveAt: Date;

  /** Base units per accepted plot, by k, as decimal strings. */
  @Column({ type: 'jsonb' })
  plottingPerPlot: Record<string, string>;

  /** Part of the plotting reward paid at once, in 1/10000. */
  @Column({ type: 'integer' })
  immediateBps: number;

  @Column(amountColumn)
  storagePerPlotEquivalentHour: bigint;

  /** Share of the released reward of whom one brought, 1/10000. */
  @Column({ type: 'integer', default: 0 })
  referralBps: number;

  /** Base units that the Bee nodes of a Swarm neighbourhood share in a day. */
  @Column({ ...amountColumn, default: 0 })
  beePerNeighbourhoodDay: bigint;

  @Column({ type: 'uuid', nullable: true })
  setBy: string | null;

  /** A large rise: it does not count until a second admin has agreed. */
  @Column({ type: 'boolean', default: false })
  needsApproval: boolean;

  @Column({ type: 'uuid', nullable: true })
  approvedBy: string | null;
}

/** An account's stable place in a campaign's payout contract; never reused. */
@Entity('campaign_members')
@Unique(['campaignId', 'accountId'])
@Unique(['campaignId', 'index'])
export class CampaignMember {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @ManyToOne(() => Campaign)
  @JoinColumn({ name: 'campaignId' })
  campaign: Relation<Campaign>;

  @Column({ type: 'uuid' })
  accountId: string;

  @Column({ type: 'integer' })
  index: number;
}

/** One accounting period. The hash of its secret is fixed before it begins. */
@Entity('epochs')
@Unique(['campaignId', 'index'])
export class Epoch {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  campaignId: string;

  @ManyToOne(() => Campaign)
  @JoinColumn({ name: 'campaignId' })
  campaign: Relation<Campaign>;

  @Column({ type: 'integer' })
  index: number;

  @Column(timeColumn)
  startsAt: Date;

  @Index()
  @Column(timeColumn)
  endsAt: Date;

  /** 32 bytes; published when the epoch has ended. */
  @Column({ type: 'bytea' })
  secret: Buffer;

  /** SHA-256 of the secret; published from the start. */
  @Column({ type: 'bytea' })
  secretHash: Buffer;
}
