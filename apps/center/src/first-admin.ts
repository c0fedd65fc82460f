import { readFileSync, writeFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { AccountsService } from './accounts/accounts.service.js';
import { type CenterConfig, dataPath } from './platform/config.js';
import { Entropy } from './platform/entropy.js';

/** At the first start an admin is made; its password is in a file only the operator can read. */
export async function ensureFirstAdmin(app: INestApplication, config: CenterConfig) {
  const accounts = app.get(AccountsService);
  if (await accounts.anyAdmin()) return;
  const demo = config.DEMO_SIGN_INS
    ? (JSON.parse(readFileSync(config.DEMO_SIGN_INS, 'utf8')) as {
        email: string;
        password: string;
        label: string;
      }[])
    : [];
  for (const { email, password, label } of demo) {
    await accounts.register(
      { email, password, displayName: label },
      /^admin/i.test(label) ? 'admin' : 'contributor',
    );
  }
  if (demo.length > 0) return;
  const password = Buffer.from(app.get(Entropy).bytes(15)).toString('base64url');
  const file = dataPath(config, 'first-admin.txt');
  writeFileSync(file, `admin@localhost.localdomain\n${password}\n`, { mode: 0o600 });
  await accounts.register({ email: 'admin@localhost.localdomain', password, displayName: 'Admin' }, 'admin');
  console.log(`First admin: sign in with the e-mail and password in ${file}`);
}
