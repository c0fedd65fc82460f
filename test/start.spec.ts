import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort, startAnvil } from '#libs/local-services';
import { farmerKey } from './support/world.js';

const main = new URL('../dist/apps/center/main.js', import.meta.url).pathname;

/** Settings of this process that would reach the center. */
const bare = { PATH: process.env.PATH, HOME: process.env.HOME };

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { ...bare, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, ended, output: () => output };
}

async function waitFor(what: () => boolean, child: ChildProcess) {
  const deadline = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error('the center did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('npm start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'croft-start-'));
    // PostgreSQL may have to run as another user than root
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('asks for what is missing by name, and exits with 2', async () => {
    const { ended, output } = run({ CROFT_DATA: folder });
    expect(await ended).toBe(2);
    for (const name of [
      'FARMER_PUBLIC_KEY',
      'CHIA_OBSERVER_KEY',
      'CHAIN_RPC_URL',
      'CHAIN_ID',
      'PROPOSER_KEY_FILE',
    ]) {
      expect(output()).toContain(name);
    }
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
  });

  test('says which setting is wrong', async () => {
    const { ended, output } = run({ CROFT_DATA: folder, PORT: 'eighty' });
    expect(await ended).toBe(2);
    expect(output()).toContain('PORT');
  });

  test('starts its own database, makes the first admin, and ends cleanly', async () => {
    const anvil = await startAnvil({});
    const key = join(folder, 'proposer.json');
    const password = join(folder, 'password');
    // a light keystore: the cost of opening is not what is tested
    const wallet = Wallet.createRandom();
    const { encryptKeystoreJsonSync } = await import('ethers');
    const account = { address: wallet.address, privateKey: wallet.privateKey };
    writeFileSync(key, encryptKeystoreJsonSync(account, 'secret', { scrypt: { N: 1024, r: 8, p: 1 } }));
    writeFileSync(password, 'secret\n');
    const port = await freePort();
    const { child, ended, output } = run({
      CROFT_DATA: folder,
      PORT: String(port),
      FARMER_PUBLIC_KEY: farmerKey,
      CHIA_OBSERVER_KEY: farmerKey,
      CHAIN_RPC_URL: anvil.url,
      CHAIN_ID: '31337',
      PROPOSER_KEY_FILE: key,
      PROPOSER_PASSWORD_FILE: password,
    });
    try {
      await waitFor(() => output().includes('is up'), child);
      const url = `http://127.0.0.1:${port}/api`;
      expect(await (await fetch(`${url}/health`)).json()).toEqual({ ok: true, database: true, chain: true });
      const center = (await (await fetch(`${url}/center`)).json()) as {
        demo: boolean;
        demoSignIns: unknown[];
      };
      expect([center.demo, center.demoSignIns]).toEqual([false, []]);
      const [email, secret] = readFileSync(join(folder, 'first-admin.txt'), 'utf8').split('\n');
      const signIn = await fetch(`${url}/auth/password`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: secret }),
      });
      expect(((await signIn.json()) as { role: string }).role).toBe('admin');
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      await expect(fetch(`${url}/health`)).rejects.toThrow();
      expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
    } finally {
      child.kill('SIGKILL');
      await anvil.stop();
    }
  });
});
