import { readFile } from 'node:fs/promises';
import { type BaseWallet, Wallet } from 'ethers';
import { loadKeystore, SettlementError, type TransactionSigner, walletSigner } from '#libs/settlement';
import { ClientError } from '../client-error.js';

/** The signer whose key is in a file, as `walletIn`. Errors: key_unreadable. */
export async function signerOf(keyFile: string, passwordFile?: string): Promise<TransactionSigner> {
  return walletSigner(await walletIn(keyFile, passwordFile));
}

/**
 * The wallet whose key is in a file: a keystore (with the file that holds its password), or 32 bytes of hex.
 * Errors: key_unreadable.
 */
export async function walletIn(keyFile: string, passwordFile?: string): Promise<BaseWallet> {
  const text = (await readText(keyFile)).trim();
  if (/^(0x)?[0-9a-fA-F]{64}$/.test(text)) return walletOf(text, keyFile);
  if (!passwordFile) throw new ClientError('key_unreadable', `${keyFile}: --password-file`);
  const password = (await readText(passwordFile)).replace(/\r?\n$/, '');
  try {
    return await loadKeystore(text, password);
  } catch (cause) {
    if (!(cause instanceof SettlementError)) throw cause;
    throw new ClientError('key_unreadable', `${keyFile}: ${cause.message}`, { cause });
  }
}

function walletOf(hex: string, keyFile: string): Wallet {
  try {
    return new Wallet(hex.startsWith('0x') ? hex : `0x${hex}`);
  } catch (cause) {
    // zero, or beyond the curve's order; the key itself is not repeated
    throw new ClientError('key_unreadable', keyFile, { cause });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ClientError('key_unreadable', file, { cause });
  }
}
