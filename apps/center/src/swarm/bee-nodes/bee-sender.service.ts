import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull } from 'typeorm';
import { type BeeSampled, bytesToHex, CroftError } from '#libs/protocol';
import { Clock } from '../../platform/clock.js';
import { Entropy } from '../../platform/entropy.js';
import { NodeSockets } from '../../platform/sockets/node-sockets.js';
import { BeeChallenge, BeeCheck } from './bee-check.entity.js';

/** What goes to nodes about their Bee nodes, and what comes back. What is under way lies in the database. */
@Injectable()
export class BeeSender {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sockets: NodeSockets,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  /** Asks a node for what its open check still waits for; nothing when there is none. Again at every connection. */
  async ask(nodeId: string): Promise<void> {
    const check = await this.database.getRepository(BeeCheck).findOneBy({ nodeId, verdict: IsNull() });
    const challenge =
      check && (await this.database.getRepository(BeeChallenge).findOneBy({ id: check.challengeId }));
    if (!challenge || check.fault !== null) return;
    const { state, depth, anchor1, anchor2, until } = challenge;
    const withinMs = until.getTime() - this.clock.now().getTime();
    const waits = state === 'committing' ? check.commitment === null : check.answer === null;
    if (!waits || state === 'closed' || withinMs <= 0) return;
    this.sockets.send(nodeId, 'bee:sample', {
      checkId: check.id,
      step: state === 'committing' ? 'commit' : 'open',
      overlay: check.overlay,
      depth,
      anchor1,
      // what is opened to commit is looked at by nobody
      anchor2: anchor2 ?? bytesToHex(this.entropy.bytes(32)),
      withinMs,
    });
  }

  cancel({ nodeId, id }: BeeCheck): void {
    this.sockets.send(nodeId, 'bee:cancel', { checkId: id });
  }

  /** Takes in what a node sends, once. Errors: bee_check_closed when nothing of the kind is waited for. */
  async take(nodeId: string, sampled: BeeSampled): Promise<void> {
    const { checkId, step } = sampled;
    const wanted = step === 'commit' ? 'commitment' : 'answer';
    const got =
      'fault' in sampled
        ? { fault: sampled.fault }
        : sampled.step === 'commit'
          ? { commitment: sampled.hash, seconds: sampled.seconds }
          : { answer: sampled.answer };
    const state = step === 'commit' ? 'committing' : 'opening';
    const { affected } = await this.database
      .createQueryBuilder()
      .update(BeeCheck)
      .set(got)
      .where(
        `id = :checkId AND "nodeId" = :nodeId AND verdict IS NULL AND fault IS NULL AND "${wanted}" IS NULL
         AND EXISTS (SELECT 1 FROM bee_challenges c WHERE c.id = "challengeId" AND c.state = :state)`,
        { checkId, nodeId, state },
      )
      .execute();
    if (!affected) throw new CroftError('bee_check_closed');
  }
}
