import { z } from 'zod';
import { isErrorCode } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';

const TIMEOUT_MS = 20_000;
const refusal = z.object({ code: z.string(), message: z.string().optional() });

/**
 * One request to a center, its answer read by a schema. Errors: the center's refusal under its own code;
 * center_unreachable; center_answer_invalid when what answers does not speak Croft.
 * @param body sent by POST when given
 * @param mostBytes of the answer
 */
export async function callCenter<T>(
  url: string,
  schema: z.ZodType<T>,
  mostBytes: number,
  body?: unknown,
): Promise<T> {
  const { status, text } = await ask(url, mostBytes, body);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new ClientError('center_answer_invalid', `HTTP ${status}`, { cause });
  }
  if (status >= 200 && status < 300) {
    const read = schema.safeParse(answer);
    if (read.success) return read.data;
  }
  const { data } = refusal.safeParse(answer);
  if (data && isErrorCode(data.code)) throw new ClientError(data.code, data.message);
  throw new ClientError('center_answer_invalid', `HTTP ${status}`);
}

async function ask(url: string, mostBytes: number, body: unknown): Promise<{ status: number; text: string }> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, body === undefined ? { signal } : { ...post, signal });
    return { status: response.status, text: (await response.text()).slice(0, mostBytes) };
  } catch (cause) {
    const reason = (cause as { cause?: unknown }).cause ?? cause;
    throw new ClientError(
      'center_unreachable',
      `${url}: ${textOf(reason) || (reason as { code?: string }).code}`,
      { cause },
    );
  }
}
