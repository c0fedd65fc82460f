import type { CommandIo } from '../commands/io.js';
import { speakFor } from '../messages/speak.js';

/** What a command says, line by line, on both channels. */
export function linesIo(env: NodeJS.ProcessEnv = {}): CommandIo & { lines: string[]; rows: () => unknown[] } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return {
    out: say,
    err: say,
    speak: speakFor(env),
    env,
    lines,
    rows: () => lines.map((line) => JSON.parse(line)),
  };
}
