import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { CroftError } from '#libs/protocol';

/** What is sent to a Bee node. */
export interface BeeCall {
  method: 'GET' | 'POST';
  /** With its query. */
  path: string;
  headers?: Record<string, string | number>;
  body?: AsyncIterable<Uint8Array>;
  signal?: AbortSignal;
}

/** Most of an error's text that is kept. */
const MAX_ERROR_TEXT = 2_000;

/**
 * The answer's body, as a stream. `node:http` waits as long as the signal does: Node's fetch gives up after 301 s, and a
 * sample of a whole reserve may take longer.
 *
 * Errors: bee_unreachable (nobody there, or it is syncing), bee_refused (with its status and message); the signal's reason.
 */
export async function beeRequest(url: string, call: BeeCall): Promise<IncomingMessage> {
  const { method, path, body, signal, headers = {} } = call;
  const target = new URL(`${url.replace(/\/+$/, '')}${path}`);
  const start = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = start(target, { method, headers, signal });
    const fail = (cause: unknown) =>
      reject(signal?.aborted ? signal.reason : new CroftError('bee_unreachable', undefined, { cause }));
    request.once('response', resolve);
    request.once('error', fail);
    if (body) pipeline(body, request).catch(fail);
    else request.end();
  });
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return response;
  const text = (await textOf(response, MAX_ERROR_TEXT).catch(() => '')).slice(0, MAX_ERROR_TEXT);
  throw new CroftError(status === 503 ? 'bee_unreachable' : 'bee_refused', { status, text });
}

/** The chunks of a body. Errors: bee_unreachable when it breaks off; the signal's reason. */
export async function* bodyOf(response: IncomingMessage, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) yield chunk;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new CroftError('bee_unreachable', { stopped: 'in the middle' }, { cause });
  }
}

/** A body as text. Errors: bee_answer_invalid when it is longer than `most` bytes; as `bodyOf`. */
export async function textOf(response: IncomingMessage, most: number, signal?: AbortSignal): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of bodyOf(response, signal)) {
    bytes += part.length;
    if (bytes > most) {
      response.destroy();
      throw new CroftError('bee_answer_invalid', { moreThan: most });
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
