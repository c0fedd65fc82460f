import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { api } from '../api/client.js';
import { serverNow } from '../format/server-clock.js';
import { askWallet, WalletError, walletAccount } from './ask-wallet.js';
import { toChecksumAddress } from './eip55.js';
import type { WalletProvider } from './injected-wallets.js';
import { signInMessage } from './sign-in-message.js';

/** Asks the wallet for an account and for its signature under a fresh EIP-4361 message. Errors: WalletError, ApiError. */
export async function signWithWallet(
  provider: WalletProvider,
  statement: string,
): Promise<{ message: string; signature: string }> {
  const account = await walletAccount(provider);
  const chainId = Number(await askWallet(provider, 'eth_chainId'));
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
  const signature = await askWallet(provider, 'personal_sign', [
    `0x${bytesToHex(utf8ToBytes(message))}`,
    account,
  ]);
  if (typeof signature !== 'string') throw new WalletError('failed');
  return { message, signature };
}
