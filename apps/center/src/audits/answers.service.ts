import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Any, DataSource, type EntityManager } from 'typeorm';
import { nativeHash, nativeSign, nativeVerify } from '#libs/native-signing';
import { type Answer, CroftError, type Receipt, type SignedAnswer, type SignedReceipt } from '#libs/protocol';
import { NodesService } from '../nodes/nodes.service.js';
import { Batch } from '../platform/batch.js';
import { CenterKey } from '../platform/center-key.js';
import { Clock } from '../platform/clock.js';
import { PlotKinds } from '../platform/plot-kinds/plot-kinds.js';
import type { Custody, Plot } from '../plots/plot.entity.js';
import { PlotsService } from '../plots/plots.service.js';
import { Round } from './audit.entity.js';
import { type Asked, checkKey, lockedChecks, type Settled, settleChecks } from './check-book.js';
import { judge } from './judge.js';

/** An answer on its way in. */
interface Incoming {
  nodeId: string;
  signed: SignedAnswer;
  receivedAt: Date;
}

/** What the database knows of the answers of one batch. */
interface Known {
  rounds: Map<string, Round>;
  plots: Map<string, Plot>;
  checks: Map<string, Asked>;
  keepers: Map<string, Custody>;
}

/**
 * Taking answers in: who signed, is it due, is it in time, does the proof hold; then a signed receipt. Answers that
 * come together are settled together, in one transaction.
 */
@Injectable()
export class AnswersService {
  // two: while one waits for the database, the other checks signatures and proofs
  private readonly batch = new Batch((answers: Incoming[]) => this.settle(answers), { lanes: 2 });

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly nodes: NodesService,
    private readonly plots: PlotsService,
    private readonly kinds: PlotKinds,
    private readonly clock: Clock,
    private readonly key: CenterKey,
  ) {}

  /**
   * Errors: node_unknown, node_revoked, bad_signature (not this node's key, or an answer written for another node),
   * round_unknown, round_closed, plot_unknown, not_due, not_in_custody, bad_request (another beacon), answer_repeated
   * (with the first receipt).
   */
  take(nodeId: string, signed: SignedAnswer): Promise<SignedReceipt> {
    return this.batch.add({ nodeId, signed, receivedAt: this.clock.now() });
  }

  private async settle(answers: Incoming[]): Promise<(SignedReceipt | Error)[]> {
    const nodes = await this.nodes.byIds(answers.map(({ nodeId }) => nodeId));
    const refusals = answers.map(({ nodeId, signed: { answer, signature } }) => {
      const node = nodes.get(nodeId);
      if (!node) return new CroftError('node_unknown');
      if (node.state !== 'active') return new CroftError('node_revoked');
      const own =
        answer.nodeId === nodeId && nativeVerify('croft/answer/1', answer, signature, node.publicKey);
      return own ? null : new CroftError('bad_signature');
    });
    const genuine = answers.filter((_, i) => refusals[i] === null);
    const outcomes = await this.database.transaction((manager) => this.judgeAll(manager, genuine));
    return refusals.map((refusal) => refusal ?? outcomes.shift()!);
  }

  private async judgeAll(manager: EntityManager, answers: Incoming[]): Promise<(SignedReceipt | Error)[]> {
    const known = await this.look(manager, answers);
    const settled: Settled[] = [];
    const outcomes = answers.map((incoming) => {
      try {
        const { receipt, check } = this.judgeOne(incoming, known);
        settled.push(check);
        return receipt;
      } catch (error) {
        if (error instanceof CroftError) return error;
        throw error;
      }
    });
    await settleChecks(manager, settled);
    return outcomes;
  }

  private async look(manager: EntityManager, answers: Incoming[]): Promise<Known> {
    // rounds are held open until this is written: closing one waits, and answers that come after it find it closed
    const rounds = await manager.find(Round, {
      where: { id: Any([...new Set(answers.map(({ signed }) => signed.answer.roundId))]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
    const plots = await this.plots.byPlotIds(
      answers.map(({ signed }) => signed.answer.plotId),
      manager,
    );
    const duties = answers.flatMap(({ signed: { answer } }) => {
      const plot = plots.get(answer.plotId);
      return plot ? [{ roundId: answer.roundId, plotRef: plot.id }] : [];
    });
    const checks = await lockedChecks(manager, duties);
    const notAsked = duties.filter((duty) => !checks.has(checkKey(duty.roundId, duty.plotRef)));
    const keepers = await this.plots.keepers(
      notAsked.map((duty) => duty.plotRef),
      manager,
    );
    return { rounds: new Map(rounds.map((round) => [round.id, round])), plots, checks, keepers };
  }

  /** The check it settles is marked as settled at once: the same answer may be there twice. */
  private judgeOne({ nodeId, signed: { answer, signature }, receivedAt }: Incoming, known: Known) {
    const round = known.rounds.get(answer.roundId);
    if (!round) throw new CroftError('round_unknown');
    if (round.closedAt || round.closesAt <= receivedAt) throw new CroftError('round_closed');
    if (answer.beacon !== round.beacon) throw new CroftError('bad_request', { problems: ['beacon'] });
    const plot = known.plots.get(answer.plotId);
    if (!plot) throw new CroftError('plot_unknown');
    const check = known.checks.get(checkKey(round.id, plot.id));
    const keeper = check ?? known.keepers.get(plot.id);
    if (keeper?.nodeId !== nodeId) throw new CroftError('not_in_custody');
    if (!check) throw new CroftError('not_due');
    const about = {
      roundId: round.id,
      nodeId,
      plotId: answer.plotId,
      answerHash: nativeHash('croft/answer/1', answer).toString('hex'),
    };
    if (check.verdict) throw new CroftError('answer_repeated', { first: this.earlier(about, check) });
    const judged = judge(answer, plot, this.kinds.of(plot.kind), round.beacon);
    const verdict = judged === 'proved' && receivedAt > round.deadlineAt ? 'late' : judged;
    const receipt = this.signed({ ...about, receivedAt: receivedAt.getTime(), verdict });
    Object.assign(check, { verdict, receivedAt, receiptSignature: receipt.signature });
    const { subIndex, proof } = answer;
    const settled: Settled = {
      id: check.id,
      verdict,
      ...claims(answer, plot),
      subIndex,
      proof,
      answerSignature: signature,
      receivedAt,
      receiptSignature: receipt.signature,
    };
    return { receipt, check: settled };
  }

  private signed(receipt: Receipt): SignedReceipt {
    return { receipt, signature: nativeSign('croft/receipt/1', receipt, this.key.secretKey) };
  }

  /** The receipt of the first answer, for a node that lost it; only when it repeats that very answer. */
  private earlier(about: Omit<Receipt, 'receivedAt' | 'verdict'>, check: Asked): SignedReceipt | null {
    const again = this.signed({
      ...about,
      receivedAt: check.receivedAt!.getTime(),
      verdict: check.verdict!,
    });
    return again.signature === check.receiptSignature ? again : null;
  }
}

/** What an answer says of its plot that is not so. */
const claims = ({ plotKind, k }: Answer, plot: { kind: string; k: number }) => {
  const right = plotKind === plot.kind && k === plot.k;
  return { claimedKind: right ? null : plotKind, claimedK: right ? null : k };
};
