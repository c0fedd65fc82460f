import { renameSync, writeFileSync } from 'node:fs';

/** A file with the process ids of the programs that run now, by name: for whoever watches them, or kills them. */
export class ProcessList {
  private readonly pids: Record<string, number> = {};

  constructor(private readonly file: string) {}

  set(name: string, pid: number) {
    this.pids[name] = pid;
    // in one step, so that a reader never finds half a file
    writeFileSync(`${this.file}.new`, JSON.stringify(this.pids));
    renameSync(`${this.file}.new`, this.file);
  }
}
