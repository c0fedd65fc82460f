import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type NetworkMeasures, unmeasured } from '#libs/ruleset';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
import { Entropy } from '../../platform/entropy.js';
import { DueTimes } from './due-times.js';
import { NetworkPayloadRow, NetworkPingRow } from './network.entity.js';
import { NetworkGateway } from './network.gateway.js';
import { OpenProbes } from './open-probes.js';
import { type Payload, type Pings, Prober } from './prober.js';

/** Nodes pinged in one run, all at once; payloads fill memory and the line, so two at once. */
const PINGED_AT_ONCE = 500;
const PAYLOADS_A_RUN = 4;
const PAYLOADS_AT_ONCE = 2;
/** For all nodes together: half a MiB a second in either direction. */
const PAYLOADS_A_MINUTE = 60;

/** What a closing needs to know of a node's connection, but for its answers, which are in the bundle. */
export type Measured = Omit<NetworkMeasures, 'answerMs'>;

/** Measures the connections of nodes, each at random times, and says what it came to in a span of time. */
@Injectable()
export class NetworkChecksService {
  private readonly pingTimes: DueTimes;
  private readonly payloadTimes: DueTimes;
  private minute = { number: 0, payloads: 0 };

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly gateway: NetworkGateway,
    private readonly prober: Prober,
    private readonly probes: OpenProbes,
    private readonly clock: Clock,
    entropy: Entropy,
    @Inject(CENTER_CONFIG) config: CenterConfig,
  ) {
    this.pingTimes = new DueTimes(config.NETWORK_PING_SECONDS * 1000, entropy);
    this.payloadTimes = new DueTimes(config.NETWORK_PAYLOAD_SECONDS * 1000, entropy);
  }

  /** Checks the nodes whose time has come, of those that are connected here. */
  async checkDue(): Promise<void> {
    const connected = [...new Set(this.gateway.connected())];
    const now = this.clock.now().getTime();
    const pinged = this.pingTimes.due(connected, now, PINGED_AT_ONCE);
    const carried = this.payloadTimes.due(connected, now, this.payloadsLeft(now));
    const [pings, payloads] = await Promise.all([
      Promise.all(pinged.map((nodeId) => this.prober.ping(nodeId))),
      this.carry(carried),
    ]);
    if (this.probes.ended.aborted) return;
    const at = this.clock.now();
    await this.store(NetworkPingRow, pings, at);
    await this.store(NetworkPayloadRow, payloads, at);
  }

  /**
   * What was measured of nodes in [from, until), by node; the middle of an even number is the lower one. A node that is
   * missing was not measured.
   */
  async measured(
    manager: EntityManager,
    nodeIds: readonly string[],
    from: Date,
    until: Date,
  ): Promise<Map<string, Measured>> {
    const span = `"nodeId" = ANY($1) AND at >= $2 AND at < $3 GROUP BY "nodeId"`;
    const values = [nodeIds, from, until];
    const middle = (column: string) => `percentile_disc(0.5) WITHIN GROUP (ORDER BY "${column}")`;
    const pings: (Pick<Measured, 'pings' | 'lost' | 'roundTripUs'> & { nodeId: string })[] =
      await manager.query(
        `SELECT "nodeId", SUM(sent)::int AS pings, SUM(lost)::int AS lost, ${middle('roundTripUs')} AS "roundTripUs"
         FROM network_pings WHERE ${span}`,
        values,
      );
    const payloads: (Pick<Measured, 'downBytesPerSecond' | 'upBytesPerSecond'> & { nodeId: string })[] =
      await manager.query(
        `SELECT "nodeId", ${middle('downBytesPerSecond')} AS "downBytesPerSecond",
           ${middle('upBytesPerSecond')} AS "upBytesPerSecond"
         FROM network_payloads WHERE ${span}`,
        values,
      );
    const all = new Map<string, Measured>();
    for (const { nodeId, ...row } of [...pings, ...payloads]) {
      all.set(nodeId, { ...unmeasured, ...all.get(nodeId), ...row });
    }
    return all;
  }

  private payloadsLeft(now: number): number {
    const number = Math.floor(now / 60_000);
    if (this.minute.number !== number) this.minute = { number, payloads: 0 };
    return Math.min(PAYLOADS_A_RUN, PAYLOADS_A_MINUTE - this.minute.payloads);
  }

  private async carry(nodeIds: string[]): Promise<Payload[]> {
    this.minute.payloads += nodeIds.length;
    const waiting = [...nodeIds];
    const done: Payload[] = [];
    const lane = async () => {
      for (let next = waiting.shift(); next && !this.probes.ended.aborted; next = waiting.shift())
        done.push(await this.prober.carry(next));
    };
    await Promise.all(Array.from({ length: PAYLOADS_AT_ONCE }, lane));
    return done;
  }

  private async store(
    entity: typeof NetworkPingRow | typeof NetworkPayloadRow,
    rows: (Pings | Payload)[],
    at: Date,
  ) {
    const dated = rows.map((row) => ({ ...row, at }));
    if (dated.length > 0)
      await this.database.manager.insert<NetworkPingRow | NetworkPayloadRow>(entity, dated);
  }
}
