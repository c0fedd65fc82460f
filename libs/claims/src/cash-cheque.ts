import { hexToBytes } from '#libs/protocol';
import { isChequeOf } from '#libs/swarm';
import { AbiReader, addressWord, bytesWords, selectorOf, wordOf } from './abi.js';
import type { ChainReader } from './chain-reader.js';

/** A cheque as its file has it. */
export interface ChequeText {
  chainId: number;
  /** Addresses 0x and 40 hex digits. */
  chequebook: string;
  token: string;
  issuer: string;
  beneficiary: string;
  /** Base units, decimal. */
  cumulativePayout: string;
  /** 65 bytes, 0x hex. */
  signature: string;
}

/** What cashing would bring now; base units. */
export interface CashableCheque {
  /** Beyond what was cashed before. */
  due: bigint;
  /** What the chequebook would pay: less than `due` when it lacks money, and the cheque bounces. */
  payout: bigint;
  /** Whether a cheque of this chequebook ever could not be paid in full. */
  bounced: boolean;
  /** What to send to the contract, as the beneficiary. */
  to: string;
  data: string;
}

/** Why a cheque is not cashed. Codes are stable. */
export type CashErrorCode =
  /** It is no cheque, or its issuer did not sign it. */
  | 'cheque_not_signed'
  /** The chequebook on the chain has another issuer or token than the cheque says. */
  | 'chequebook_differs'
  /** There is no chequebook at this address, or it answers otherwise than one. */
  | 'chequebook_unreadable'
  | 'wrong_chain'
  /** All that it says was cashed. */
  | 'nothing_due';

export class CashError extends Error {
  constructor(
    readonly code: CashErrorCode,
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.name = 'CashError';
  }
}

/**
 * Looks at the chain before a cheque is cashed: signature, issuer and token must be those of the chequebook.
 * @throws CashError; whatever the reader throws
 */
export async function planCashing(cheque: ChequeText, chain: ChainReader): Promise<CashableCheque> {
  if (!isSigned(cheque)) throw new CashError('cheque_not_signed', { issuer: cheque.issuer });
  const chainId = await chain.chainId();
  if (chainId !== cheque.chainId) throw new CashError('wrong_chain', { chainId, wanted: cheque.chainId });
  const { chequebook, beneficiary } = cheque;
  const read = (signature: string, ...words: string[]) =>
    word(chain, chequebook, `${selectorOf(signature)}${words.join('')}`);
  const [issuer, token, paidOut, available, bounced] = await Promise.all([
    read('issuer()'),
    read('token()'),
    read('paidOut(address)', addressWord(beneficiary)),
    read('liquidBalanceFor(address)', addressWord(beneficiary)),
    read('bounced()'),
  ]);
  if (issuer !== BigInt(cheque.issuer) || token !== BigInt(cheque.token))
    throw new CashError('chequebook_differs', { chequebook });
  const due = BigInt(cheque.cumulativePayout) - paidOut;
  if (due <= 0n) throw new CashError('nothing_due', { paidOut: `${paidOut}` });
  const payout = due < available ? due : available;
  return { due, payout, bounced: bounced !== 0n, to: chequebook, data: cashCall(cheque, beneficiary) };
}

/** Calldata of `cashChequeBeneficiary` (contracts/IChequebook.sol). @param recipient who receives the tokens */
export function cashCall({ cumulativePayout, signature }: ChequeText, recipient: string): string {
  return [
    selectorOf('cashChequeBeneficiary(address,uint256,bytes)'),
    addressWord(recipient),
    wordOf(BigInt(cumulativePayout)),
    wordOf(3 * 32),
    bytesWords(hexToBytes(signature.slice(2))),
  ].join('');
}

function isSigned({
  chainId,
  chequebook,
  issuer,
  beneficiary,
  cumulativePayout,
  signature,
}: ChequeText): boolean {
  const bytes = (hex: string) => hexToBytes(hex.slice(2).toLowerCase());
  try {
    const cheque = {
      chequebook: bytes(chequebook),
      beneficiary: bytes(beneficiary),
      cumulativePayout: BigInt(cumulativePayout),
    };
    return isChequeOf(bytes(issuer), cheque, BigInt(chainId), bytes(signature));
  } catch {
    // no hex, no number, or not of the right length: nobody signed that
    return false;
  }
}

async function word(chain: ChainReader, contract: string, data: string): Promise<bigint> {
  const answer = await chain.call(contract, data);
  const value = answer.length === 66 ? (AbiReader.of(answer)?.number(0) ?? null) : null;
  if (value === null) throw new CashError('chequebook_unreadable', { contract });
  return value;
}
