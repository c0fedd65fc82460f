import type { WalletProvider } from './injected-wallets.js';

/** `rejected`: the person said no; `no_account`: the wallet shows none; `failed`: anything else the wallet did. */
export class WalletError extends Error {
  constructor(
    readonly reason: 'rejected' | 'no_account' | 'failed',
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'WalletError';
  }
}

/** One request to a wallet (EIP-1193). Errors: WalletError. */
export async function askWallet(
  provider: WalletProvider,
  method: string,
  params: readonly unknown[] = [],
): Promise<unknown> {
  try {
    return await provider.request({ method, params });
  } catch (cause) {
    // EIP-1193: 4001 is the person's refusal
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
    throw new WalletError(code === 4001 ? 'rejected' : 'failed', { cause });
  }
}

/** The account the wallet lets this page see, as it writes it. Errors: WalletError. */
export async function walletAccount(provider: WalletProvider): Promise<string> {
  const accounts = await askWallet(provider, 'eth_requestAccounts');
  const account: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof account !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(account))
    throw new WalletError('no_account');
  return account;
}
