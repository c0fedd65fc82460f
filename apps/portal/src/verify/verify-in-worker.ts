import type { Ask, Say } from './messages.js';

/** A verification that runs beside the page. */
export interface Verification {
  ask: (ask: Ask) => void;
  /** Stops at once; nothing is said any more. */
  end: () => void;
}

/** Starts a worker; `hear` gets what it says. A worker that cannot run at all is heard as `unreadable`. */
export function startVerification(hear: (say: Say) => void): Verification {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<Say>) => hear(data);
  worker.onerror = (event) =>
    hear({ kind: 'failed', failure: { kind: 'unreadable', message: event.message || 'worker' } });
  return {
    ask: (ask) => worker.postMessage(ask),
    end: () => worker.terminate(),
  };
}
