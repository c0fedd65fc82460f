import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';

const onWindows = process.platform === 'win32';

/** Whether a group of processes can be stopped and continued here. */
export const canPauseProcesses = !onWindows;

/** What a plotter may know of our environment: an allow-list, because ours may hold passwords and tokens. */
const ENVIRONMENT =
  /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|COMSPEC|USERPROFILE|APPDATA|LOCALAPPDATA|CHIA_ROOT|LD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*)$/i;

/** For what was printed last to be read after the end. */
const DRAIN_MS = 3000;

/** Waits for a line before it becomes the program that its arguments name; when its parent dies first, it ends. */
const GATE = ['-c', 'IFS= read -r go || exit 1; exec "$@" </dev/null', 'croft-plotter'] as const;

export interface GroupOptions {
  /** 0 to 19. */
  readonly nice?: number;
  /**
   * Told the process's id before the program starts: what must be written down of it first is, so that a killed
   * parent leaves no program that nobody knows of. (On Windows it is told just after the start.)
   */
  readonly onStarting?: (pid: number) => void;
}

/** A program in a process group of its own, so that what it starts can be ended with it. */
export class ProcessGroup {
  readonly child: ChildProcessByStdio<Writable | null, Readable, Readable>;
  /** Resolves when the program has ended and its output is read; never rejects. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; error: Error | null }>;
  private over = false;
  private killTimer: NodeJS.Timeout | undefined;
  private drainTimer: NodeJS.Timeout | undefined;

  constructor(file: string, args: readonly string[], { nice, onStarting }: GroupOptions = {}) {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => ENVIRONMENT.test(name)));
    const gated = onStarting !== undefined && !onWindows;
    const options = { detached: !onWindows, env, windowsHide: true };
    this.child = gated
      ? spawn('/bin/sh', [...GATE, file, ...args], { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
      : spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    if (nice !== undefined) this.lowerPriority(nice);
    const endWithUs = () => this.send('SIGKILL');
    process.once('exit', endWithUs);
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null, error: Error | null) => {
        this.over = true;
        clearTimeout(this.killTimer);
        clearTimeout(this.drainTimer);
        process.removeListener('exit', endWithUs);
        resolve({ code, signal, error });
      };
      this.child.on('error', (error) => {
        if (this.child.pid === undefined) end(null, null, error);
      });
      this.child.once('exit', () => {
        // Whatever it leaves running would keep its files and its output open. (On Windows the id may be another's now.)
        if (!onWindows) this.send('SIGKILL');
        this.drainTimer = setTimeout(() => this.closeOutput(), DRAIN_MS);
      });
      this.child.once('close', (code, signal) => end(code, signal, null));
    });
    this.start(onStarting);
  }

  private start(onStarting: GroupOptions['onStarting']): void {
    const { pid, stdin } = this.child;
    // one that ended at once takes nothing
    stdin?.on('error', () => {});
    if (pid === undefined) return;
    try {
      onStarting?.(pid);
    } catch (error) {
      this.send('SIGKILL');
      throw error;
    }
    stdin?.end('\n');
  }

  /** Asks all to end, and ends them when they have not after `graceMs`. */
  stop(graceMs: number): void {
    if (this.over) return;
    this.send('SIGTERM');
    // What is paused would not hear of it.
    this.send('SIGCONT');
    this.killTimer ??= setTimeout(() => this.send('SIGKILL'), graceMs);
  }

  pause(): void {
    this.send('SIGSTOP');
  }

  resume(): void {
    this.send('SIGCONT');
  }

  private send(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || this.over) return;
    if (onWindows) {
      // Windows has no groups; taskkill knows the tree. There is no asking to end.
      if (signal !== 'SIGTERM' && signal !== 'SIGKILL') return;
      spawn('taskkill', ['/pid', `${pid}`, '/T', '/F'], { stdio: 'ignore' }).on('error', () => {});
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone.
    }
  }

  /** A process that left the group may hold the output open for ever. */
  private closeOutput(): void {
    this.child.stdout.destroy();
    this.child.stderr.destroy();
  }

  private lowerPriority(nice: number): void {
    try {
      if (this.child.pid !== undefined) setPriority(this.child.pid, nice);
    } catch {
      // Ended already, or not allowed: it then runs as we do.
    }
  }
}
