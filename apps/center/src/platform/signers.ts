import { readFileSync } from 'node:fs';
import { Wallet, ZeroAddress } from 'ethers';
import {
  type ChequeSigner,
  loadKeystore,
  remoteChequeSigner,
  remoteSigner,
  SettlementError,
  type TransactionSigner,
  walletChequeSigner,
  walletSigner,
} from '#libs/settlement';
import type { CenterConfig } from './config.js';

/** Injection token of who signs what. */
export const SIGNERS = Symbol('SIGNERS');

export interface Signers {
  /** Proposes roots and pushes payments. */
  proposer: TransactionSigner;
  /** Approves roots; null when a person does it with a wallet of their own. */
  approver: TransactionSigner | null;
  /** Signs cheques: the issuer of the chequebooks; null where no campaign pays by cheques. */
  issuer: ChequeSigner | null;
}

/** Opens the key files or names the signers of the configuration; in a process that does not pay, nothing signs. */
export async function loadSigners(config: CenterConfig): Promise<Signers> {
  if (!config.CENTER_ROLES.includes('payout')) return { proposer: nobody, approver: null, issuer: null };
  const { PROPOSER_KEY_FILE, PROPOSER_PASSWORD_FILE, PROPOSER_SIGNER_URL, PROPOSER_ADDRESS } = config;
  const { APPROVER_KEY_FILE, APPROVER_PASSWORD_FILE, APPROVER_SIGNER_URL, APPROVER_ADDRESS } = config;
  const { ISSUER_KEY_FILE, ISSUER_PASSWORD_FILE, ISSUER_SIGNER_URL, ISSUER_ADDRESS } = config;
  return {
    proposer:
      (await signer(PROPOSER_KEY_FILE, PROPOSER_PASSWORD_FILE, PROPOSER_SIGNER_URL, PROPOSER_ADDRESS)) ??
      nobody,
    approver: await signer(APPROVER_KEY_FILE, APPROVER_PASSWORD_FILE, APPROVER_SIGNER_URL, APPROVER_ADDRESS),
    issuer: await chequeSigner(ISSUER_KEY_FILE, ISSUER_PASSWORD_FILE, ISSUER_SIGNER_URL, ISSUER_ADDRESS),
  };
}

const nobody: TransactionSigner = {
  address: ZeroAddress,
  sign: () =>
    Promise.reject(new SettlementError('signer_absent', 'this process does not pay and holds no key')),
};

async function signer(
  file: string | undefined,
  passwordFile: string | undefined,
  url: string | undefined,
  address: string | undefined,
): Promise<TransactionSigner | null> {
  if (url && address) return remoteSigner({ url, address });
  return file ? walletSigner(await openKey(file, passwordFile)) : null;
}

async function chequeSigner(
  file: string | undefined,
  passwordFile: string | undefined,
  url: string | undefined,
  address: string | undefined,
): Promise<ChequeSigner | null> {
  if (url && address) return remoteChequeSigner({ url, address });
  return file ? walletChequeSigner(await openKey(file, passwordFile)) : null;
}

/** A keystore (version 3), or bare hex for a demo. */
async function openKey(file: string, passwordFile: string | undefined): Promise<Wallet> {
  const text = readFileSync(file, 'utf8').trim();
  if (!text.startsWith('{')) return new Wallet(text);
  const password = passwordFile ? readFileSync(passwordFile, 'utf8').trimEnd() : '';
  return loadKeystore(text, password);
}
