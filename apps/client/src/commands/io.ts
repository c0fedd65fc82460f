import type { Speak } from '../messages/speak.js';

/** What a command may touch beside the disk; the tests give their own. */
export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
  speak: Speak;
  env: NodeJS.ProcessEnv;
}
