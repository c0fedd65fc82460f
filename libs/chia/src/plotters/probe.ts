import { Lines } from './lines.js';
import { ProcessGroup } from './process-group.js';

/** What a program said when it was asked something small. */
export interface ProbeAnswer {
  readonly code: number | null;
  readonly lines: readonly string[];
}

const MOST_LINES = 200;

/** Runs a program that answers at once; null when it cannot be started or does not end in time. */
export async function probe(
  executable: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProbeAnswer | null> {
  const group = new ProcessGroup(executable, args);
  const said: string[] = [];
  const lines = new Lines((line) => {
    if (said.length < MOST_LINES) said.push(line);
  });
  group.child.stdout.setEncoding('utf8').on('data', (chunk: string) => lines.add(chunk));
  group.child.stderr.resume();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    group.stop(500);
  }, timeoutMs);
  const { error, code } = await group.ended;
  clearTimeout(timer);
  lines.end();
  return error || timedOut ? null : { code, lines: said };
}
