import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '#libs/processes';
import { LocalServiceError } from './errors.js';
import { canLogIn } from './postgres-admin.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { PostgresHome } from './postgres-home.js';
import { type ServerUser, serverEnvironment } from './postgres-user.js';
import { processesWorkingIn } from './working-in.js';

/** A server as postmaster.pid describes it: process id and TCP port. */
export interface Postmaster {
  pid: number;
  port: number;
}

const LOG_KEPT_BYTES = 10 * 1024 * 1024;

/** Lines 1 and 4 of postmaster.pid (PostgreSQL, src/include/utils/pidfile.h); null when there is none. */
export function readPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : null;
  } catch {
    return null;
  }
}

/**
 * The server already running on this data directory, or null after making sure that none is. One that is
 * starting, recovering, or losing its last children after a kill is waited for; a postmaster.pid left by a
 * dead one is removed, because its process id may since belong to a zombie or a stranger.
 *
 * @throws LocalServiceError `data-dir-busy`
 */
export async function runningServer(home: PostgresHome, password: string): Promise<Postmaster | null> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const found = readPostmaster(home.cluster);
    const busy = processesWorkingIn(home.cluster, 'postgres');
    const alive = busy ? busy.length > 0 : found !== null && processIdentity(found.pid) !== null;
    if (found && alive && found.port > 0 && (await canLogIn(found.port, password, home.cluster)))
      return found;
    if (!alive) {
      if (busy) rmSync(join(home.cluster, 'postmaster.pid'), { force: true });
      return null;
    }
    // Elsewhere than on Linux the process may be a stranger with a reused id; PostgreSQL then decides.
    if (!busy && performance.now() > deadline - 50_000) return null;
    // No lock file, yet processes: only strangers whose directory the kernel hides from us.
    if (!found) return null;
    if (performance.now() > deadline) {
      throw new LocalServiceError(
        'data-dir-busy',
        `processes ${busy?.join(', ')} use ${home.cluster} but do not answer`,
        `See ${home.logFile}.`,
      );
    }
    await sleep(50);
  }
}

/**
 * Starts the server on 127.0.0.1:`port` and waits until it takes our password. Its own session keeps the
 * terminal's Ctrl-C from it, so that the application can finish its last transactions first.
 *
 * @returns null when it ended at once because the port was taken
 * @throws LocalServiceError `postgres-start-failed`
 */
export async function launch(
  home: PostgresHome,
  binaries: PostgresBinaries,
  user: ServerUser | null,
  options: { port: number; password: string; durable: boolean },
): Promise<Postmaster | null> {
  if (existsSync(home.logFile) && statSync(home.logFile).size > LOG_KEPT_BYTES) {
    renameSync(home.logFile, `${home.logFile}.1`);
  }
  const log = openSync(home.logFile, 'a', 0o600);
  const logStart = statSync(home.logFile).size;
  const settings = serverSettings(options.port, options.durable);
  let ended: string | null = null;
  try {
    if (process.platform === 'win32') {
      // pg_ctl drops the administrator's rights, with which PostgreSQL would refuse to run.
      const quoted = settings.map((setting) => `-c "${setting}"`).join(' ');
      const args = ['start', '-w', '-D', home.cluster, '-l', home.logFile, '-o', quoted];
      const run = spawnSync(binaries.pgCtl, args, { stdio: 'ignore', env: serverEnvironment() });
      if (run.status !== 0) ended = `pg_ctl exit code ${run.status}`;
    } else {
      const args = ['-D', home.cluster, ...settings.flatMap((setting) => ['-c', setting])];
      const child = spawn(binaries.postgres, args, {
        cwd: '/',
        env: serverEnvironment(),
        stdio: ['ignore', log, log],
        detached: true,
        ...(user ?? {}),
      });
      child.once('error', (error) => {
        ended = error.message;
      });
      child.once('exit', (code, signal) => {
        ended = signal ?? `exit code ${code}`;
      });
      child.unref();
    }
  } finally {
    closeSync(log);
  }
  const deadline = performance.now() + 120_000;
  while (ended === null && performance.now() < deadline) {
    const running = readPostmaster(home.cluster);
    if (running?.port === options.port && (await canLogIn(options.port, options.password, home.cluster))) {
      return running;
    }
    await sleep(15);
  }
  const lines = readFileSync(home.logFile).subarray(logStart).toString('utf8');
  if (/could not bind|could not create any TCP/.test(lines)) return null;
  throw new LocalServiceError(
    'postgres-start-failed',
    `PostgreSQL did not start (${ended ?? 'no answer for two minutes'}): ${lines.slice(-2000).trim()}`,
    `Its log is ${home.logFile}.`,
  );
}

function serverSettings(port: number, durable: boolean): string[] {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'password_encryption=scram-sha-256',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  // Throw-away data: survives our crash, not the machine's; several times faster commits.
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  return settings;
}
