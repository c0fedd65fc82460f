import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Answer,
  CroftError,
  hexToBytes,
  isDue,
  lotOf,
  type RoundMessage,
  type SignedAnswer,
  type SignedReceipt,
  sign,
} from '#libs/protocol';
import { codeOf, textOf } from '../client-error.js';
import { Places } from '../concurrency.js';
import type { Log } from '../log.js';
import { patientWalk } from '../plots/patient-walk.js';
import type { PlotFile, PlotFolder } from '../plots/plot-folder.js';
import { walkPlot } from '../plots/prove.js';
import type { PairedNode } from '../state/node-state.js';
import { isReceiptFor, type ReceiptJournal, signedReceipt } from '../state/receipt-journal.js';
import type { Custody } from './custody.js';
import { isPassing, type Session } from './session.js';

/**
 * Plots of one disk looked up at once: each costs some hundred random reads at worst. Their reads take turns (see
 * DiskLane), and a disk that is slow keeps only its own plots waiting.
 */
const PLOTS_AT_ONCE = 4;
/** How long a closed round is remembered, so that a repeated message does not answer twice. */
const REMEMBER_MS = 60_000;

interface Open {
  deadline: AbortController;
  timer: NodeJS.Timeout;
  answered: Set<string>;
  running: boolean;
}

export interface RoundsOptions {
  node: PairedNode;
  folder: PlotFolder;
  custody: Custody;
  session: Session;
  journal: ReceiptJournal;
  log: Log;
  changed: () => void;
}

/** Answers rounds: finds out which plots are due, walks them, signs, sends, keeps the receipts. */
export class Rounds {
  private readonly open = new Map<string, Open>();
  private readonly disks = new Map<string, Places>();

  constructor(private readonly its: RoundsOptions) {}

  /** Takes a round message in; the same round again only continues what is unanswered. */
  async begin(message: RoundMessage): Promise<void> {
    const round = this.remember(message);
    if (round.running) return;
    round.running = true;
    const { signal } = round.deadline;
    try {
      // the keep list is complete only when the session is open
      if (message.only === null) await this.its.session.ready(signal);
      const due = this.due(message).filter(({ plotId }) => !round.answered.has(plotId));
      if (due.length > 0) this.its.log.say('round_due', { index: message.index, due: due.length });
      await Promise.all(
        due.map((plot) => this.placesOf(plot).run(() => this.answerPlot(message, plot, round))),
      );
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      round.running = false;
    }
  }

  /** Gives all rounds up. */
  stop(): void {
    for (const { deadline, timer } of this.open.values()) {
      clearTimeout(timer);
      deadline.abort();
    }
  }

  private placesOf({ disk }: PlotFile): Places {
    const places = this.disks.get(disk) ?? new Places(PLOTS_AT_ONCE);
    this.disks.set(disk, places);
    return places;
  }

  private remember({ roundId, deadlineMs }: RoundMessage): Open {
    const known = this.open.get(roundId);
    if (known && !known.deadline.signal.aborted) {
      clearTimeout(known.timer);
      known.timer = this.endAfter(roundId, known.deadline, deadlineMs);
      return known;
    }
    const deadline = new AbortController();
    const timer = this.endAfter(roundId, deadline, deadlineMs);
    const round = { deadline, timer, answered: known?.answered ?? new Set<string>(), running: false };
    this.open.set(roundId, round);
    return round;
  }

  private endAfter(roundId: string, deadline: AbortController, deadlineMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      deadline.abort();
      setTimeout(() => {
        if (this.open.get(roundId)?.deadline === deadline) this.open.delete(roundId);
      }, REMEMBER_MS).unref();
    }, deadlineMs);
  }

  private due({ only, campaignId, beacon, threshold }: RoundMessage): PlotFile[] {
    const beaconBytes = hexToBytes(beacon);
    const ids = only === null ? this.its.custody.ofCampaign(campaignId) : [only];
    return ids
      .filter((plotId) => isDue(lotOf(hexToBytes(plotId), beaconBytes), threshold))
      .map((plotId) => this.its.folder.get(plotId))
      .filter((plot) => plot !== undefined);
  }

  private async answerPlot(message: RoundMessage, plot: PlotFile, round: Open): Promise<void> {
    const { signal } = round.deadline;
    const { plotId, kind: plotKind, k } = plot;
    const { log, folder, node } = this.its;
    if (signal.aborted) return log.say('answer_missed', { index: message.index, plotId });
    const beacon = hexToBytes(message.beacon);
    const walk = await patientWalk(
      () => walkPlot(plot, beacon, signal),
      signal,
      (problem) => {
        log.say('plot_unreadable', { file: plot.file, text: textOf(problem) });
        folder.noteProblem(plot, problem);
      },
    );
    if (!walk) return log.say('answer_missed', { index: message.index, plotId });
    if (walk.problem) log.say('plot_unreadable', { file: plot.file, text: textOf(walk.problem) });
    folder.noteProblem(plot, walk.problem);
    const answer: Answer = {
      roundId: message.roundId,
      nodeId: node.paired.nodeId,
      plotId,
      plotKind,
      k,
      beacon: message.beacon,
      subIndex: walk.subIndex,
      proof: walk.proof,
    };
    const signed = { answer, signature: sign('croft/answer/1', answer, node.secretKey) };
    try {
      await this.send(message, signed, signal);
      round.answered.add(plotId);
    } catch (error) {
      if (signal.aborted) return log.say('answer_missed', { index: message.index, plotId });
      if (codeOf(error) === 'answer_repeated') {
        round.answered.add(plotId);
        await this.keepFirst(message, signed, error);
      } else if (codeOf(error) !== 'not_due')
        log.say('answer_refused', { index: message.index, plotId, text: textOf(error) });
    } finally {
      this.its.changed();
    }
  }

  private async send(message: RoundMessage, signed: SignedAnswer, signal: AbortSignal): Promise<void> {
    const { session } = this.its;
    for (;;) {
      signal.throwIfAborted();
      try {
        const receipt = await session.call('round:answer', signed);
        return await this.keep(message, signed, receipt);
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await sleep(100 + Math.random() * 300, undefined, { signal });
    }
  }

  /** Keeps a receipt if the center's key signed it for this answer. */
  private async keep(message: RoundMessage, signed: SignedAnswer, receipt: SignedReceipt): Promise<void> {
    const { node, journal, log } = this.its;
    const { plotId } = signed.answer;
    const { index } = message;
    if (!isReceiptFor(signed.answer, receipt, node.paired.centerPublicKey)) {
      return log.say('receipt_refused', { index, plotId });
    }
    await journal.add(signed, receipt, message);
    log.say('answered', { index, plotId, verdict: receipt.receipt.verdict });
  }

  /** A sending whose acknowledgement was lost: the refusal to take it twice brings the first receipt along. */
  private async keepFirst(message: RoundMessage, signed: SignedAnswer, refusal: unknown): Promise<void> {
    const details = refusal instanceof CroftError ? refusal.details : undefined;
    const first = signedReceipt.safeParse(details?.first);
    if (first.success) await this.keep(message, signed, first.data);
  }
}
