import { type BaseWallet, Transaction } from 'ethers';
import type { ChainPort } from './chain.js';
import { SettlementError } from './errors.js';

/** Wei per gas (EIP-1559). */
export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A transaction that has its nonce and fees and lacks only a signature. */
export interface UnsignedTransaction {
  chainId: number;
  nonce: number;
  /** null makes a contract. */
  to: string | null;
  data: string;
  /** Wei; default 0. */
  value?: bigint;
  gasLimit: bigint;
  fees: Fees;
}

export interface SignedTransaction {
  /** What goes to `broadcast`. */
  readonly raw: string;
  readonly hash: string;
}

/** Whoever holds the payer's key: a keystore in this process, or a signer elsewhere. */
export interface TransactionSigner {
  /** EIP-55. */
  readonly address: string;
  sign(transaction: UnsignedTransaction): Promise<SignedTransaction>;
}

/** Per transaction, since the Osaka hardfork (EIP-7825). */
export const MAX_TRANSACTION_GAS = 16_777_216n;
/** Nodes refuse a replacement that pays less than this much more. */
export const MIN_BUMP_PERCENT = 10;

/** Signs with RFC 6979 nonces: the same transaction always gives the same bytes and hash. */
export function signTransaction(input: UnsignedTransaction & { wallet: BaseWallet }): SignedTransaction {
  const transaction = typedTransaction(input);
  transaction.signature = input.wallet.signingKey.sign(transaction.unsignedHash);
  return { raw: transaction.serialized, hash: transaction.hash! };
}

/** As it is signed: type 2 (EIP-1559). */
export function typedTransaction(input: UnsignedTransaction): Transaction {
  return Transaction.from({
    type: 2,
    chainId: input.chainId,
    nonce: input.nonce,
    to: input.to,
    data: input.data,
    value: input.value ?? 0n,
    gasLimit: input.gasLimit,
    maxFeePerGas: input.fees.maxFeePerGas,
    maxPriorityFeePerGas: input.fees.maxPriorityFeePerGas,
  });
}

/** A signer whose key is in this process. */
export function walletSigner(wallet: BaseWallet): TransactionSigner {
  return {
    address: wallet.address,
    sign: (transaction) => Promise.resolve(signTransaction({ ...transaction, wallet })),
  };
}

/**
 * Fees for a first attempt: twice the present base fee, which covers about six full blocks of rise, and the node's tip.
 * @throws SettlementError `fee_ceiling` when that is over `ceiling` (wei per gas)
 */
export async function suggestFees(chain: ChainPort, ceiling?: bigint): Promise<Fees> {
  const { baseFeePerGas, maxPriorityFeePerGas } = await chain.feeData();
  return underCeiling(
    { maxFeePerGas: 2n * baseFeePerGas + maxPriorityFeePerGas, maxPriorityFeePerGas },
    ceiling,
  );
}

/**
 * Fees for a replacement with the same nonce: both raised by `percent`, rounded up, and by one wei at least.
 * @param percent 10 or more
 * @param ceiling most that maxFeePerGas may become
 * @throws SettlementError `fee_bump_too_small`, `fee_ceiling`
 */
export function bumpFees(old: Fees, percent: number, ceiling?: bigint): Fees {
  if (!Number.isInteger(percent) || percent < MIN_BUMP_PERCENT)
    throw new SettlementError('fee_bump_too_small', `a replacement pays ${MIN_BUMP_PERCENT} % more`, {
      percent,
    });
  const raise = (fee: bigint): bigint => {
    const raised = (fee * BigInt(100 + percent) + 99n) / 100n;
    return raised > fee ? raised : fee + 1n;
  };
  return underCeiling(
    { maxFeePerGas: raise(old.maxFeePerGas), maxPriorityFeePerGas: raise(old.maxPriorityFeePerGas) },
    ceiling,
  );
}

function underCeiling(fees: Fees, ceiling: bigint | undefined): Fees {
  if (ceiling !== undefined && fees.maxFeePerGas > ceiling)
    throw new SettlementError('fee_ceiling', 'the fee would be over its ceiling', {
      maxFeePerGas: `${fees.maxFeePerGas}`,
      ceiling: `${ceiling}`,
    });
  return fees;
}
