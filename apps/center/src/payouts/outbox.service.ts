import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import {
  bumpFees,
  ChainError,
  type ChainPort,
  type ChainReceipt,
  type EncodedCall,
  type Fees,
  MAX_TRANSACTION_GAS,
  SettlementError,
  suggestFees,
  type TransactionSigner,
} from '#libs/settlement';
import { confirmedReceipt } from '../platform/chain.js';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { OutboxAttempt, type OutboxState, OutboxTransaction, type Purpose } from './outbox.entity.js';

/** A transaction that nobody mined for this long is sent again with a higher fee, same nonce. */
export const BUMP_AFTER_MS = 60_000;
const BUMP_PERCENT = 15;
/** Never offers more than this many times what a first attempt would offer now. */
const FEE_CEILING_FACTOR = 5n;

export interface Order {
  key: string;
  purpose: Purpose;
  rootId: string;
  chainId: number;
  signer: TransactionSigner;
  call: EncodedCall;
}

/** What became of an order. A receipt can still be undone until the state is `final`. */
export interface Sent {
  transaction: OutboxTransaction;
  receipt: ChainReceipt | null;
}

/**
 * Transactions that are sent at most once in effect: row and signed bytes are stored before the first broadcast, and
 * every re-send uses the same nonce, so at most one of its forms can ever be mined.
 */
@Injectable()
export class OutboxService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly chains: Chains,
  ) {}

  /** Sends an order, or sees after it when it was sent before. Rejects with a ChainError when it would revert. */
  async carryOut(order: Order): Promise<Sent> {
    const known = await this.live(order.key);
    if (known) return this.follow(known, order.signer);
    const from = order.signer.address;
    const { port } = this.chains.get(order.chainId);
    const estimate = await port.estimateGas({ ...order.call, from });
    const gasLimit = min((estimate * 12n) / 10n, MAX_TRANSACTION_GAS);
    return { transaction: await this.send(order, gasLimit), receipt: null };
  }

  /** Stores and sends an order. @param nonce one that was passed over; else the next one */
  async send(order: Order, gasLimit: bigint, nonce?: number): Promise<OutboxTransaction> {
    const fees = await suggestFees(this.chains.get(order.chainId).port);
    const transaction = await this.store(order, gasLimit, fees, nonce);
    await this.broadcast(transaction, transaction.attempts[0]!);
    return transaction;
  }

  /** The order's transaction when it was sent and not undone, or null. */
  live(key: string): Promise<OutboxTransaction | null> {
    return this.database.getRepository(OutboxTransaction).findOne({
      where: { key, state: In(['waiting', 'final'] satisfies OutboxState[]) },
      relations: { attempts: true },
    });
  }

  ofRoot(rootId: string): Promise<OutboxTransaction[]> {
    return this.database
      .getRepository(OutboxTransaction)
      .find({ where: { rootId }, relations: { attempts: true }, order: { createdAt: 'ASC' } });
  }

  /** Final pushes of a root that are not in the ledger yet. */
  unbooked(rootId: string): Promise<OutboxTransaction[]> {
    return this.database.getRepository(OutboxTransaction).find({
      where: { rootId, purpose: 'push', state: 'final', booked: false },
      relations: { attempts: true },
    });
  }

  /** How many pushes of a root are in the ledger, by what their keys begin with. */
  async bookedPushes(rootId: string): Promise<(key: string) => number> {
    const rows = await this.database
      .getRepository(OutboxTransaction)
      .find({ where: { rootId, purpose: 'push', booked: true }, select: { id: true, key: true } });
    return (key) => rows.filter((row) => row.key === key || row.key.startsWith(`${key}:`)).length;
  }

  /** Whether a push of the root is under way. */
  anyPushWaiting(rootId: string): Promise<boolean> {
    return this.database
      .getRepository(OutboxTransaction)
      .existsBy({ rootId, purpose: 'push', state: 'waiting' });
  }

  /** Sees after everything that is sent and not final yet, also what no root waits for any more. */
  async followAll(signers: readonly TransactionSigner[]): Promise<void> {
    const waiting = await this.database.getRepository(OutboxTransaction).find({
      where: { state: 'waiting' },
      relations: { attempts: true },
      order: { nonce: 'ASC' },
      take: 100,
    });
    const follow = async (transaction: OutboxTransaction) => {
      const signer = signers.find(({ address }) => address === transaction.sender);
      if (signer) await this.follow(transaction, signer);
    };
    await forEach(waiting, follow);
  }

  /** Sees whether a sent transaction is mined or final; sends it again when the chain does not know it. */
  async follow(transaction: OutboxTransaction, signer: TransactionSigner): Promise<Sent> {
    const receipt = await this.receiptOf(transaction);
    if (receipt) return this.settle(transaction, receipt);
    if (transaction.state !== 'waiting' && !(await this.reopen(transaction)))
      return { transaction, receipt: null };
    const { chainId, sender } = transaction;
    const final = await this.chains.finalBlock(chainId);
    if ((await this.portOf(transaction).getTransactionCount(sender, final)) > transaction.nonce) {
      return this.end(transaction, 'replaced', null);
    }
    await this.resend(transaction, signer);
    return { transaction, receipt: null };
  }

  /** A push taken for final that is gone after all, its nonce unused and nothing booked, is sent again. */
  private async reopen(transaction: OutboxTransaction): Promise<boolean> {
    const { id, sender, nonce, key, purpose, state, booked } = transaction;
    if (purpose !== 'push' || state !== 'final' || booked) return false;
    if ((await this.portOf(transaction).getTransactionCount(sender, 'latest')) > nonce) return false;
    this.log.error('a final transaction is gone; it is sent again', { key, nonce });
    await this.database.getRepository(OutboxTransaction).update(id, { state: 'waiting' });
    transaction.state = 'waiting';
    return true;
  }

  private portOf({ chainId }: OutboxTransaction): ChainPort {
    return this.chains.get(chainId).port;
  }

  private async receiptOf(transaction: OutboxTransaction): Promise<ChainReceipt | null> {
    for (const { hash } of transaction.attempts) {
      const receipt = await confirmedReceipt(this.portOf(transaction), hash);
      if (receipt) return receipt;
    }
    return null;
  }

  private async settle(transaction: OutboxTransaction, receipt: ChainReceipt): Promise<Sent> {
    const isFinal = receipt.blockNumber <= (await this.chains.finalBlock(transaction.chainId));
    if (!isFinal || transaction.state !== 'waiting') return { transaction, receipt };
    return this.end(transaction, receipt.status === 'success' ? 'final' : 'reverted', receipt);
  }

  private async end(
    transaction: OutboxTransaction,
    state: OutboxState,
    receipt: ChainReceipt | null,
  ): Promise<Sent> {
    const gasUsed = receipt?.gasUsed ?? null;
    await this.database.getRepository(OutboxTransaction).update(transaction.id, { state, gasUsed });
    if (state !== 'final')
      this.log.warn(`transaction ${state}`, { key: transaction.key, nonce: transaction.nonce });
    transaction.state = state;
    return { transaction, receipt };
  }

  private async resend(transaction: OutboxTransaction, signer: TransactionSigner) {
    const attempts = [...transaction.attempts].sort((a, b) => a.signedAt.getTime() - b.signedAt.getTime());
    const newest = attempts.at(-1)!;
    const waitedMs = this.clock.now().getTime() - newest.signedAt.getTime();
    if (waitedMs < BUMP_AFTER_MS) return this.broadcast(transaction, newest);
    const fees = await this.raised(transaction, newest);
    if (!fees) return this.broadcast(transaction, newest);
    const attempt = await this.sign(this.database.manager, transaction, signer, fees);
    transaction.attempts.push(attempt);
    await this.broadcast(transaction, attempt);
  }

  /** Fees of a replacement; null at the ceiling, where the transaction waits for calmer times as it is. */
  private async raised(transaction: OutboxTransaction, newest: Fees): Promise<Fees | null> {
    const ceiling = FEE_CEILING_FACTOR * (await suggestFees(this.portOf(transaction))).maxFeePerGas;
    try {
      return bumpFees(newest, BUMP_PERCENT, ceiling);
    } catch (error) {
      if (!(error instanceof SettlementError) || error.code !== 'fee_ceiling') throw error;
      return null;
    }
  }

  private store(order: Order, gasLimit: bigint, fees: Fees, nonce?: number): Promise<OutboxTransaction> {
    const { key, purpose, rootId, chainId, signer, call } = order;
    const sender = signer.address;
    return this.database.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [`${chainId}:${sender}`]);
      const transaction = await manager.save(
        manager.create(OutboxTransaction, {
          key,
          purpose,
          rootId,
          chainId,
          sender,
          gasLimit,
          to: call.to,
          data: call.data,
          nonce: nonce ?? (await this.nextNonce(manager, chainId, sender)),
          createdAt: this.clock.now(),
        }),
      );
      transaction.attempts = [await this.sign(manager, transaction, signer, fees)];
      return transaction;
    });
  }

  private async nextNonce(manager: EntityManager, chainId: number, sender: string): Promise<number> {
    const highest = await manager.maximum(OutboxTransaction, 'nonce', { chainId, sender });
    const { port } = this.chains.get(chainId);
    return Math.max(await port.getTransactionCount(sender, 'latest'), (highest ?? -1) + 1);
  }

  private async sign(
    manager: EntityManager,
    transaction: OutboxTransaction,
    signer: TransactionSigner,
    fees: Fees,
  ): Promise<OutboxAttempt> {
    const { chainId, nonce, to, data, gasLimit, id } = transaction;
    const { raw, hash } = await signer.sign({ chainId, nonce, to, data, gasLimit, fees });
    const { maxFeePerGas, maxPriorityFeePerGas } = fees;
    return manager.save(
      manager.create(OutboxAttempt, {
        transactionId: id,
        hash,
        raw,
        maxFeePerGas,
        maxPriorityFeePerGas,
        signedAt: this.clock.now(),
      }),
    );
  }

  /** Hands it to the chain; that the chain has it already, or a later form of it, is no error. */
  async broadcast(transaction: OutboxTransaction, attempt: OutboxAttempt) {
    try {
      await this.portOf(transaction).broadcast(attempt.raw);
    } catch (error) {
      const harmless = ['already_known', 'nonce_used', 'replacement_underpriced', 'chain_unreachable'];
      if (!(error instanceof ChainError) || !harmless.includes(error.code)) throw error;
      this.log.debug('broadcast', { hash: attempt.hash, code: error.code });
    }
  }
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
