import { isKeystoreJson, Wallet } from 'ethers';
import { SettlementError } from './errors.js';

/** A keystore file has some hundred bytes. */
const MAX_KEYSTORE_BYTES = 16_384;

/**
 * Opens an encrypted key (Web3 Secret Storage v3, as geth, clef and ethers write it). Takes about a second: scrypt.
 * @throws SettlementError `keystore_invalid`, `keystore_password`
 */
export async function loadKeystore(json: string, password: string): Promise<Wallet> {
  if (json.length > MAX_KEYSTORE_BYTES || !isKeystoreJson(json))
    throw new SettlementError('keystore_invalid', 'not a keystore file of version 3');
  try {
    const { privateKey } = await Wallet.fromEncryptedJson(json, password);
    return new Wallet(privateKey);
  } catch (cause) {
    if (cause instanceof Error && /password/i.test(cause.message))
      throw new SettlementError(
        'keystore_password',
        'the password does not open the keystore',
        {},
        { cause },
      );
    throw new SettlementError('keystore_invalid', 'the keystore cannot be read', {}, { cause });
  }
}
