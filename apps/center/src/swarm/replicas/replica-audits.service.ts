import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import {
  auditWindow,
  bytesToHex,
  CroftError,
  hexToBytes,
  longestRun,
  type OpenedSample,
  openedSample,
  type ReplicaSample,
  type SampleCommitment,
  sampleCommitment,
} from '#libs/protocol';
import { CHUNK_BYTES, replicaBytes } from '#libs/swarm';
import { DoubtsService } from '../../audits/standing/doubts.service.js';
import { NodesService } from '../../nodes/nodes.service.js';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { Entropy } from '../../platform/entropy.js';
import { Log } from '../../platform/log.js';
import { NodeSockets } from '../../platform/sockets/node-sockets.js';
import type { Custody, Plot } from '../../plots/plot.entity.js';
import { PlotsService } from '../../plots/plots.service.js';
import { DataSet } from '../data-sets/data-set.entity.js';
import { randomTime } from '../random-time.js';
import { type HeldSample, isThin, judgeSample } from './judge-sample.js';
import { Replica } from './replica.entity.js';
import { ReplicaAudit, type SampleVerdict } from './replica-audit.entity.js';
import { ReplicaFiles } from './replica-files.service.js';

const AT_ONCE = 4;
const OPEN_MS = 10_000;
/** Samples that are judged together. */
const POOLED = 64;
/** So many in a row that were not answered by a node that is there say enough. */
const SILENCES = 3;

/** What was asked in the end, and what it came to. */
interface Audited {
  asked: ReplicaSample;
  verdict: SampleVerdict;
  commitment: string | null;
  last: string | null;
}

interface Ready {
  replica: Replica;
  plot: Plot;
  keeper: Custody;
}

/** Keyed audits: from time to time a keeper must read all its chunks, commit to what it found, and only then open it. */
@Injectable()
export class ReplicaAudits {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly files: ReplicaFiles,
    private readonly plots: PlotsService,
    private readonly nodes: NodesService,
    private readonly doubts: DoubtsService,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
    private readonly log: Log,
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Audits whose time has come; a few at once, for each keeper needs a while. */
  async auditDue(): Promise<void> {
    const replicas = this.database.getRepository(Replica);
    const fresh = await replicas.find({ where: { state: 'kept', auditAt: IsNull() }, take: 1000 });
    for (const { id } of fresh) await replicas.update(id, { auditAt: this.nextTime() });
    const due = await replicas.find({
      where: { state: 'kept', auditAt: LessThanOrEqual(this.clock.now()) },
      order: { auditAt: 'ASC' },
      take: 1000,
    });
    const ready = await this.ready(due);
    await Promise.all(
      ready.slice(0, AT_ONCE).map(async ({ replica, plot, keeper }) => {
        await replicas.update(replica.id, { auditAt: this.nextTime() });
        await this.audit(replica, plot, keeper).catch((error) => this.log.error('keyed audit failed', error));
      }),
    );
  }

  /** Those that count and whose keeper is there; the others wait for theirs. */
  private async ready(due: Replica[]): Promise<Ready[]> {
    const refs = due.flatMap(({ plotRef }) => plotRef ?? []);
    const plots = await this.plots.byRefs(refs);
    const keepers = await this.plots.keepers(refs, this.database.manager);
    const nodes = await this.nodes.byIds([...keepers.values()].map(({ nodeId }) => nodeId));
    return due.flatMap((replica) => {
      const plot = plots.get(replica.plotRef!);
      const keeper = keepers.get(replica.plotRef!);
      const node = keeper && nodes.get(keeper.nodeId);
      return plot?.state === 'accepted' && keeper && node && this.nodes.isOnline(node)
        ? [{ replica, plot, keeper }]
        : [];
    });
  }

  private async audit(replica: Replica, plot: Plot, keeper: Custody) {
    const plotRef = plot.id;
    const dataSet = await this.database.getRepository(DataSet).findOneByOrFail({ id: replica.dataSetId });
    const drawn = this.draw(plot.plotId, chunksOf(dataSet));
    const began = performance.now();
    const { asked, verdict, commitment, last } = await this.ask(keeper, drawn, dataSet, replica);
    const tookMs = Math.round(performance.now() - began);
    const { auditId: id, anchor, first, chunks } = asked;
    const about = { id, replicaId: replica.id, plotRef, nodeId: keeper.nodeId, anchor, first, chunks };
    const audits = this.database.getRepository(ReplicaAudit);
    await audits.insert({ ...about, commitment, last, verdict, tookMs, at: this.clock.now() });
    const cause = await this.suspicion(replica.id, keeper.nodeId, verdict);
    if (!cause) return;
    const check = { id, plotRef, nodeId: keeper.nodeId, accountId: keeper.accountId };
    await this.database.transaction((manager) =>
      this.doubts.raise(manager, plot.campaignId, [{ check, cause }]),
    );
  }

  private draw(plotId: string, all: number): ReplicaSample {
    const lot = Buffer.from(this.entropy.bytes(6)).readUIntBE(0, 6);
    const anchor = bytesToHex(this.entropy.bytes(32));
    const most = Math.floor(this.config.SWARM_AUDIT_BYTES / CHUNK_BYTES);
    return { auditId: randomUUID(), plotId, anchor, ...auditWindow(lot, all, most) };
  }

  private async ask(
    { nodeId }: Custody,
    drawn: ReplicaSample,
    dataSet: DataSet,
    replica: Replica,
  ): Promise<Audited> {
    const all = chunksOf(dataSet);
    let asked = drawn;
    let commitment: string | null = null;
    const came = (verdict: SampleVerdict) => ({ asked, verdict, commitment, last: null });
    try {
      const first = await this.commitment(nodeId, asked).catch((error: unknown) => {
        const part = isRefused(error) ? longestRun(drawn, all) : null;
        if (!part) throw error;
        asked = { ...drawn, ...part };
        return this.commitment(nodeId, asked);
      });
      const committed = sampleCommitment.safeParse(first);
      if (!committed.success) return came('answer-invalid');
      commitment = committed.data.commitment;
      const { auditId } = asked;
      const second = await this.sockets.ask<OpenedSample>(nodeId, 'replica:open', { auditId }, OPEN_MS);
      const opened = openedSample.safeParse(second);
      if (!opened.success) return came('answer-invalid');
      const answer = {
        anchor: hexToBytes(asked.anchor),
        window: asked,
        all,
        commitment: hexToBytes(commitment),
        opened: opened.data.chunks,
      };
      const judged = await judgeSample(answer, (index) => this.files.chunk(dataSet, replica, index));
      if ('fault' in judged) return came(judged.fault);
      return { asked, verdict: 'held', commitment, last: bytesToHex(judged.last) };
    } catch (error) {
      if (error instanceof CroftError && error.code !== 'internal') return came('silent');
      throw error;
    }
  }

  private commitment(nodeId: string, asked: ReplicaSample): Promise<SampleCommitment> {
    // as much time as reading it takes on a slow disk and processor, and no more
    const scanMs = 30_000 + (asked.chunks * CHUNK_BYTES) / 4_000;
    return this.sockets.ask<SampleCommitment>(nodeId, 'replica:sample', asked, scanMs);
  }

  /** What the newest audits of a replica at this keeper together say against it; null: nothing. */
  private async suspicion(replicaId: string, nodeId: string, verdict: SampleVerdict) {
    const recent = await this.database
      .getRepository(ReplicaAudit)
      .find({ where: { replicaId, nodeId }, order: { at: 'DESC' }, take: POOLED });
    if (verdict === 'silent') {
      const isSilent =
        recent.length >= SILENCES && recent.slice(0, SILENCES).every((a) => a.verdict === 'silent');
      return isSilent ? 'withheld' : null;
    }
    if (verdict !== 'held') return 'invalid';
    const held = recent.flatMap(({ last, chunks }): HeldSample[] =>
      last ? [{ last: hexToBytes(last), chunks }] : [],
    );
    return isThin(held) ? 'empty' : null;
  }

  private nextTime(): Date {
    return randomTime(this.entropy, this.clock.now(), this.config.SWARM_AUDIT_SECONDS);
  }
}

const chunksOf = ({ k }: DataSet): number => Math.ceil(replicaBytes(k) / CHUNK_BYTES);

const isRefused = (error: unknown): boolean => error instanceof CroftError && error.code === 'bad_request';
