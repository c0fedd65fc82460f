import type { Speak } from '../messages/speak.js';
import type { TerminalLine } from './terminal-line.js';

/** What a command may touch beside the disk; the tests give their own. */
export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
  speak: Speak;
  env: NodeJS.ProcessEnv;
  /** Where it can say how far it is; missing when nobody looks on. */
  line?: TerminalLine;
}
