import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, readBody, refusal, send } from './answer.js';
import { FakeNode, type NodeOptions } from './node.js';
import { findRoute, type Routes } from './routes.js';
import { sampleRoute } from './sample-route.js';
import { stampRoutes } from './stamp-routes.js';
import { statusRoutes, technicalRoutes } from './status-routes.js';
import { storageRoutes } from './storage-routes.js';

const SYNCING = 'Node is syncing. This endpoint is unavailable. Try again later.';

/** A Bee for tests: its HTTP API on loopback with a small store, real proofs, and the faults one asks for. */
export class FakeBee {
  /** What it keeps and what it does wrong; may be changed while it runs. */
  readonly node: FakeNode;
  /** Requests so far, as `METHOD /path`. */
  readonly calls: string[] = [];
  private readonly technical: Routes;
  private readonly full: Routes;

  private constructor(
    options: NodeOptions,
    private readonly server: Server,
  ) {
    this.node = new FakeNode(options);
    this.technical = technicalRoutes(this.node);
    this.full = {
      ...statusRoutes(this.node),
      ...stampRoutes(this.node),
      ...storageRoutes(this.node),
      ...sampleRoute(this.node),
    };
    server.on('request', (request, response) => void this.handle(request, response));
  }

  /** @param port of loopback; any free one without it */
  static async start(options: NodeOptions, port = 0): Promise<FakeBee> {
    const server = createServer();
    const bee = new FakeBee(options, server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return bee;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Closes what is open, too: a Bee that is gone in the middle of an answer. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bee');
    const method = request.method ?? 'GET';
    this.calls.push(`${method} ${pathname}`);
    const { breaksOffAt } = this.node.faults;
    try {
      const answer = await this.answer(request, method, pathname, searchParams);
      send(response, answer, breaksOffAt !== null && pathname.startsWith(breaksOffAt));
    } catch (error) {
      send(response, refusal(500, error instanceof Error ? error.message : 'Internal Server Error'), false);
    }
  }

  private async answer(
    request: IncomingMessage,
    method: string,
    path: string,
    query: URLSearchParams,
  ): Promise<Answer> {
    const technical = findRoute(this.technical, method, path);
    const found = technical ?? findRoute(this.full, method, path);
    if (found === null) return refusal(404, 'Not Found');
    if (!technical && this.node.faults.syncing) return refusal(503, SYNCING);
    if (found === 'method') return refusal(405, 'Method Not Allowed');
    const { headers } = request;
    return found.run({ params: found.params, query, headers, body: () => readBody(request) });
  }
}
