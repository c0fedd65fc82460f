import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LocalServiceError } from './errors.js';
import type { ServerUser } from './postgres-user.js';

/** Where the files of one server lie. All but `cluster` belongs to us, not to the server's account. */
export interface PostgresHome {
  /** Folder of everything below; the data directory itself unless the server's account cannot reach it. */
  base: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** 0600: the superuser's password. */
  passwordFile: string;
  /** The port of the last start. */
  portFile: string;
  logFile: string;
  lockFile: string;
  /** One file per process that uses the server. */
  holders: string;
}

/**
 * Lays out `dataDir` (made when missing). With `user` and a path that other accounts cannot walk, such as
 * one below /root, the files go to a folder of their own in /var/lib/croft, named in `dataDir/location`.
 *
 * @throws LocalServiceError `data-dir-unusable`
 */
export function postgresHome(dataDir: string, user: ServerUser | null): PostgresHome {
  try {
    const given = resolve(dataDir);
    mkdirSync(given, { recursive: true, mode: 0o711 });
    const base = realpathSync(user ? reachable(given) : given);
    const holders = join(base, 'holders');
    mkdirSync(holders, { recursive: true, mode: 0o700 });
    return {
      base,
      cluster: join(base, 'cluster'),
      passwordFile: join(base, 'password'),
      portFile: join(base, 'port'),
      logFile: join(base, 'postgres.log'),
      lockFile: join(base, 'starting.lock'),
      holders,
    };
  } catch (cause) {
    if (cause instanceof LocalServiceError) throw cause;
    throw new LocalServiceError('data-dir-unusable', `cannot use ${dataDir}: ${String(cause)}`, undefined, {
      cause,
    });
  }
}

function reachable(dataDir: string): string {
  const pointer = join(dataDir, 'location');
  if (existsSync(pointer)) {
    const elsewhere = readFileSync(pointer, 'utf8').trim();
    if (!/^\/var\/lib\/croft\/postgres-[0-9a-f]{16}$/.test(elsewhere)) {
      throw new LocalServiceError('data-dir-unusable', `${pointer} names an unexpected folder`);
    }
    mkdirSync(elsewhere, { recursive: true, mode: 0o711 });
    return elsewhere;
  }
  const own = statSync(dataDir);
  // The folder itself is ours to open for passage; its parents are not.
  if (own.uid === 0 && (own.mode & 0o001) === 0) chmodSync(dataDir, own.mode | 0o011);
  if (ancestors(realpathSync(dataDir)).every((folder) => (statSync(folder).mode & 0o001) !== 0))
    return dataDir;

  const elsewhere = join('/var/lib/croft', `postgres-${randomBytes(8).toString('hex')}`);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  // Whatever the umask was, others must be able to pass.
  chmodSync(dirname(elsewhere), 0o755);
  chmodSync(elsewhere, 0o711);
  writeFileSync(pointer, `${elsewhere}\n`);
  return elsewhere;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestors(parent)];
}
