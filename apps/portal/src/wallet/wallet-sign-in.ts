import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { api } from '../api/client.js';
import { serverNow } from '../format/server-clock.js';
import { toChecksumAddress } from './eip55.js';
import type { WalletProvider } from './injected-wallets.js';
import { signInMessage } from './sign-in-message.js';

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

async function ask(
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

/** Asks the wallet for an account and for its signature under a fresh EIP-4361 message. Errors: WalletError, ApiError. */
export async function signWithWallet(
  provider: WalletProvider,
  statement: string,
): Promise<{ message: string; signature: string }> {
  const accounts = await ask(provider, 'eth_requestAccounts');
  const account: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof account !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(account))
    throw new WalletError('no_account');
  const chainId = Number(await ask(provider, 'eth_chainId'));
  const { nonce } = await api.nonce();
  const message = signInMessage({
    domain: window.location.host,
    address: toChecksumAddress(account),
    statement,
    uri: window.location.origin,
    chainId: Number.isSafeInteger(chainId) && chainId > 0 ? chainId : 1,
    nonce,
    issuedAt: new Date(serverNow()),
  });
  const signature = await ask(provider, 'personal_sign', [`0x${bytesToHex(utf8ToBytes(message))}`, account]);
  if (typeof signature !== 'string') throw new WalletError('failed');
  return { message, signature };
}
