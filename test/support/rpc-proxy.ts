import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The node's own answer. */
export interface RpcAnswer {
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

/** What becomes of a call: an answer, true or not; null: the connection breaks without one. */
export type RpcBehaviour = (call: RpcCall, ask: () => Promise<RpcAnswer>) => Promise<RpcAnswer | null>;

const honest: RpcBehaviour = (_, ask) => ask();

/** A JSON-RPC node in front of a real one, which loses, delays or falsifies answers as the test wants. */
export class RpcProxy {
  behaviour: RpcBehaviour = honest;
  /** Calls so far, answered or not. */
  calls = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    /** The real node. */
    public target: string,
  ) {}

  /** @param target the real node, when it is there already */
  static async begin(target = ''): Promise<RpcProxy> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => void proxy.answer(Buffer.concat(pieces).toString('utf8'), response));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const proxy = new RpcProxy(server, `http://127.0.0.1:${port}`, target);
    return proxy;
  }

  honest(): void {
    this.behaviour = honest;
  }

  /** No call is answered any more. */
  down(): void {
    this.behaviour = () => Promise.resolve(null);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(body: string, response: ServerResponse) {
    this.calls++;
    const { id, method, params } = JSON.parse(body) as RpcCall & { id: number };
    const answer = await this.behaviour({ method, params }, () => rpc(this.target, method, params)).catch(
      () => null,
    );
    if (!answer) return response.destroy();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  }
}

/** One call to a node, its answer as it is. */
export async function rpc(url: string, method: string, params: readonly unknown[] = []): Promise<RpcAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await answer.json()) as RpcAnswer;
  return error ? { error } : { result };
}

/** As `rpc`; throws what the node refuses. */
export async function mustRpc<T = unknown>(url: string, method: string, params: readonly unknown[] = []) {
  const { result, error } = await rpc(url, method, params);
  if (error) throw new Error(`${method}: ${error.message}`);
  return result as T;
}
