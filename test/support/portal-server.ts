import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const PORTAL = join(import.meta.dirname, '../../dist/apps/portal/public');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const BODILESS = new Set(['GET', 'HEAD']);

/**
 * The built portal before a center of the tests, with the center's own headers, and the test between the two: it may
 * change what the center answers, or take the center away.
 */
export class PortalServer {
  /** Changes an answer's body by its path; null leaves it. */
  alter: (path: string, body: Buffer) => Buffer | null = () => null;
  /** The center does not answer any more. */
  centerGone = false;
  private headers: Record<string, string> = {};
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly center: string) {}

  static async before(center: string): Promise<PortalServer> {
    const portal = new PortalServer(center);
    const { headers } = await fetch(`${center}/api/center`);
    for (const name of ['content-security-policy', 'cross-origin-opener-policy', 'x-content-type-options']) {
      portal.headers[name] = headers.get(name)!;
    }
    await new Promise<void>((resolve) => portal.server.listen(0, '127.0.0.1', resolve));
    return portal;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url!.split('?')[0]!;
    if (path.startsWith('/api/')) return this.pass(request, response, path);
    // any address that is no file is the front page, as at the center
    const file = /^\/(assets\/[\w.-]+|favicon\.svg)$/.test(path) ? path : '/index.html';
    const body = await readFile(join(PORTAL, file));
    response.writeHead(200, { ...this.headers, 'content-type': types[extname(file)] });
    response.end(body);
  }

  private async pass(request: IncomingMessage, response: ServerResponse, path: string) {
    if (this.centerGone) return response.writeHead(502).end();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { cookie, 'content-type': type } = request.headers;
    const answer = await fetch(`${this.center}${request.url}`, {
      method: request.method,
      headers: { ...(cookie ? { cookie } : {}), ...(type ? { 'content-type': type } : {}) },
      body: BODILESS.has(request.method!) ? undefined : Buffer.concat(parts),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/octet-stream',
      'set-cookie': answer.headers.getSetCookie(),
      'content-security-policy': this.headers['content-security-policy'],
    });
    response.end(this.alter(path, body) ?? body);
  }
}
