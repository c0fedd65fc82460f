import { readFileSync } from 'node:fs';

/** Whom PostgreSQL runs as; null stands for "as ourselves". */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as uid 0, so root lends it the account `postgres`, or `nobody` where there is
 * none. Any other user runs it as itself.
 */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  return { uid: 65534, gid: 65534 };
}

/** Our environment without PG* (PGDATA, PGPORT … would override what we pass) and in the C locale. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(rest), LC_ALL: 'C' };
}
