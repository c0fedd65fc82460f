import { IsIn, IsInt, IsOptional, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { VerdictCountsView } from '../../audits/dto.js';
import { type DataSetSource, type DataSetState, dataSetSources } from './data-set.entity.js';

const MOST_REPLICAS = 10_000;

export class DataSetRequest {
  @IsUUID()
  campaignId: string;

  @Length(1, 100)
  name: string;

  /** `upload`: its content is sent afterwards; `reference`: read from Swarm; `filler`: random bytes to be kept. */
  @IsIn(dataSetSources)
  source: DataSetSource;

  /** Size of filler. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  bytes?: number;

  /** Swarm reference, 32 bytes hex. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  reference?: string;

  /** How many replicas there are to be. */
  @IsInt()
  @Min(0)
  @Max(MOST_REPLICAS)
  wanted: number;
}

export class WantedRequest {
  @IsInt()
  @Min(0)
  @Max(MOST_REPLICAS)
  wanted: number;
}

export class DataSetCreated {
  id: string;
}

export class DataSetView {
  id: string;
  campaignId: string;
  name: string;
  source: DataSetSource;
  reference: string | null;
  state: DataSetState;
  /** Why its content could not be had: an error code. */
  failure: string | null;
  /** Of the content. */
  bytes: number;
  /** SHA-256 of the content, hex: what is read back must have it. Null: filler, still loading, or not known. */
  contentHash: string | null;
  /** Size of each replica in the terms of rates. */
  k: number;
  /** Of data in each replica: what is paid for. */
  replicaBytes: number;
  wanted: number;
  /** Replicas that proved themselves. */
  proved: number;
  /** Replicas at a keeper that prove themselves now. */
  arrived: number;
  /** Replicas without a keeper yet. */
  waiting: number;
  /** Replicas that were lost so far, and made up for. */
  lost: number;
  createdAt: string;
}

export class DataSetsPage {
  items: DataSetView[];
  next: string | null;
}

export class ReplicaView {
  id: string;
  /** Swarm root of what is kept, hex; null while it is computed. */
  root: string | null;
  state: string;
  /** Row id of the plot it is kept as. */
  plotId: string | null;
  /** Who keeps it, or kept it when it was lost. */
  nodeId: string | null;
  nodeName: string | null;
  accountId: string | null;
  accountName: string | null;
  createdAt: string;
  keptAt: string | null;
  checks: VerdictCountsView;
  /** When it was last asked for and proved; null: never yet. */
  lastProvedAt: string | null;
  /** Time from when it counted to its last proof, times the proved part of its checks. */
  provedMs: number;
}

export class ReplicasAnswer {
  items: ReplicaView[];
}
