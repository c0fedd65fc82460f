import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import {
  type Ack,
  type CenterToNode,
  CroftError,
  isErrorCode,
  limits,
  NODE_NAMESPACE,
  sign,
} from '#libs/protocol';
import { ClientError, codeOf, textOf } from '../client-error.js';
import type { Log } from '../log.js';
import type { PairedNode } from '../state/node-state.js';
import {
  ack,
  answers,
  type CallAnswer,
  type CallMessage,
  type CallName,
  type Incoming,
  incoming,
} from './wire.js';

export type Link = 'connecting' | 'connected' | 'refused';

const CALL_TIMEOUT_MS = 15_000;
/** Greeting, authentication and the first sync together; a center that has just started has everybody's to do. */
const OPENING_TIMEOUT_MS = 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A refusal such as a revoked key does not pass by itself; still a center's database may be put back. */
const REFUSED_WAIT_MS = 60_000;
/** Refusals after which the same call may be made again. */
const passing = new Set(['not_connected', 'rate_limited', 'internal', 'unauthenticated', 'source_offline']);

/** True when the call may succeed later as it is. */
export const isPassing = (error: unknown): boolean => passing.has(codeOf(error) ?? '');

type Greeting = Incoming<'hello'>;

/**
 * The one connection to the center. It dials out, checks the center's key, proves its own, and comes back for
 * ever with growing waits. What `opened` does (report, inventory) is part of opening: only then is it ready.
 */
export class Session {
  link: Link = 'connecting';
  problem: string | null = null;
  /** Center's clock minus ours, milliseconds. */
  clockOffsetMs = 0;
  private readonly socket: Socket;
  private wait = FIRST_WAIT_MS;
  private retry?: NodeJS.Timeout;
  private opening?: NodeJS.Timeout;
  private closed = false;
  private waiting = new Set<() => void>();

  constructor(
    private readonly node: PairedNode,
    private readonly log: Log,
    private readonly opened: () => Promise<void>,
    private readonly changed: () => void = () => {},
  ) {
    this.socket = io(`${node.centerUrl}${NODE_NAMESPACE}`, {
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: 10_000,
    });
    this.socket.on('connect', () => this.expectOpening());
    this.socket.on('disconnect', (reason) => this.lost(reason));
    this.socket.on('connect_error', (error) => this.lost(textOf(error)));
    this.on('hello', (greeting) => this.open(greeting));
  }

  start(): void {
    this.socket.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearTimeout(this.opening);
    this.socket.disconnect();
  }

  /** Handles a message that wants no answer. A malformed one is logged and dropped, so is a handler's error. */
  on<Event extends keyof CenterToNode>(
    event: Event,
    handle: (message: Incoming<Event>) => void | Promise<void>,
  ): void {
    this.socket.on(event as string, async (message: unknown) => {
      try {
        await handle(incoming[event].parse(message) as Incoming<Event>);
      } catch (error) {
        this.log.say('message_refused', { message: event, text: textOf(error).slice(0, 300) });
      }
    });
  }

  /** Answers a question of the center with a value, or with a typed error for anything thrown. */
  onAsk<Event extends keyof CenterToNode, T>(
    event: Event,
    handle: (message: Incoming<Event>) => Promise<T>,
  ): void {
    this.socket.on(event as string, async (message: unknown, reply: unknown) => {
      if (typeof reply !== 'function') return;
      reply(await answerOf(() => handle(parsed(event, message))));
    });
  }

  /**
   * One call. Errors: CroftError as the center refuses; ClientError not_connected when no answer came in time,
   * center_answer_invalid when it is not one of this call.
   */
  async call<Event extends CallName>(
    event: Event,
    message: CallMessage<Event>,
    timeoutMs = CALL_TIMEOUT_MS,
  ): Promise<CallAnswer<Event>> {
    if (!this.socket.connected) throw new ClientError('not_connected');
    const raw: unknown = await this.socket
      .timeout(timeoutMs)
      .emitWithAck(event, message)
      .catch((cause) => {
        throw new ClientError('not_connected', event, { cause });
      });
    const answer = ack.safeParse(raw);
    if (!answer.success) throw new ClientError('center_answer_invalid', event);
    if (!answer.data.ok) {
      const { code, details } = answer.data.error;
      if (isErrorCode(code)) throw new CroftError(code, details);
      throw new ClientError('center_answer_invalid', `${event}: ${code.slice(0, 60)}`);
    }
    const value = answers[event].safeParse(answer.data.value);
    if (!value.success) throw new ClientError('center_answer_invalid', event);
    return value.data as CallAnswer<Event>;
  }

  /** The call, repeated over lost connections and passing refusals until it is answered or `signal` aborts. */
  async callUntilAnswered<Event extends CallName>(
    event: Event,
    message: CallMessage<Event>,
    signal: AbortSignal,
  ): Promise<CallAnswer<Event>> {
    for (;;) {
      await this.ready(signal);
      try {
        return await this.call(event, message);
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await sleep(300 + Math.random() * 700, undefined, { signal });
    }
  }

  /** Resolves when the session is open; rejects with the signal's reason when that comes first. */
  async ready(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.link === 'connected') return;
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  private expectOpening(): void {
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.socket.disconnect(), OPENING_TIMEOUT_MS);
  }

  private async open({ nonce, centerPublicKey }: Greeting): Promise<void> {
    const connection = this.socket.id;
    const { nodeId, centerPublicKey: pairedKey, centerName } = this.node.paired;
    try {
      if (centerPublicKey !== pairedKey) throw new ClientError('key_differs');
      const signature = sign('croft/connect/1', { nodeId, nonce }, this.node.secretKey);
      const { centerTime } = await this.call(
        'node:authenticate',
        { nodeId, signature },
        limits.authenticateMs,
      );
      this.clockOffsetMs = centerTime - Date.now();
      await this.opened();
    } catch (error) {
      if (this.closed || this.socket.id !== connection) return;
      if (isPassing(error)) {
        this.socket.disconnect();
        return;
      }
      this.refused(error);
      return;
    }
    if (this.closed || this.socket.id !== connection) return;
    clearTimeout(this.opening);
    this.wait = FIRST_WAIT_MS;
    this.become('connected', null);
    this.log.say('connected', { center: centerName });
    for (const resume of [...this.waiting]) resume();
  }

  private refused(error: unknown): void {
    this.wait = REFUSED_WAIT_MS;
    this.become('refused', textOf(error));
    this.log.say('center_refused', { text: textOf(error), code: codeOf(error) ?? '' });
    this.socket.disconnect();
  }

  private lost(reason: string): void {
    clearTimeout(this.opening);
    if (this.closed) return;
    if (this.link === 'connected') this.log.say('disconnected', { reason });
    if (this.link !== 'refused') this.become('connecting', reason);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.socket.connect(), this.wait * (0.5 + Math.random()));
    this.wait = Math.max(FIRST_WAIT_MS, Math.min(this.wait * 2, Math.max(LONGEST_WAIT_MS, this.wait)));
  }

  private become(link: Link, problem: string | null): void {
    this.link = link;
    this.problem = problem;
    this.changed();
  }
}

function parsed<Event extends keyof CenterToNode>(event: Event, message: unknown): Incoming<Event> {
  const result = incoming[event].safeParse(message);
  if (!result.success) throw new CroftError('bad_request');
  return result.data as Incoming<Event>;
}

async function answerOf<T>(work: () => Promise<T>): Promise<Ack<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const refusal = error instanceof CroftError ? error : new CroftError('internal');
    return { ok: false, error: refusal.toBody() };
  }
}
