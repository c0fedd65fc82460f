import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timeColumn } from '../../platform/database/columns.js';

/** A few pings of a node in a row. Append-only. */
@Entity('network_pings')
@Check('lost_of_those_sent', '"lost" BETWEEN 0 AND "sent"')
@Check('round_trip_of_those_echoed', '("roundTripUs" IS NULL) = ("lost" = "sent")')
@Index('network_pings_of_node', ['nodeId', 'at'])
export class NetworkPingRow {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  /** When they were over. */
  @Column(timeColumn)
  at: Date;

  @Column({ type: 'integer' })
  sent: number;

  /** Not echoed in time. */
  @Column({ type: 'integer' })
  lost: number;

  /** Middle round trip, microseconds; null when none was echoed. */
  @Column({ type: 'integer', nullable: true })
  roundTripUs: number | null;
}

/** One payload to a node and back. Append-only. */
@Entity('network_payloads')
@Check('speeds_not_negative', '"downBytesPerSecond" >= 0 AND "upBytesPerSecond" >= 0')
@Index('network_payloads_of_node', ['nodeId', 'at'])
export class NetworkPayloadRow {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'uuid' })
  nodeId: string;

  @Column(timeColumn)
  at: Date;

  /** Size of the payload. */
  @Column({ type: 'integer' })
  bytes: number;

  /** Bytes a second from sending it to the receipt of its digest; 0 when that did not come, or was wrong. */
  @Column({ type: 'integer' })
  downBytesPerSecond: number;

  /** Bytes a second from asking it back to having it; 0 when it did not come; null when it was not asked for. */
  @Column({ type: 'integer', nullable: true })
  upBytesPerSecond: number | null;
}
