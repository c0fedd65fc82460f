import { mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { ChiaError } from './errors.js';
import { keyGen } from './key-derivation.js';

/** BIP-39 seed (64 bytes) of an English mnemonic; case and spacing do not matter. @throws ChiaError `mnemonic-invalid` */
export function mnemonicToSeed(mnemonic: string, passphrase = ''): Uint8Array {
  if (mnemonic.length > 1000) throw new ChiaError('mnemonic-invalid', 'a mnemonic has 12 to 24 words');
  const words = mnemonic.trim().toLowerCase().split(/\s+/).join(' ');
  if (!validateMnemonic(words, wordlist)) {
    throw new ChiaError(
      'mnemonic-invalid',
      'these words are no valid mnemonic (12 to 24 English words with checksum)',
    );
  }
  return mnemonicToSeedSync(words, passphrase);
}

/** Master secret key (32 bytes) of an English mnemonic, as `chia keys add`. @throws ChiaError `mnemonic-invalid` */
export function mnemonicToMasterSk(mnemonic: string, passphrase = ''): Uint8Array {
  return keyGen(mnemonicToSeed(mnemonic, passphrase));
}
