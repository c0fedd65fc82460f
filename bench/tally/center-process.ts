import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

const center = new URL('../../apps/center/main.js', import.meta.url);

/** A real center, a process of its own without the role that pays, so that it has no keys. Its data lie in `folder`. */
export function startCenter(
  folder: string,
  databaseUrl: string,
  { roles, preload }: { roles: string; preload?: URL },
): ChildProcess {
  return fork(center, {
    execArgv: preload ? ['--import', preload.href] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      CROFT_DATA: join(folder, 'center'),
      DATABASE_URL: databaseUrl,
      CENTER_ROLES: roles,
      PORT: '0',
      FARMER_PUBLIC_KEY: '00'.repeat(48),
      CHIA_OBSERVER_KEY: '00'.repeat(48),
      // an operator whose chain is away: rounds go on without the hash of a block
      CHAIN_RPC_URL: 'http://127.0.0.1:9',
      CHAIN_ID: '31337',
      REQUESTS_PER_MINUTE: '1000000',
      LOG_LEVEL: 'silent',
    },
  });
}

/** Where it can be asked, once it is up. */
export function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) =>
      resolve((message as { url: string }).url.replace('[::1]', '127.0.0.1')),
    );
    child.once('exit', (code) => reject(new Error(`the center ended with ${code}`)));
  });
}
