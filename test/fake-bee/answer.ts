import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LosslessJson, stringifyLossless } from '#libs/swarm';

/** Bodies larger than this are refused; a real Bee takes any. */
const MAX_BODY = 64 * 2 ** 20;

/** A call as a route sees it. */
export interface Call {
  /** Parts of the path in braces, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body(): Promise<Uint8Array>;
}

/** What a route answers: JSON, or bytes with headers of their own. */
export interface Answer {
  status: number;
  json?: LosslessJson;
  bytes?: Uint8Array;
  headers?: Record<string, string>;
}

export const ok = (json: LosslessJson): Answer => ({ status: 200, json });
export const created = (json: LosslessJson, headers: Record<string, string> = {}): Answer => ({
  status: 201,
  json,
  headers,
});

/** Errors as bee pkg/jsonhttp writes them. */
export const refusal = (code: number, message: string): Answer => ({ status: code, json: { code, message } });

/** A path or header that Bee cannot read: bee pkg/api/util.go mapStructure. */
export function invalid(where: 'path' | 'header', field: string, error: string): Answer {
  const message = `invalid ${where} params`;
  return { status: 400, json: { code: 400, message, reasons: [{ field, error }] } };
}

export async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY) throw new Error('the body is larger than a fake Bee takes');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** @param breakOff send half of it, then cut the connection */
export function send(response: ServerResponse, answer: Answer, breakOff: boolean): void {
  const { status, json, headers } = answer;
  const body =
    answer.bytes ?? Buffer.from(json === undefined ? '' : `${stringifyLossless(json)}\n\n`, 'utf8');
  const type = answer.bytes ? 'application/octet-stream' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length, ...headers });
  if (!breakOff) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}
