import { ClientError, codeOf } from '../client-error.js';
import { Session } from '../daemon/session.js';
import type { PairedNode } from '../state/node-state.js';

const WITHIN_MS = 20_000;

/**
 * Tells the center, over a connection for this alone, that a node no longer speaks for a Bee node. Errors: not_connected,
 * what the center refuses.
 */
export async function unlinkBee(node: PairedNode, overlay: string): Promise<void> {
  const refused = new AbortController();
  const signal = AbortSignal.any([refused.signal, AbortSignal.timeout(WITHIN_MS)]);
  const session: Session = new Session(
    node,
    { say: () => {} },
    async () => {},
    () => {
      if (session.link === 'refused') refused.abort();
    },
  );
  session.start();
  try {
    await session.callUntilAnswered('bee:unlink', { overlay }, signal);
  } catch (error) {
    // it was never linked: what was signed had not reached the center
    if (codeOf(error) === 'not_found') return;
    if (signal.aborted) throw new ClientError('not_connected', session.problem ?? node.centerUrl);
    throw error;
  } finally {
    session.close();
  }
}
