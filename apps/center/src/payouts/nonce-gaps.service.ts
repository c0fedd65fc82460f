import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { TransactionSigner } from '#libs/settlement';
import { Chains } from '../platform/chains.js';
import { Clock } from '../platform/clock.js';
import { forEach } from '../platform/for-each.js';
import { Log } from '../platform/log.js';
import { OutboxTransaction } from './outbox.entity.js';
import { BUMP_AFTER_MS, OutboxService } from './outbox.service.js';

/** Nonces filled in one run: a node that tells a count too low costs no more than this. */
const GAPS_AT_ONCE = 8;
const TRANSFER_GAS = 21_000n;

/**
 * Nonces below everything that waits which nobody has used (another program's transaction was lost in a
 * reorganisation, or a node told a nonce too high): nothing behind them can be mined, so they are used up.
 */
@Injectable()
export class NonceGaps {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly chains: Chains,
  ) {}

  async closeAll(signers: readonly TransactionSigner[]): Promise<void> {
    const keys = this.chains.all.flatMap(({ id }) => signers.map((signer) => ({ id, signer })));
    await forEach(keys, ({ id, signer }) => this.close(id, signer));
  }

  /** A form of ours that was given up for the nonce is sent again; where there is none, nothing is sent to the sender itself. */
  private async close(chainId: number, signer: TransactionSigner): Promise<void> {
    const rows = this.database.getRepository(OutboxTransaction);
    const sender = signer.address;
    const [lowest] = await rows.find({
      where: { chainId, sender, state: 'waiting' },
      order: { nonce: 'ASC' },
      take: 1,
    });
    if (!lowest || this.clock.now().getTime() - lowest.createdAt.getTime() < BUMP_AFTER_MS) return;
    const next = await this.chains.get(chainId).port.getTransactionCount(sender, 'latest');
    for (let nonce = next; nonce < Math.min(lowest.nonce, next + GAPS_AT_ONCE); nonce++) {
      const known = await rows.findOne({ where: { chainId, sender, nonce }, relations: { attempts: true } });
      if (known) for (const attempt of known.attempts) await this.outbox.broadcast(known, attempt);
      else await this.fill(signer, lowest, nonce);
    }
  }

  private async fill(signer: TransactionSigner, behind: OutboxTransaction, nonce: number): Promise<void> {
    const { rootId, chainId, sender } = behind;
    this.log.warn('a nonce nobody used is filled', { sender, nonce });
    const key = `fill:${chainId}:${sender}:${nonce}`;
    const call = { to: sender, data: '0x' };
    await this.outbox.send({ key, purpose: 'fill', rootId, chainId, signer, call }, TRANSFER_GAS, nonce);
  }
}
