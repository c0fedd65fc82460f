import { readFileSync, writeFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { CroftError } from '#libs/protocol';
import { AccountsService } from './accounts/accounts.service.js';
import { type CenterConfig, dataPath } from './platform/config.js';
import { Entropy } from './platform/entropy.js';

interface DemoSignIn {
  email: string;
  password: string;
  label: string;
}

/** At the first start an admin is made; its password is in a file only the operator can read. */
export async function ensureFirstAdmin(app: INestApplication, config: CenterConfig) {
  const accounts = app.get(AccountsService);
  if (await accounts.anyAdmin()) return;
  if (config.DEMO_SIGN_INS) return makeDemoAccounts(accounts, config.DEMO_SIGN_INS);
  const password = Buffer.from(app.get(Entropy).bytes(15)).toString('base64url');
  const file = dataPath(config, 'first-admin.txt');
  writeFileSync(file, `admin@localhost.localdomain\n${password}\n`, { mode: 0o600 });
  await accounts.register({ email: 'admin@localhost.localdomain', password, displayName: 'Admin' }, 'admin');
  console.log(`First admin: sign in with the e-mail and password in ${file}`);
}

/** The admin comes last: an admin who is there says that all are. A start that was broken off is gone on with. */
async function makeDemoAccounts(accounts: AccountsService, file: string) {
  const [admin, ...others] = JSON.parse(readFileSync(file, 'utf8')) as [DemoSignIn, ...DemoSignIn[]];
  for (const { email, password, label } of [...others, admin]) {
    const role = email === admin.email ? 'admin' : 'contributor';
    await accounts.register({ email, password, displayName: label }, role).catch((error: unknown) => {
      if (!(error instanceof CroftError && error.code === 'email_taken')) throw error;
    });
  }
}
