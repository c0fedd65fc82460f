import { readFileSync } from 'node:fs';
import { Wallet } from 'ethers';
import { type ChainPort, loadKeystore, type TransactionSigner, walletSigner } from '#libs/settlement';
import type { CenterConfig } from './config.js';

/** Injection token of the port to the payout chain. */
export const CHAIN = Symbol('CHAIN');
export type Chain = ChainPort;

/** Injection token of who signs what. */
export const SIGNERS = Symbol('SIGNERS');

export interface Signers {
  /** Proposes roots and pushes payments. */
  proposer: TransactionSigner;
  /** Approves roots; null when a person does it with a wallet of their own. */
  approver: TransactionSigner | null;
}

/** Opens the key files named in the configuration: keystores (version 3), or bare hex for a demo. */
export async function loadSigners(config: CenterConfig): Promise<Signers> {
  const { PROPOSER_KEY_FILE, PROPOSER_PASSWORD_FILE, APPROVER_KEY_FILE, APPROVER_PASSWORD_FILE } = config;
  return {
    proposer: await openKey(PROPOSER_KEY_FILE, PROPOSER_PASSWORD_FILE),
    approver: APPROVER_KEY_FILE ? await openKey(APPROVER_KEY_FILE, APPROVER_PASSWORD_FILE) : null,
  };
}

async function openKey(file: string, passwordFile: string | undefined): Promise<TransactionSigner> {
  const text = readFileSync(file, 'utf8').trim();
  if (!text.startsWith('{')) return walletSigner(new Wallet(text));
  const password = passwordFile ? readFileSync(passwordFile, 'utf8').trimEnd() : '';
  return walletSigner(await loadKeystore(text, password));
}

/** The newest block the operator takes for final. */
export async function finalBlock(chain: Chain, finality: CenterConfig['CHAIN_FINALITY']): Promise<number> {
  if (finality === 'finalized') return chain.blockNumber('finalized');
  return Math.max(0, (await chain.blockNumber('latest')) - finality + 1);
}
