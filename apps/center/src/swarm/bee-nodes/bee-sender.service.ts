import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull } from 'typeorm';
import { type BeeSampled, bytesToHex, CroftError } from '#libs/protocol';
import { Clock } from '../../platform/clock.js';
import { CENTER_CONFIG, type CenterConfig } from '../../platform/config.js';
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
    @Inject(CENTER_CONFIG) private readonly config: CenterConfig,
  ) {}

  /** Asks a node for what its open check still waits for; nothing when there is none. Again at every connection. */
  async ask(nodeId: string): Promise<void> {
    const check = await this.database.getRepository(BeeCheck).findOneBy({ nodeId, verdict: IsNull() });
    if (!check || check.fault !== null || check.answer !== null) return;
    const { challengeId, overlay, commitment, anchor2, until } = check;
    const withinMs = until.getTime() - this.clock.now().getTime();
    if (withinMs <= 0) return;
    const { depth, anchor1 } = await this.database
      .getRepository(BeeChallenge)
      .findOneByOrFail({ id: challengeId });
    this.sockets.send(nodeId, 'bee:sample', {
      checkId: check.id,
      step: commitment === null ? 'commit' : 'open',
      overlay,
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

  /**
   * What nodes were asked of a Bee node and have not answered is over, as if their time had passed: no better than silence,
   * so that nobody unlinks for the sake of a question, and its neighbours need not wait.
   */
  async callOff(nodeIds: string[], overlay: string): Promise<void> {
    const checks = this.database.getRepository(BeeCheck);
    const unanswered = { nodeId: In(nodeIds), overlay, verdict: IsNull(), answer: IsNull() };
    for (const check of await checks.findBy(unanswered)) {
      await checks.update({ ...unanswered, id: check.id }, { until: this.clock.now() });
      this.cancel(check);
    }
  }

  /**
   * Takes in what a node sends, once; a commitment is answered by the anchor that says what to open, drawn only now. Errors:
   * bee_check_closed when nothing of the kind is waited for.
   */
  async take(nodeId: string, sampled: BeeSampled): Promise<void> {
    const { checkId, step } = sampled;
    const commits = !('fault' in sampled) && sampled.step === 'commit';
    const { affected } = await this.database
      .createQueryBuilder()
      .update(BeeCheck)
      .set(this.takenIn(sampled))
      .where(
        `id = :checkId AND "nodeId" = :nodeId AND verdict IS NULL AND fault IS NULL AND until > :now
         AND answer IS NULL AND (commitment IS NULL) = :isFirst`,
        { checkId, nodeId, now: this.clock.now(), isFirst: step === 'commit' },
      )
      .execute();
    if (!affected) throw new CroftError('bee_check_closed');
    if (commits) await this.ask(nodeId);
  }

  /** So long a node has for a sample from now. */
  deadline(): Date {
    return new Date(this.clock.now().getTime() + this.config.BEE_SAMPLE_SECONDS * 1000);
  }

  private takenIn(sampled: BeeSampled): Partial<BeeCheck> {
    if ('fault' in sampled) return { fault: sampled.fault };
    if (sampled.step === 'open') return { answer: sampled.answer };
    const { hash: commitment, seconds } = sampled;
    return { commitment, seconds, anchor2: bytesToHex(this.entropy.bytes(32)), until: this.deadline() };
  }
}
