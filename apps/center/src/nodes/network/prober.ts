import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { bytesToHex, PAYLOAD_BYTES, payloadDigest, returnedPayload } from '#libs/protocol';
import { Entropy } from '../../platform/entropy.js';
import { NodeSockets } from '../../platform/sockets/node-sockets.js';
import type { NetworkPayloadRow, NetworkPingRow } from './network.entity.js';
import { OpenProbes } from './open-probes.js';
import { Stopwatch } from './stopwatch.js';

const PINGS = 8;
/** Pings of a row are this far apart, at random, so that no two fall into the same hiccup by plan. */
const PAUSE_MS = 200;
const PING_TIMEOUT_MS = 5_000;
/** A payload that takes longer is as good as none: 512 KiB in 16 s are the 32 KiB/s from which on speed counts at all. */
const PAYLOAD_TIMEOUT_MS = 16_000;

export type Pings = Omit<NetworkPingRow, 'id' | 'at'>;
export type Payload = Omit<NetworkPayloadRow, 'id' | 'at'>;

/** One network check of one node, timed by this process. */
@Injectable()
export class Prober {
  constructor(
    private readonly sockets: NodeSockets,
    private readonly probes: OpenProbes,
    private readonly entropy: Entropy,
    private readonly stopwatch: Stopwatch,
  ) {}

  /** A row of pings. */
  async ping(nodeId: string): Promise<Pings> {
    const echoes: Promise<number | null>[] = [];
    for (let i = 0; i < PINGS; i++) {
      if (i > 0) await sleep((this.entropy.bytes(1)[0]! * PAUSE_MS) / 256);
      const nonce = this.nonce();
      const { id, answered } = this.probes.open(nodeId, nonce, PING_TIMEOUT_MS);
      this.sockets.send(nodeId, 'network:ping', { probeId: id, nonce });
      echoes.push(answered);
    }
    const times = (await Promise.all(echoes)).filter((us) => us !== null).sort((a, b) => a - b);
    const roundTripUs = times[Math.ceil(times.length / 2) - 1] ?? null;
    return { nodeId, sent: PINGS, lost: PINGS - times.length, roundTripUs };
  }

  /** A payload to the node, and back from it when it came. */
  async carry(nodeId: string): Promise<Payload> {
    const bytes = this.entropy.bytes(PAYLOAD_BYTES);
    const nonce = this.nonce();
    const { id, answered } = this.probes.open(nodeId, payloadDigest(bytes, nonce), PAYLOAD_TIMEOUT_MS);
    this.sockets.send(nodeId, 'network:payload', { probeId: id, nonce, bytes: Buffer.from(bytes) });
    const downUs = await answered;
    const upBytesPerSecond =
      downUs === null || this.probes.ended.aborted ? null : await this.askBack(nodeId, id, bytes);
    return { nodeId, bytes: bytes.length, downBytesPerSecond: speed(bytes.length, downUs), upBytesPerSecond };
  }

  private async askBack(nodeId: string, probeId: string, bytes: Uint8Array): Promise<number> {
    const nonce = this.nonce();
    const wanted = returnedPayload(bytes, nonce);
    const startedUs = this.stopwatch.nowUs();
    const answer = this.sockets
      .ask<unknown>(nodeId, 'network:return', { probeId, nonce }, PAYLOAD_TIMEOUT_MS)
      .catch(() => null);
    const came = await Promise.race([answer, aborted(this.probes.ended)]);
    const us = Math.max(1, this.stopwatch.nowUs() - startedUs);
    // what is wrong, or longer than asked for, is as good as nothing
    return came instanceof Uint8Array && Buffer.compare(came, wanted) === 0 ? speed(bytes.length, us) : 0;
  }

  private nonce() {
    return bytesToHex(this.entropy.bytes(32));
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));

/** Bytes a second, rounded down; at most what the column holds. */
const speed = (bytes: number, us: number | null) =>
  us === null ? 0 : Math.min(2 ** 31 - 1, Math.floor((bytes * 1_000_000) / us));
