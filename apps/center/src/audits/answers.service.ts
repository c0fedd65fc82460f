import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  type Answer,
  CroftError,
  contentHash,
  type Receipt,
  type SignedAnswer,
  type SignedReceipt,
  sign,
  verify,
} from '#libs/protocol';
import { NodesService } from '../nodes/nodes.service.js';
import { CenterKey } from '../platform/center-key.js';
import { Clock } from '../platform/clock.js';
import { PlotKinds } from '../platform/plot-kinds/plot-kinds.js';
import { PlotsService } from '../plots/plots.service.js';
import { Check, Round } from './audit.entity.js';
import { judge } from './judge.js';

/** Taking answers in: who signed, is it due, is it in time, does the proof hold; then a signed receipt. */
@Injectable()
export class AnswersService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly nodes: NodesService,
    private readonly plots: PlotsService,
    private readonly kinds: PlotKinds,
    private readonly clock: Clock,
    private readonly key: CenterKey,
  ) {}

  /**
   * Errors: bad_signature (not this node's key, or an answer written for another node), round_unknown, round_closed,
   * plot_unknown, not_due, not_in_custody, bad_request (another beacon), answer_repeated (with the first receipt).
   */
  async take(nodeId: string, { answer, signature }: SignedAnswer): Promise<SignedReceipt> {
    const receivedAt = this.clock.now();
    const node = await this.nodes.active(nodeId);
    if (answer.nodeId !== nodeId || !verify('croft/answer/1', answer, signature, node.publicKey)) {
      throw new CroftError('bad_signature');
    }
    await this.nodes.touch(nodeId);
    return this.database.transaction(async (manager) => {
      const round = await manager.findOneBy(Round, { id: answer.roundId });
      if (!round) throw new CroftError('round_unknown');
      if (round.closedAt || round.closesAt <= receivedAt) throw new CroftError('round_closed');
      if (answer.beacon !== round.beacon) throw new CroftError('bad_request', { problems: ['beacon'] });
      const plotRef = await this.plots.refOf(answer.plotId);
      if (!plotRef) throw new CroftError('plot_unknown');
      const check = await manager.findOne(Check, {
        where: { roundId: round.id, plotRef },
        lock: { mode: 'pessimistic_write' },
      });
      const keeper = check ?? (await this.plots.keeper(plotRef, manager));
      if (keeper?.nodeId !== nodeId) throw new CroftError('not_in_custody');
      if (!check) throw new CroftError('not_due');
      const receipt = {
        roundId: round.id,
        nodeId,
        plotId: answer.plotId,
        answerHash: contentHash('croft/answer/1', answer),
      };
      if (check.verdict && check.receivedAt) {
        throw new CroftError('answer_repeated', { first: this.earlier(receipt, check) });
      }
      // the round closed while this answer waited for the lock: its verdict stands
      if (check.verdict) throw new CroftError('round_closed');
      const plot = (await this.plots.byRefs([plotRef], manager)).get(plotRef)!;
      const judged = judge(answer, plot, this.kinds.of(plot.kind), round.beacon);
      const verdict = judged === 'proved' && receivedAt > round.deadlineAt ? 'late' : judged;
      const signed = this.signed({ ...receipt, receivedAt: receivedAt.getTime(), verdict });
      await manager.update(Check, check.id, {
        verdict,
        ...claims(answer, plot),
        subIndex: answer.subIndex,
        proof: answer.proof,
        answerSignature: signature,
        receivedAt,
        receiptSignature: signed.signature,
      });
      return signed;
    });
  }

  private signed(receipt: Receipt): SignedReceipt {
    return { receipt, signature: sign('croft/receipt/1', receipt, this.key.secretKey) };
  }

  /** The receipt of the first answer, for a node that lost it; only when it repeats that very answer. */
  private earlier(receipt: Omit<Receipt, 'receivedAt' | 'verdict'>, check: Check): SignedReceipt | null {
    const again = this.signed({
      ...receipt,
      receivedAt: check.receivedAt!.getTime(),
      verdict: check.verdict!,
    });
    return again.signature === check.receiptSignature ? again : null;
  }
}

/** What an answer says of its plot that is not so. */
const claims = ({ plotKind, k }: Answer, plot: { kind: string; k: number }) =>
  plotKind === plot.kind && k === plot.k ? {} : { claimedKind: plotKind, claimedK: k };
