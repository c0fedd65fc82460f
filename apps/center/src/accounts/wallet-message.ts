import { getAddress, verifyMessage } from 'ethers';
import { CroftError } from '#libs/protocol';

export interface WalletSignIn {
  /** EIP-55. */
  address: string;
  nonce: string;
}

const form =
  /^(?<domain>[^\s]{1,253}) wants you to sign in with your Ethereum account:\n(?<address>0x[0-9a-fA-F]{40})\n\n(?:(?<statement>[^\n]{1,300})\n)?\nURI: (?<uri>[^\s]{1,300})\nVersion: 1\nChain ID: (?<chainId>\d{1,20})\nNonce: (?<nonce>[0-9a-zA-Z]{8,64})\nIssued At: (?<issuedAt>[^\s]{1,40})(?:\nExpiration Time: (?<expires>[^\s]{1,40}))?$/;

/**
 * Reads and checks an EIP-4361 message (Sign-In with Ethereum): the form, that it was meant for this site,
 * its times, and the signature (EIP-191). The nonce is left to the caller to use up.
 * Errors: bad_wallet_message, wallet_signature_invalid.
 */
export function readWalletMessage(message: string, signature: string, host: string, now: Date): WalletSignIn {
  const parts = form.exec(message)?.groups;
  if (!parts) throw new CroftError('bad_wallet_message', { problem: 'form' });
  if (parts.domain !== host) throw new CroftError('bad_wallet_message', { problem: 'domain' });
  if (hostOf(parts.uri!) !== host) throw new CroftError('bad_wallet_message', { problem: 'uri' });
  const issued = Date.parse(parts.issuedAt!);
  // a visitor's clock may be wrong by some minutes; the nonce is what makes it single use
  if (!(Math.abs(issued - now.getTime()) < 15 * 60_000)) {
    throw new CroftError('bad_wallet_message', { problem: 'issued at' });
  }
  if (parts.expires && !(Date.parse(parts.expires) > now.getTime())) {
    throw new CroftError('bad_wallet_message', { problem: 'expired' });
  }
  try {
    const address = getAddress(parts.address!);
    if (verifyMessage(message, signature) === address) return { address, nonce: parts.nonce! };
  } catch (cause) {
    throw new CroftError('wallet_signature_invalid', undefined, { cause });
  }
  throw new CroftError('wallet_signature_invalid');
}

function hostOf(uri: string): string | null {
  try {
    return new URL(uri).host;
  } catch {
    return null;
  }
}
