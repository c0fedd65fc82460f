import { z } from 'zod';
import { hexOf, isErrorCode, type PairAnswer, type PairRequest } from '#libs/protocol';
import { ClientError, textOf } from '../client-error.js';

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES = 64 * 1024;

const pairAnswer: z.ZodType<PairAnswer> = z.object({
  nodeId: z.uuid(),
  centerPublicKey: hexOf(32),
  centerName: z.string().min(1).max(200),
});
const refusal = z.object({ code: z.string(), message: z.string().optional() });

/**
 * Sends a pairing request. Errors: the center's refusal under its own code; center_unreachable;
 * center_answer_invalid when what answers does not speak Croft.
 */
export async function sendPairing(centerUrl: string, request: PairRequest): Promise<PairAnswer> {
  const { status, text } = await post(`${centerUrl}/api/nodes/pair`, request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new ClientError('center_answer_invalid', `HTTP ${status}`, { cause });
  }
  if (status >= 200 && status < 300) {
    const answer = pairAnswer.safeParse(body);
    if (answer.success) return answer.data;
  }
  const { data } = refusal.safeParse(body);
  if (data && isErrorCode(data.code)) throw new ClientError(data.code, data.message);
  throw new ClientError('center_answer_invalid', `HTTP ${status}`);
}

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: (await response.text()).slice(0, ANSWER_BYTES) };
  } catch (cause) {
    const reason = (cause as { cause?: unknown }).cause ?? cause;
    throw new ClientError(
      'center_unreachable',
      `${url}: ${textOf(reason) || (reason as { code?: string }).code}`,
      { cause },
    );
  }
}

/** The center's address without path or trailing slash. Errors: url_invalid. */
export function parseCenterUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new ClientError('url_invalid', text);
  }
  return url.origin;
}
