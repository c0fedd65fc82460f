import { useCallback, useEffect, useRef, useState } from 'react';
import type { Line } from '#libs/bundle';
import type { Ask, Failure, LineEvidence, Progress, Sound } from './messages.js';
import { startVerification, type Verification } from './verify-in-worker.js';

export type VerifyState =
  | { at: 'idle' }
  | { at: 'cancelled' }
  | { at: 'working'; progress: Progress }
  | { at: 'sound'; sound: Sound }
  | { at: 'failed'; failure: Failure };

/** A verification of this page: started, stopped, and asked for the evidence of lines. Ends with the page. */
export function useVerification() {
  const [state, setState] = useState<VerifyState>({ at: 'idle' });
  const running = useRef<Verification | null>(null);
  const waiting = useRef<((evidence: LineEvidence | Failure) => void)[]>([]);

  const end = useCallback(() => {
    running.current?.end();
    running.current = null;
    waiting.current = [];
  }, []);
  useEffect(() => end, [end]);

  const start = useCallback(
    (ask: Extract<Ask, { kind: 'verify' }>) => {
      end();
      setState({ at: 'working', progress: { step: 'manifest', bytes: 0, ofBytes: null } });
      running.current = startVerification((say) => {
        // the worker answers in the order it was asked
        if (say.kind === 'evidence') waiting.current.shift()?.(say.evidence);
        else if (say.kind === 'progress') setState({ at: 'working', progress: say.progress });
        else if (say.kind === 'sound') setState({ at: 'sound', sound: say.sound });
        else if (waiting.current.length > 0) waiting.current.shift()?.(say.failure);
        else setState({ at: 'failed', failure: say.failure });
      });
      running.current.ask(ask);
    },
    [end],
  );
  const cancel = useCallback(() => {
    end();
    setState({ at: 'cancelled' });
  }, [end]);
  const evidence = useCallback(
    (line: Line) =>
      new Promise<LineEvidence | Failure>((resolve) => {
        waiting.current.push(resolve);
        running.current?.ask({ kind: 'evidence', line });
      }),
    [],
  );
  return { state, start, cancel, evidence };
}
