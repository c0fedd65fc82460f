import { getAddress, Transaction, toQuantity } from 'ethers';
import { z } from 'zod';
import { ChainError, SettlementError } from './errors.js';
import { rpcRequest } from './json-rpc.js';
import type { SignedTransaction, TransactionSigner, UnsignedTransaction } from './transaction.js';
import { typedTransaction } from './transaction.js';

export interface RemoteSignerOptions {
  /** Where `eth_signTransaction` is answered. */
  url: string;
  /** The account it signs with. */
  address: string;
  /** Default 30 000: a person may have to agree. */
  timeoutMs?: number;
}

const hex = z.string().regex(/^0x[0-9a-fA-F]+$/);
/** web3signer answers the signed bytes, geth and clef an object that holds them. */
const answer = z.union([hex, z.object({ raw: hex }).transform(({ raw }) => raw)]);

/**
 * A signer elsewhere (web3signer, clef, geth …) that never gives its key away, asked by JSON-RPC
 * (ethereum/execution-apis, eth_signTransaction). What it signed is compared field by field with what it was asked.
 * `sign` rejects with a SettlementError `signer_unreachable`, `signer_refused` or `signer_mismatch`.
 */
export function remoteSigner({ url, address, timeoutMs = 30_000 }: RemoteSignerOptions): TransactionSigner {
  const account = getAddress(address);
  return {
    address: account,
    async sign(transaction) {
      const raw = await ask(url, account, transaction, timeoutMs);
      return checked(raw, account, transaction);
    },
  };
}

async function ask(
  url: string,
  from: string,
  wanted: UnsignedTransaction,
  timeoutMs: number,
): Promise<string> {
  const { to, data, value = 0n, gasLimit, nonce, chainId, fees } = wanted;
  const fields = {
    from,
    ...(to ? { to } : {}),
    data,
    value: toQuantity(value),
    gas: toQuantity(gasLimit),
    nonce: toQuantity(nonce),
    chainId: toQuantity(chainId),
    maxFeePerGas: toQuantity(fees.maxFeePerGas),
    maxPriorityFeePerGas: toQuantity(fees.maxPriorityFeePerGas),
  };
  try {
    const found = answer.safeParse(await rpcRequest(url, 'eth_signTransaction', [fields], timeoutMs));
    if (found.success) return found.data;
  } catch (cause) {
    if (!(cause instanceof ChainError)) throw cause;
    const code = cause.code === 'chain_unreachable' ? 'signer_unreachable' : 'signer_refused';
    throw new SettlementError(code, cause.message, { nonce }, { cause });
  }
  throw new SettlementError('signer_mismatch', 'the signer answered no transaction', { nonce });
}

function checked(raw: string, account: string, wanted: UnsignedTransaction): SignedTransaction {
  let signed: Transaction;
  try {
    signed = Transaction.from(raw);
  } catch (cause) {
    throw new SettlementError('signer_mismatch', 'the signer answered no transaction', {}, { cause });
  }
  if (signed.from !== account || signed.unsignedSerialized !== typedTransaction(wanted).unsignedSerialized)
    throw new SettlementError('signer_mismatch', 'the signer signed something else, or with another key', {
      nonce: wanted.nonce,
    });
  return { raw: signed.serialized, hash: signed.hash! };
}
