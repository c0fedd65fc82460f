import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

/** A supervised program of the demo, as its list of processes names it. */
export type DemoProgram = 'center' | 'plotter' | 'storer';

export interface DemoReport {
  ok: boolean;
  seconds: number;
  plots: number;
  checks: Record<'proved' | 'empty' | 'late' | 'silent' | 'invalid', number>;
  payouts: { account: string; address: string; units: string; tx: string }[];
  portal: string;
}

export interface DemoPlace {
  portal: string;
  chainUrl: string;
  token: string;
  payoutContract: string;
}

/** A data folder that the server's account can walk, too. */
export function newDemoFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'croft-demo-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** `npm run demo`, without npm, in a process group of its own and a data folder of its own. */
export class DemoProcess {
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;
  private result: number | NodeJS.Signals | undefined;
  private output = '';

  constructor(
    private readonly folder: string,
    args: string[] = [],
  ) {
    const { NODE_ENV: _, ...inherited } = process.env;
    const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !/^VITEST/.test(name)));
    this.child = spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'demo', ...args], {
      env: { ...env, CROFT_DEMO_DATA: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => (this.output += text));
    }
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.result = code ?? signal ?? 'SIGKILL';
        resolve(this.result);
      });
    });
  }

  /** All it has said, and what the center logged: for messages of failed tests. */
  story(): string {
    return `${this.output}\n--- center.log\n${this.file('center.log')?.slice(-4000) ?? 'none'}`;
  }

  /** Waits until it has said something. Rejects when it ends before that, or after `timeoutMs`. */
  async said(words: RegExp, timeoutMs = 170_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!words.test(this.output)) {
      if (this.result !== undefined) throw new Error(`it ended without saying ${words}:\n${this.story()}`);
      if (performance.now() > deadline) throw new Error(`it did not say ${words}:\n${this.story()}`);
      await sleep(20);
    }
  }

  /** The JSON on its last line. */
  report(): DemoReport {
    return JSON.parse(this.output.trimEnd().split('\n').at(-1) ?? '') as DemoReport;
  }

  place(): DemoPlace {
    return JSON.parse(this.file('demo.json')!) as DemoPlace;
  }

  signIns(): { label: string; email: string; password: string }[] {
    return JSON.parse(this.file('sign-ins.json')!);
  }

  /** Kills a program with SIGKILL, as soon as it runs. False when the demo ended before. */
  async kill(program: DemoProgram): Promise<boolean> {
    while (this.result === undefined) {
      const list = JSON.parse(this.file('processes.json') ?? '{}') as Partial<Record<DemoProgram, number>>;
      const pid = list[program];
      if (pid && killed(pid)) return true;
      await sleep(10);
    }
    return false;
  }

  /** What Ctrl-C in a terminal does: SIGINT to the whole process group. */
  interrupt() {
    process.kill(-this.child.pid!, 'SIGINT');
  }

  /** Ends it when a test has failed, however it stands. */
  async end(): Promise<void> {
    if (this.result !== undefined) return;
    this.interrupt();
    await Promise.race([this.ended, sleep(10_000, undefined, { ref: false })]);
    if (this.result === undefined) process.kill(-this.child.pid!, 'SIGKILL');
  }

  /**
   * Processes of this demo that still run 5 s after its end: those with its folder in their environment or on their
   * command line (PostgreSQL and the chain leave the process group), or in its process group. Told on Linux only.
   */
  async leftovers(): Promise<string[]> {
    const deadline = performance.now() + 5_000;
    for (;;) {
      const found = processesWith(this.folder, this.child.pid!);
      if (found.length === 0 || performance.now() > deadline) return found;
      await sleep(50);
    }
  }

  private file(name: string): string | null {
    try {
      return readFileSync(join(this.folder, 'run', name), 'utf8');
    } catch {
      return null;
    }
  }
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function processesWith(folder: string, group: number): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [stat, command, environment] = ['stat', 'cmdline', 'environ'].map((file) =>
        read(`/proc/${pid}/${file}`),
      );
      // proc(5): state, parent and process group follow the name in parentheses
      const [state, , processGroup] = stat!.slice(stat!.lastIndexOf(')') + 2).split(' ');
      if (!state || state === 'Z' || state === 'X') return [];
      const ours =
        Number(processGroup) === group || command!.includes(folder) || environment!.includes(folder);
      return ours ? [`${pid} ${command!.replaceAll('\0', ' ')}`] : [];
    });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whether something listens at the address of `url`. */
export function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export function removeDemoFolder(folder: string) {
  rmSync(folder, { recursive: true, force: true });
}
