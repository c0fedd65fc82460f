import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThanOrEqual, type Repository } from 'typeorm';
import { CroftError, hexToBytes } from '#libs/protocol';
import { CHUNK_BYTES, declaredReserve, ROUND_BLOCKS, stakeGap } from '#libs/swarm';
import type { NodeView } from '../../nodes/dto.js';
import { NodesService } from '../../nodes/nodes.service.js';
import { Clock } from '../../platform/clock.js';
import { beeAlerts } from './bee-alerts.js';
import { BeeCheck } from './bee-check.entity.js';
import { BeeLinks } from './bee-links.service.js';
import type { BeeNode, KnownStake } from './bee-node.entity.js';
import type {
  BeeCheckCounts,
  BeeCheckView,
  BeeEstimateView,
  BeeGainsView,
  BeeGameView,
  BeeNodesAnswer,
  BeeNodeView,
  BeeReportView,
} from './dto.js';
import { type GameCounts, GameHistory } from './game-history.service.js';
import { SwarmState } from './swarm-state.service.js';

const COUNTED_MS = 30 * 86_400_000;
const SHOWN_CHECKS = 100;
/** Samples that are pooled into an estimate. */
const POOLED = 64;
/** From the claim phase's begin to the end of the next commit phase: then a sample must be there. */
const WINDOW_BLOCKS = (ROUND_BLOCKS * 3) / 4;

/** Bee nodes as their operators see them. */
@Injectable()
export class BeeList {
  constructor(
    @InjectRepository(BeeCheck) private readonly checks: Repository<BeeCheck>,
    private readonly links: BeeLinks,
    private readonly nodes: NodesService,
    private readonly history: GameHistory,
    private readonly swarm: SwarmState,
    private readonly clock: Clock,
  ) {}

  async ofAccount(accountId: string): Promise<BeeNodesAnswer> {
    if (!this.swarm.isThere) return { isOffered: false, items: [] };
    const nodes = new Map((await this.nodes.ofAccount(accountId)).map((node) => [node.id, node]));
    const linked = await this.links.of([...nodes.keys()]);
    const games = await this.history.counts(linked.map(({ overlay }) => overlay));
    const readAt = await this.history.readAt();
    const recent = await this.recent(linked);
    const items = linked.map((link) => {
      const game = gameView(games.get(link.overlay)!, readAt);
      return this.view(link, nodes.get(link.nodeId)!, game, recent.get(link.nodeId) ?? []);
    });
    return { isOffered: true, items };
  }

  /** The newest checks of a node. Errors: not_found when it is not the account's. */
  async checksOf(accountId: string, nodeId: string): Promise<BeeCheckView[]> {
    if (!(await this.nodes.idsOfAccount(accountId)).includes(nodeId)) throw new CroftError('not_found');
    const checks = await this.checks.find({
      where: { nodeId },
      order: { startedAt: 'DESC' },
      take: SHOWN_CHECKS,
    });
    return checks.map(checkView);
  }

  private async recent(linked: BeeNode[]): Promise<Map<string, BeeCheck[]>> {
    const since = new Date(this.clock.now().getTime() - COUNTED_MS);
    const rows = await this.checks.find({
      // their answers are long
      select: {
        id: true,
        nodeId: true,
        challengeId: true,
        overlay: true,
        height: true,
        startedAt: true,
        decidedAt: true,
        verdict: true,
        reason: true,
        lacks: true,
        last: true,
        seconds: true,
      },
      where: { nodeId: In(linked.map(({ nodeId }) => nodeId)), startedAt: MoreThanOrEqual(since) },
      order: { startedAt: 'DESC' },
    });
    const byNode = new Map<string, BeeCheck[]>(linked.map(({ nodeId }) => [nodeId, []]));
    for (const row of rows) byNode.get(row.nodeId)!.push(row);
    return byNode;
  }

  private view(link: BeeNode, node: NodeView, game: BeeGameView, checks: BeeCheck[]): BeeNodeView {
    const { nodeId, overlay, owner, linkedAt, report, reportedAt, stake, stakeReadAt } = link;
    const reportAge = reportedAt && (this.clock.now().getTime() - reportedAt.getTime()) / 1000;
    const sampleWindowSeconds = Math.floor(WINDOW_BLOCKS * this.swarm.deployment.blockSeconds);
    const decided = checks.find(({ verdict }) => verdict !== null && verdict !== 'excused');
    const last = decided ? { verdict: decided.verdict!, lacks: decided.lacks } : null;
    const gap = stakeReadAt ? stakeGap(asStake(stake), overlay, stake?.block ?? 0) : null;
    return {
      nodeId,
      name: node.name,
      online: node.online,
      overlay,
      owner,
      linkedAt: linkedAt.toISOString(),
      report: reportView(link),
      stake: stake && { ...shownStake(stake), at: stakeReadAt!.toISOString() },
      game,
      gains: gainsView(link, game),
      sampleWindowSeconds,
      estimate: estimateView(checks, stake),
      checks: countsOf(checks),
      lastCheck: checks[0] ? checkView(checks[0]) : null,
      roundSeconds: ROUND_BLOCKS * this.swarm.deployment.blockSeconds,
      alerts: beeAlerts({ report, reportAge, stake, stakeGap: gap, sampleWindowSeconds, last }),
    };
  }
}

const asStake = (stake: KnownStake | null) => stake && { ...stake, plur: BigInt(stake.plur) };

const shownStake = ({ plur, height, sinceBlock, frozenUntilBlock, block }: KnownStake) => ({
  plur,
  height,
  sinceBlock,
  frozenUntilBlock,
  block,
});

function gameView(counts: GameCounts, readAt: Date | null): BeeGameView {
  const of = ({ count, round }: GameCounts['won']) => ({ count, lastRound: round });
  return {
    readAt: readAt?.toISOString() ?? null,
    selected: of(counts.selected),
    played: of(counts.played),
    won: of(counts.won),
    frozen: of(counts.frozen),
  };
}

/** Unknown, too, when Bee has begun its own books anew. */
function gainsView({ report, firstReward, firstFees }: BeeNode, game: BeeGameView): BeeGainsView | null {
  if (!report?.rewardPlur || !report.feesWei || firstReward === null || firstFees === null) return null;
  if (game.readAt === null) return null;
  const rewardPlur = BigInt(report.rewardPlur) - BigInt(firstReward);
  const feesWei = BigInt(report.feesWei) - BigInt(firstFees);
  if (rewardPlur < 0n || feesWei < 0n) return null;
  return { rewardPlur: rewardPlur.toString(), feesWei: feesWei.toString(), rounds: game.played.count };
}

function reportView({ report, reportedAt }: BeeNode): BeeReportView | null {
  if (!report || !reportedAt) return null;
  const { overlay: _overlay, isFrozen: _isFrozen, reserveChunks, chunksWithinRadius, ...same } = report;
  const bytes = (chunks: number | null) => (chunks === null ? null : chunks * CHUNK_BYTES);
  return {
    at: reportedAt.toISOString(),
    ...same,
    reserveBytes: bytes(reserveChunks),
    reserveWithinRadiusBytes: bytes(chunksWithinRadius),
  };
}

function checkView(check: BeeCheck): BeeCheckView {
  const { id, startedAt, decidedAt, verdict, reason, lacks, seconds } = check;
  return {
    id,
    startedAt: startedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    verdict,
    reason,
    lacks,
    sampleSeconds: seconds,
  };
}

/** From checks that are evidence and of the newest overlay and height. */
function estimateView(checks: BeeCheck[], stake: KnownStake | null): BeeEstimateView | null {
  const lasts = checks
    .filter(
      ({ verdict, overlay, height }) =>
        verdict === 'held' && overlay === stake?.overlay && height === stake?.height,
    )
    .slice(0, POOLED)
    .map(({ last }) => hexToBytes(last!));
  if (lasts.length === 0) return null;
  const { chunks, bytes, relativeError, isCapped } = declaredReserve(lasts, stake!.height);
  return {
    chunks: chunks.toString(),
    bytes: bytes.toString(),
    relativeError,
    samples: lasts.length,
    isCapped,
  };
}

function countsOf(checks: BeeCheck[]): BeeCheckCounts {
  const counts: BeeCheckCounts = { held: 0, insufficient: 0, invalid: 0, unready: 0, late: 0, excused: 0 };
  for (const { verdict } of checks) if (verdict) counts[verdict]++;
  return counts;
}
