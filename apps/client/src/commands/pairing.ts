import { z } from 'zod';
import { hexOf, type PairAnswer, type PairRequest } from '#libs/protocol';
import { ClientError } from '../client-error.js';
import { callCenter } from './center-call.js';

const ANSWER_BYTES = 64 * 1024;

const pairAnswer: z.ZodType<PairAnswer> = z.object({
  nodeId: z.uuid(),
  centerPublicKey: hexOf(32),
  centerName: z.string().min(1).max(200),
});

/**
 * Sends a pairing request. Errors: the center's refusal under its own code; center_unreachable;
 * center_answer_invalid when what answers does not speak Croft.
 */
export const sendPairing = (centerUrl: string, request: PairRequest): Promise<PairAnswer> =>
  callCenter(`${centerUrl}/api/nodes/pair`, pairAnswer, ANSWER_BYTES, request);

/** The center's address without path or trailing slash. Errors: url_invalid. */
export function parseCenterUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new ClientError('url_invalid', text);
  }
  return url.origin;
}
