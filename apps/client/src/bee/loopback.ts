import { ClientError } from '../client-error.js';

/**
 * The address of a Bee API on this very machine, without path. Its API has no password and moves money, so nothing else
 * is ever called, however private a network may be. Errors: bee_not_loopback.
 */
export function loopbackUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' && isLoopback(url.hostname) && !url.username && !url.password)
    return url.origin;
  throw new ClientError('bee_not_loopback', text);
}

/** URL has already written numbers of every form as four. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
