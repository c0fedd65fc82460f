import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LocalServiceError } from './errors.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { PostgresHome } from './postgres-home.js';
import { type ServerUser, serverEnvironment } from './postgres-user.js';

/** The superuser of every cluster we make. */
export const SUPERUSER = 'croft';

/**
 * Makes the cluster when there is none and returns the superuser's password. The cluster is made beside its
 * place and renamed, so that one interrupted by a crash is never mistaken for a whole one.
 *
 * @throws LocalServiceError `postgres-start-failed`, `postgres-password-lost`, `data-dir-unusable`
 */
export function ensureCluster(
  home: PostgresHome,
  binaries: PostgresBinaries,
  user: ServerUser | null,
  durable: boolean,
): string {
  if (existsSync(join(home.cluster, 'PG_VERSION'))) {
    claim(home.cluster, user);
    return readPassword(home);
  }
  const password = randomBytes(24).toString('base64url');
  const fresh = `${home.cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  if (user) chownSync(fresh, user.uid, user.gid);
  const handover = join(home.base, 'password.initdb');
  writeSecret(handover, password, user);
  try {
    const args = ['-D', fresh, '-U', SUPERUSER, '--pwfile', handover, '--auth=scram-sha-256'];
    args.push('--encoding=UTF8', '--locale=C', '--no-instructions');
    if (!durable) args.push('--no-sync');
    const run = spawnSync(binaries.initdb, args, {
      cwd: '/',
      encoding: 'utf8',
      env: serverEnvironment(),
      ...(user ?? {}),
    });
    if (run.status !== 0) {
      const why = run.error?.message ?? run.stderr.trim();
      throw new LocalServiceError('postgres-start-failed', `initdb could not make ${home.cluster}: ${why}`);
    }
  } finally {
    rmSync(handover, { force: true });
  }
  writeSecret(home.passwordFile, password, null);
  rmSync(home.cluster, { recursive: true, force: true });
  renameSync(fresh, home.cluster);
  return password;
}

function writeSecret(file: string, secret: string, owner: ServerUser | null): void {
  rmSync(file, { force: true });
  const handle = openSync(file, 'wx', 0o600);
  writeFileSync(handle, secret);
  closeSync(handle);
  if (owner) chownSync(file, owner.uid, owner.gid);
}

function readPassword(home: PostgresHome): string {
  try {
    return readFileSync(home.passwordFile, 'utf8').trim();
  } catch (cause) {
    throw new LocalServiceError(
      'postgres-password-lost',
      `cannot read ${home.passwordFile}`,
      'Start as the account that made the data directory, or restore the file from a backup.',
      { cause },
    );
  }
}

/** A data directory copied or restored by root belongs to root, and PostgreSQL refuses it: give it back. */
function claim(cluster: string, user: ServerUser | null): void {
  const owner = statSync(cluster).uid;
  if (user) {
    if (owner !== user.uid) chownTree(cluster, user);
  } else if (process.getuid && owner !== process.getuid()) {
    throw new LocalServiceError(
      'data-dir-unusable',
      `${cluster} belongs to another account (uid ${owner})`,
      'Start as the account that made it, or choose another data directory.',
    );
  }
}

function chownTree(folder: string, user: ServerUser): void {
  lchownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) chownTree(path, user);
    else lchownSync(path, user.uid, user.gid);
  }
}
