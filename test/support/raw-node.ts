import { io, type Socket } from 'socket.io-client';
import {
  type Ack,
  type Answer,
  CroftError,
  isErrorCode,
  type KeyPair,
  NODE_NAMESPACE,
  newKeyPair,
  type PairRequest,
  pairStatement,
  parsePairingCode,
  type RoundMessage,
  sign,
} from '#libs/protocol';
import type { Person } from './person.js';

const report = {
  os: 'test',
  arch: 'test',
  cores: 1,
  memoryBytes: 1e9,
  clientVersion: '0',
  storeBytes: 1e9,
  storeFreeBytes: 1e9,
  tempFreeBytes: 1e9,
};

/** A node that says whatever the test wants, over the real wire. */
export class RawNode {
  readonly rounds: RoundMessage[] = [];
  private socket?: Socket;

  private constructor(
    readonly url: string,
    readonly id: string,
    readonly keys: KeyPair,
  ) {}

  static request(
    code: string,
    keys: KeyPair,
    roles: PairRequest['roles'] = ['plotter', 'storer'],
  ): PairRequest {
    const request = { code: parsePairingCode(code) ?? code, publicKey: keys.publicKey, roles };
    return {
      ...request,
      name: 'raw',
      report,
      signature: sign('croft/pair/1', pairStatement(request), keys.secretKey),
    };
  }

  static async pair(person: Person, roles: PairRequest['roles'] = ['plotter', 'storer']): Promise<RawNode> {
    const keys = newKeyPair();
    const body = RawNode.request(await person.code(), keys, roles);
    const { nodeId } = await person.must<{ nodeId: string }>('POST', '/nodes/pair', body);
    return new RawNode(person.url, nodeId, keys);
  }

  /** Speaks with the key of a node that was paired by other means. */
  static of(url: string, id: string, keys: KeyPair): RawNode {
    return new RawNode(url, id, keys);
  }

  /** Answers what the center asks, while it is connected. */
  answers<Asked>(event: string, answer: (message: Asked) => unknown): void {
    this.socket!.on(event, (message: Asked, reply: (ack: Ack<unknown>) => void) =>
      reply({ ok: true, value: answer(message) }),
    );
  }

  /** Connects and authenticates, with another key when the test says so. */
  async connect(secretKey = this.keys.secretKey): Promise<this> {
    const socket = await this.open();
    const { nonce } = await new Promise<{ nonce: string }>((resolve) => socket.once('hello', resolve));
    socket.on('round', (round: RoundMessage) => void this.rounds.push(round));
    const signature = sign('croft/connect/1', { nodeId: this.id, nonce }, secretKey);
    await this.call('node:authenticate', { nodeId: this.id, signature });
    return this;
  }

  /** Connects without authenticating. */
  async open(): Promise<Socket> {
    this.socket = io(`${this.url}${NODE_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    return this.socket;
  }

  /** Rejects with the center's typed error. */
  async call<T = unknown>(event: string, message: unknown, timeoutMs = 10_000): Promise<T> {
    const answer = (await this.socket!.timeout(timeoutMs).emitWithAck(event, message)) as Ack<T>;
    if (answer.ok) return answer.value;
    const { code, details } = answer.error;
    throw isErrorCode(code) ? new CroftError(code, details) : new Error(JSON.stringify(answer.error));
  }

  signed(answer: Answer, secretKey = this.keys.secretKey) {
    return { answer, signature: sign('croft/answer/1', answer, secretKey) };
  }

  close() {
    this.socket?.disconnect();
  }
}
