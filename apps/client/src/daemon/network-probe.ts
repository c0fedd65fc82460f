import {
  CroftError,
  type NetworkPayload,
  type NetworkPing,
  payloadDigest,
  returnedPayload,
} from '#libs/protocol';
import { codeOf, textOf } from '../client-error.js';
import type { Log } from '../log.js';
import type { Session } from './session.js';

/** How long a payload is kept for being asked back. */
const KEPT_MS = 60_000;

/** Answers the center's network checks at once: what it measures is how long that takes. One payload is kept at a time. */
export class NetworkProbe {
  private payload: { probeId: string; bytes: Uint8Array } | null = null;
  private forget?: NodeJS.Timeout;

  constructor(
    private readonly session: Pick<Session, 'call'>,
    private readonly log: Log,
  ) {}

  async echo({ probeId, nonce }: NetworkPing): Promise<void> {
    await this.session.call('network:echo', { probeId, nonce }).catch((error) => this.missed(error));
  }

  async digest({ probeId, nonce, bytes }: NetworkPayload): Promise<void> {
    this.keep({ probeId, bytes });
    const sha256 = payloadDigest(bytes, nonce);
    await this.session.call('network:digest', { probeId, sha256 }).catch((error) => this.missed(error));
  }

  /** The payload after the nonce. Errors: probe_unknown when it is not, or no longer, here. */
  async giveBack({ probeId, nonce }: NetworkPing): Promise<Uint8Array> {
    const { payload } = this;
    if (payload?.probeId !== probeId) throw new CroftError('probe_unknown');
    this.keep(null);
    return returnedPayload(payload.bytes, nonce);
  }

  stop(): void {
    this.keep(null);
  }

  private keep(payload: { probeId: string; bytes: Uint8Array } | null): void {
    clearTimeout(this.forget);
    this.payload = payload;
    if (payload) this.forget = setTimeout(() => this.keep(null), KEPT_MS).unref();
  }

  /** A probe whose answer came to nothing is for the center to count; people only read why. */
  private missed(error: unknown): void {
    this.log.say('probe_missed', { text: textOf(error), code: codeOf(error) ?? '' });
  }
}
