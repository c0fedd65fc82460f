import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const stops = new Set<() => void>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let armed = false;

function runStops(): void {
  for (const stop of stops) {
    stops.delete(stop);
    try {
      stop();
    } catch {
      // The process is already gone, which is what was wanted.
    }
  }
}

/** Dies of the signal as it would have without us, unless the application has its own handler for it. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  runStops();
  disarm();
  process.kill(process.pid, signal);
}

function arm(): void {
  if (armed) return;
  armed = true;
  process.on('exit', runStops);
  if (isMainThread) for (const signal of signals) process.on(signal, onSignal);
}

function disarm(): void {
  armed = false;
  process.off('exit', runStops);
  for (const signal of signals) process.off(signal, onSignal);
}

/**
 * Runs `stop` (synchronous) when this process exits or dies of SIGINT, SIGTERM or SIGHUP without a handler
 * of its own. Returns what undoes it.
 */
export function onProcessEnd(stop: () => void): () => void {
  stops.add(stop);
  arm();
  return () => {
    stops.delete(stop);
    if (stops.size === 0 && armed) disarm();
  };
}

/**
 * Runs a shell script when this process ends in any way, SIGKILL included: the shell waits on a pipe that
 * only we hold, and the kernel closes it when we are gone. Not on Windows, which has no such shell.
 *
 * @param args the script's $1, $2 …
 * @returns what calls the watch off
 */
export function onProcessGone(script: string, args: string[]): () => void {
  if (process.platform === 'win32') return () => undefined;
  const watch = spawn('/bin/sh', ['-c', `read -r _; ${script}`, 'sh', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.on('error', () => undefined);
  watch.stdin.on('error', () => undefined);
  watch.unref();
  // The pipe is a socket in Node, and an open socket would keep the process alive.
  if (watch.stdin instanceof Socket) watch.stdin.unref();
  return () => {
    if (watch.exitCode === null && watch.signalCode === null) watch.kill('SIGKILL');
  };
}
