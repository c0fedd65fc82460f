import { readFile } from 'node:fs/promises';
import { formatEther, formatUnits } from 'ethers';
import {
  type CashablePayout,
  ChainError,
  ChequebookContract,
  ChequeError,
  checkAddress,
  inspectCheque,
  JsonRpcChain,
  readChequebookTerms,
  SettlementError,
  type SignedCheque,
  sendAndWait,
  suggestFees,
} from '#libs/settlement';
import { ClientError } from '../client-error.js';
import { readCheque } from './cheques.js';
import { signerOf } from './claim-key.js';
import type { CommandIo } from './io.js';

export interface CashOptions {
  rpc: string;
  keyFile?: string;
  passwordFile?: string;
  to?: string;
  partial?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/**
 * `croft cheques cash`: cashes a cheque from its file and the chain alone, with the beneficiary's key. Returns whether
 * anything was due. Errors: cheques_options_invalid, key_unreadable, cheque_unreadable, cheque_not_signed,
 * cheque_not_yours, chequebook_differs, cheque_uncovered, chain_refused.
 */
export async function cashCheque(file: string, options: CashOptions, io: CommandIo): Promise<boolean> {
  if (!/^https?:\/\//.test(options.rpc))
    throw new ClientError('cheques_options_invalid', `--rpc ${options.rpc}`);
  const to = options.to === undefined ? undefined : addressOf(options.to);
  if (!options.dryRun && !options.keyFile) throw new ClientError('cheques_options_invalid', '--key-file');
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new ClientError('cheque_unreadable', file, { cause });
  });
  const cheque = readCheque(text, file);
  try {
    return await cash(cheque, { ...options, to }, io);
  } catch (error) {
    throw typed(error);
  }
}

async function cash(cheque: SignedCheque, options: CashOptions, io: CommandIo): Promise<boolean> {
  const { beneficiary } = cheque;
  const signer = options.keyFile ? await signerOf(options.keyFile, options.passwordFile) : null;
  if (signer && signer.address !== beneficiary) throw new ClientError('cheque_not_yours', beneficiary);
  const chain = new JsonRpcChain({ url: options.rpc, chainId: cheque.chainId });
  await chain.verify();
  const found = await cashable(chain, cheque);
  const told = { ok: true, dryRun: !!options.dryRun, cumulativePayout: `${cheque.cumulativePayout}` };
  if (!found) {
    if (options.json) io.out(JSON.stringify({ ...told, due: '0', payout: '0' }));
    else io.out(io.speak('cheque_nothing_due'));
    return false;
  }
  const { symbol, decimals } = await readChequebookTerms(chain, cheque.chequebook);
  const amount = (units: bigint) => `${formatUnits(units, decimals)} ${symbol}`;
  const { due, payout, bounced } = found;
  // nothing at all would cost a fee, and mark the chequebook
  const isRefused = payout === 0n || (payout < due && !options.partial);
  if (isRefused && !options.dryRun)
    throw new ClientError('cheque_uncovered', `${amount(payout)} < ${amount(due)}`);
  const to = options.to ?? beneficiary;
  const call = new ChequebookContract(chain, cheque.chequebook).cashCall(cheque, to);
  // the call is tried here: what would revert is never sent
  const [gas, { maxFeePerGas }] = await Promise.all([
    chain.estimateGas({ ...call, from: beneficiary }),
    suggestFees(chain),
  ]);
  const fee = gas * maxFeePerGas;
  if (!options.json) {
    io.out(io.speak('cheque_due', { due: amount(due), payout: amount(payout), fee: formatEther(fee) }));
    if (bounced) io.out(io.speak('cheque_bounced_before'));
    if (options.dryRun) io.out(io.speak('claim_dry_run'));
  }
  const asked = { ...told, due: `${due}`, payout: `${payout}`, bounced, gas: `${gas}`, fee: `${fee}` };
  if (options.dryRun || !signer) {
    if (options.json) io.out(JSON.stringify(asked));
    return true;
  }
  const receipt = await sendAndWait(
    { chain, signer },
    // a token may take a little more gas a moment later
    { ...call, gasLimit: (gas * 12n) / 10n },
    { timeoutMs: 300_000, pollMs: 500 },
  );
  const paid = new ChequebookContract(chain, cheque.chequebook)
    .cashedIn(receipt)
    .reduce((sum, { totalPayout }) => sum + totalPayout, 0n);
  const done = { transaction: receipt.hash, blockNumber: receipt.blockNumber };
  if (options.json) io.out(JSON.stringify({ ...asked, paid: `${paid}`, ...done }));
  else
    io.out(
      io.speak('cheque_cashed', {
        amount: amount(paid),
        to,
        transaction: receipt.hash,
        block: receipt.blockNumber,
      }),
    );
  return true;
}

/** A typing error in an address is mostly seen by its checksum. */
function addressOf(text: string): string {
  try {
    return checkAddress(text);
  } catch (cause) {
    throw new ClientError('cheques_options_invalid', `--to ${text}`, { cause });
  }
}

/** Null when all of it was cashed. */
const cashable = (chain: JsonRpcChain, cheque: SignedCheque): Promise<CashablePayout | null> =>
  inspectCheque(chain, cheque).catch((error: unknown) => {
    if (error instanceof ChequeError && error.code === 'cheque_nothing_due') return null;
    throw error;
  });

function typed(error: unknown): unknown {
  if (error instanceof ChequeError)
    return new ClientError('chequebook_differs', error.message, { cause: error });
  if (error instanceof ChainError || error instanceof SettlementError)
    return new ClientError('chain_refused', error.message, { cause: error });
  return error;
}
