import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import type { BesideBee } from './bee-nodes.js';
import { CenterApi } from './center-api.js';
import { patiently, Unreachable } from './patience.js';
import { runOnce, Supervised, type Watch } from './supervised.js';

const JOIN_WITHIN_MS = 20_000;

export interface SignIn {
  label: string;
  email: string;
  password: string;
}

/** Accounts of the demo; the passwords are new each time. The last keeps replicas, where there are any. */
export function demoSignIns(): [SignIn, SignIn, SignIn, SignIn] {
  const person = (label: string, name: string) => ({
    label,
    email: `${name}@demo.example`,
    password: randomBytes(9).toString('base64url'),
  });
  return [
    person('Admin', 'admin'),
    person('Contributor who plots', 'plotter'),
    person('Contributor who keeps', 'storer'),
    person('Keeper of replicas', 'keeper'),
  ];
}

/** One contributor: an account, a wallet that was never used, and a client with a folder of its own. */
export class Contributor {
  readonly wallet = Wallet.createRandom();
  readonly api: CenterApi;
  client?: Supervised;

  constructor(
    readonly signIn: SignIn,
    private readonly center: string,
    private readonly key: string,
    private readonly folder: string,
    private readonly croft: string,
  ) {
    this.api = new CenterApi(center);
  }

  /** Signs in, says where to be paid, pairs a client by code, has it speak for a Bee node, and starts it. */
  async join(options: string[], watch: Watch, bee: BesideBee | null = null): Promise<void> {
    await this.api.signIn(this.signIn.email, this.signIn.password);
    await this.api.put('/me/payout-address', { address: this.wallet.address });
    // a code that nobody gets to see does no harm, and joining again with the same code is the same joining
    const { code } = await patiently(() => this.api.post<{ code: string }>('/nodes/codes'));
    const data = ['--data', join(this.folder, 'croft')];
    const keep = ['--path', join(this.folder, 'plots'), '--name', this.signIn.label];
    await patiently(
      () =>
        runOnce(this.croft, ['join', this.center, '--code', code, ...keep, ...options, ...data]).catch(
          (cause) => {
            throw new Unreachable(String(cause), { cause });
          },
        ),
      JOIN_WITHIN_MS,
    );
    if (bee) {
      const { url, keyFile } = bee;
      await runOnce(this.croft, ['bee', 'link', '--bee', url, '--bee-key-file', keyFile, ...data]);
    }
    this.client = new Supervised(
      {
        name: this.signIn.label,
        key: this.key,
        script: this.croft,
        args: ['run', ...data],
        env: {},
        logFile: join(this.folder, 'croft.log'),
      },
      watch,
    );
  }
}
