import { getAddress } from 'ethers';
import type { EncodedCall } from '../campaign-calls.js';
import type { BlockTag, ChainPort, ChainReceipt } from '../chain.js';
import { chequebookFactoryInterface, chequebookInterface } from '../contract-interfaces.js';
import { readContract } from '../contract-read.js';
import { ChequeError } from './errors.js';
import type { SignedCheque } from './signed-cheque.js';

/** A chequebook at one block. Amounts in base units. */
export interface ChequebookState {
  /** EIP-55. */
  readonly issuer: string;
  readonly token: string;
  readonly balance: bigint;
  /** What no hard deposit binds. */
  readonly liquidBalance: bigint;
  readonly totalPaidOut: bigint;
  /** Whether a cheque ever asked for more than there was. */
  readonly bounced: boolean;
}

/** First topic of the event with which a chequebook says that it paid. */
export const CHEQUE_CASHED_TOPIC: string = chequebookInterface.getEvent('ChequeCashed')!.topicHash;

/** One cheque that was cashed, as the chequebook's event tells. */
export interface CashedCheque {
  /** Place in its block. */
  readonly logIndex: number;
  readonly beneficiary: string;
  readonly recipient: string;
  readonly caller: string;
  /** What left the chequebook, of which `callerPayout` went to the caller. */
  readonly totalPayout: bigint;
  readonly cumulativePayout: bigint;
  readonly callerPayout: bigint;
}

/** Reads and calls of one Chequebook, ours or one of Swarm's. All reads reject with a ChainError. */
export class ChequebookContract {
  constructor(
    private readonly chain: ChainPort,
    readonly address: string,
  ) {}

  async state(tag: BlockTag = 'latest'): Promise<ChequebookState> {
    const [issuer, token, balance, liquidBalance, totalPaidOut, bounced] = await Promise.all([
      this.read<string>('issuer', [], tag),
      this.read<string>('token', [], tag),
      this.read<bigint>('balance', [], tag),
      this.read<bigint>('liquidBalance', [], tag),
      this.read<bigint>('totalPaidOut', [], tag),
      this.read<boolean>('bounced', [], tag),
    ]);
    return { issuer, token, balance, liquidBalance, totalPaidOut, bounced };
  }

  /** Base units that the beneficiary has taken. */
  paidOut(beneficiary: string, tag: BlockTag = 'latest'): Promise<bigint> {
    return this.read('paidOut', [beneficiary], tag);
  }

  /** Base units from which this beneficiary could be paid. */
  liquidBalanceFor(beneficiary: string, tag: BlockTag = 'latest'): Promise<bigint> {
    return this.read('liquidBalanceFor', [beneficiary], tag);
  }

  /** Whether `factory` made this chequebook, so that its code need not be read. */
  async madeBy(factory: string, tag: BlockTag = 'latest'): Promise<boolean> {
    const args = [this.address];
    const [made] = await readContract(
      this.chain,
      chequebookFactoryInterface,
      factory,
      'deployedContracts',
      args,
      tag,
    );
    return made as boolean;
  }

  /** The call with which the beneficiary itself cashes a cheque. @param recipient who receives the tokens */
  cashCall(cheque: SignedCheque, recipient: string): EncodedCall {
    const args = [recipient, cheque.cumulativePayout, cheque.signature];
    return { to: this.address, data: chequebookInterface.encodeFunctionData('cashChequeBeneficiary', args) };
  }

  /** The cheques that this chequebook paid in a transaction, in order. */
  cashedIn(receipt: ChainReceipt): CashedCheque[] {
    if (receipt.status !== 'success') return [];
    const own = receipt.logs.filter(({ address }) => getAddress(address) === getAddress(this.address));
    return own.flatMap(({ topics, data, logIndex }) => {
      const event = chequebookInterface.parseLog({ topics: [...topics], data });
      if (event?.name !== 'ChequeCashed') return [];
      const [beneficiary, recipient, caller, totalPayout, cumulativePayout, callerPayout] = event.args;
      return [{ logIndex, beneficiary, recipient, caller, totalPayout, cumulativePayout, callerPayout }];
    });
  }

  private async read<T>(name: string, args: readonly unknown[], tag: BlockTag): Promise<T> {
    const [value] = await readContract(this.chain, chequebookInterface, this.address, name, args, tag);
    return value as T;
  }
}

/** What cashing a cheque would bring now. Base units. */
export interface CashablePayout {
  /** Beyond what was cashed before. */
  readonly due: bigint;
  /** What the chequebook would pay: less than `due` when it lacks balance, and the cheque would bounce. */
  readonly payout: bigint;
  /** Whether any cheque of this chequebook has bounced before. */
  readonly bounced: boolean;
}

/**
 * Looks at the chain before a cheque is cashed or trusted.
 * @param factory when given, the chequebook must be one of its own
 * @throws ChequeError `chequebook_differs`, `chequebook_unknown`, `cheque_nothing_due`; ChainError
 */
export async function inspectCheque(
  chain: ChainPort,
  cheque: SignedCheque,
  factory?: string,
): Promise<CashablePayout> {
  const chequebook = new ChequebookContract(chain, cheque.chequebook);
  if (factory && !(await chequebook.madeBy(factory)))
    throw new ChequeError('chequebook_unknown', `${factory} did not make ${cheque.chequebook}`);
  const [state, paidOut, available] = await Promise.all([
    chequebook.state(),
    chequebook.paidOut(cheque.beneficiary),
    chequebook.liquidBalanceFor(cheque.beneficiary),
  ]);
  if (state.issuer !== cheque.issuer || state.token !== cheque.token)
    throw new ChequeError('chequebook_differs', 'the chequebook has another issuer or token', {
      issuer: state.issuer,
      token: state.token,
    });
  const due = cheque.cumulativePayout - paidOut;
  if (due <= 0n) throw new ChequeError('cheque_nothing_due', 'this cheque was cashed');
  return { due, payout: due < available ? due : available, bounced: state.bounced };
}
