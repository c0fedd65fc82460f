import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Namespace, Server, type Socket } from 'socket.io';
import {
  type CenterToNode,
  CroftError,
  contentHash,
  limits,
  NODE_NAMESPACE,
  type NodeToCenter,
  newKeyPair,
  type Receipt,
  type RoundMessage,
  type SignedAnswer,
  type SignedReceipt,
  sign,
  verify,
} from '#libs/protocol';

type Event = keyof NodeToCenter;
type Handler = (message: never, socket: Socket) => unknown;

/**
 * A center in the smallest sense: a real HTTP and Socket.IO server that speaks libs/protocol, signs with a real
 * key and checks the node's. Tests give the answers of each call.
 */
export class TestCenter {
  readonly keys = newKeyPair();
  readonly nodeId = randomUUID();
  /** Every authenticated call, in order. */
  readonly calls: { event: string; message: unknown }[] = [];
  readonly receipts: SignedReceipt[] = [];
  /** Answers POST /api/nodes/pair. */
  onPair: (body: { publicKey: string; code: string }) => { status: number; body: unknown } = () => ({
    status: 200,
    body: { nodeId: this.nodeId, centerPublicKey: this.keys.publicKey, centerName: 'Test center' },
  });
  connections = 0;
  private http!: HttpServer;
  private io!: Server;
  private port = 0;
  private readonly handlers = new Map<string, Handler>();
  private socket?: Socket;

  constructor(readonly nodePublicKey: () => string) {
    this.on('node:report', () => null);
    this.on('inventory:sync', () => ({ keep: [], released: [] }));
    this.on('task:next', () => ({ tasks: [] }));
    this.on('task:heartbeat', () => ({ expiresAt: new Date(Date.now() + 60_000).toISOString() }));
    this.on('task:fail', () => null);
    this.on('transfer:done', () => null);
    this.on('plot:register', () => ({ state: 'registered' }));
    this.on('round:answer', (signed: SignedAnswer) => this.receiptFor(signed));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<this> {
    this.http = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        const { status, body } = this.onPair(JSON.parse(text || '{}'));
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => this.http.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.http.address() as AddressInfo).port;
    this.io = new Server(this.http, { maxHttpBufferSize: limits.transportBytes, serveClient: false });
    const namespace: Namespace = this.io.of(NODE_NAMESPACE);
    namespace.on('connection', (socket) => this.greet(socket));
    return this;
  }

  async stop(): Promise<void> {
    await this.io.close();
    this.http.closeAllConnections();
  }

  /** Sets the answer of a call: a value, or a thrown CroftError. */
  on(event: Event, handler: (message: never, socket: Socket) => unknown): this {
    this.handlers.set(event, handler);
    return this;
  }

  send<E extends keyof CenterToNode>(event: E, message: unknown): void {
    this.socket?.emit(event, message);
  }

  ask(event: keyof CenterToNode, message: unknown): Promise<unknown> {
    if (!this.socket) throw new Error('no node is connected');
    return this.socket.timeout(5_000).emitWithAck(event, message);
  }

  /** Ends the node's connection as a center does that shuts down. */
  drop(): void {
    this.socket?.disconnect(true);
  }

  messages<T>(event: Event): T[] {
    return this.calls.filter((call) => call.event === event).map((call) => call.message as T);
  }

  round(more: Partial<RoundMessage> = {}): RoundMessage {
    return {
      roundId: randomUUID(),
      kind: 'broadcast',
      campaignId: randomUUID(),
      index: 1,
      beacon: 'ab'.repeat(32),
      threshold: 2 ** 32,
      deadlineMs: 10_000,
      only: null,
      ...more,
    };
  }

  receiptFor({ answer, signature }: SignedAnswer, verdict: Receipt['verdict'] = 'proved'): SignedReceipt {
    if (!verify('croft/answer/1', answer, signature, this.nodePublicKey()))
      throw new CroftError('bad_signature');
    const { roundId, nodeId, plotId } = answer;
    const answerHash = contentHash('croft/answer/1', answer);
    const receipt: Receipt = { roundId, nodeId, plotId, answerHash, receivedAt: Date.now(), verdict };
    const signed = { receipt, signature: sign('croft/receipt/1', receipt, this.keys.secretKey) };
    this.receipts.push(signed);
    return signed;
  }

  private greet(socket: Socket): void {
    this.connections++;
    const nonce = randomUUID();
    let admitted = false;
    socket.on('node:authenticate', ({ nodeId, signature }, ack) => {
      admitted = verify('croft/connect/1', { nodeId, nonce }, signature, this.nodePublicKey());
      if (admitted) this.socket = socket;
      ack(admitted ? ok({ centerTime: Date.now() }) : refused(new CroftError('bad_signature')));
    });
    for (const event of this.handlers.keys()) {
      socket.on(event, async (message, ack) => {
        if (!admitted) return ack(refused(new CroftError('unauthenticated')));
        this.calls.push({ event, message });
        try {
          ack(ok((await this.handlers.get(event)!(message as never, socket)) ?? null));
        } catch (error) {
          ack(refused(error as CroftError));
        }
      });
    }
    socket.emit('hello', { nonce, centerPublicKey: this.keys.publicKey });
  }
}

const ok = (value: unknown) => ({ ok: true, value });
const refused = (error: CroftError) => ({ ok: false, error: error.toBody() });
