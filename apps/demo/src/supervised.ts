import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';

export interface Program {
  /** For people. */
  name: string;
  /** For the list of processes. */
  key: string;
  script: string;
  args: string[];
  env: Record<string, string>;
  logFile: string;
}

/** Who is told what becomes of a program. */
export interface Watch {
  started(key: string, pid: number): void;
  /** It ended by itself and is started again. */
  ended(name: string): void;
}

const RESTART_MS = 300;

/**
 * A program that is kept running: started again whenever it ends by itself, for instance when somebody kills it.
 * It has an 'ipc' channel, so it ends when this process does, however that ends.
 */
export class Supervised {
  private child?: ChildProcess;
  private stopped = false;
  private readonly log: WriteStream;
  private readonly waiting: ((message: unknown) => void)[] = [];

  constructor(
    private readonly program: Program,
    private readonly watch: Watch,
  ) {
    this.log = createWriteStream(program.logFile, { flags: 'a' });
    this.start();
  }

  /** The next message the program sends. Rejects after `timeoutMs`. */
  message<T>(timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.program.name} did not start; see ${this.program.logFile}`)),
        timeoutMs,
      );
      this.waiting.push((message) => {
        clearTimeout(timer);
        resolve(message as T);
      });
    });
  }

  /** From now on it may end: it is not started again. */
  letGo() {
    this.stopped = true;
  }

  /** Ends it, gently first. */
  async stop(): Promise<void> {
    this.letGo();
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }

  private start() {
    const { key, script, args, env } = this.program;
    const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    if (child.pid) this.watch.started(key, child.pid);
    child.stdout!.pipe(this.log, { end: false });
    child.stderr!.pipe(this.log, { end: false });
    child.on('message', (message) => this.waiting.splice(0).forEach((tell) => void tell(message)));
    child.on('exit', () => {
      if (this.stopped) return;
      this.watch.ended(this.program.name);
      setTimeout(() => !this.stopped && this.start(), RESTART_MS);
    });
  }
}

/** Runs a program to its end. Rejects with its output when it fails. */
export function runOnce(script: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(output || `exit ${code}`))));
  });
}
