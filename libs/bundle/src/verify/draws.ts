import { hexToBytes, Lots, thresholdOf } from '#libs/protocol';
import { BundleFault } from '../fault.js';
import type { FaultReason, FaultValues } from '../fault-words.js';
import {
  type Answer,
  type Challenge,
  type Custody,
  type Plot,
  type Policy,
  publishedName,
} from '../records.js';

/** Around a change of keeper this close to a round's sending, the plot may be in the round or not. */
export const TOLERANCE_MS = 5_000;

type Presence = 'in' | 'maybe' | 'out';

/** A plot at a node. */
interface Kept {
  node: string;
  plotId: string;
  /** From when to when, in turn, milliseconds; a plot that was not accepted is nowhere. */
  spans: number[];
  hadAnswers: boolean;
}

/** Plots of a node in each round: those that certainly were there, and those that may have been. */
interface Counts {
  sure: Int32Array;
  most: Int32Array;
}

/**
 * Redoes every draw: each plot that was due in a broadcast round must have its check, under the threshold its node's
 * number of plots asks for, and no other plot may have one. A node may have been asked more often (in doubt), never less.
 */
export class Draws {
  private readonly rounds: Challenge[];
  private readonly lots = new Lots('rounds');
  private readonly places: Map<number, number>;
  /** By plot. */
  private readonly keptOf = new Map<string, Kept[]>();
  private readonly countsOf = new Map<string, Counts>();
  /** Twice the number of plots, one more for a node in doubt. */
  private readonly thresholds: number[] = [];

  constructor(
    private readonly policy: Policy,
    challenges: readonly Challenge[],
    plots: readonly Plot[],
    custodies: readonly Custody[],
  ) {
    this.rounds = challenges.filter((round) => round.kind === 'broadcast');
    for (const [place, { beacon }] of this.rounds.entries()) this.lots.put(place, hexToBytes(beacon));
    this.places = new Map(this.rounds.map((round, i) => [round.round, i]));
    if (this.rounds.length === 0) return;
    const plotOf = new Map(plots.map((plot) => [plot.plot, plot]));
    for (const custody of custodies) this.addCustody(custody, plotOf.get(custody.plot));
    for (const kept of this.keptOf.values()) for (const one of kept) this.addCounts(one);
  }

  /** All broadcast answers of one plot at one node, by round. Throws BundleFault. */
  group(node: string, plot: string, answers: readonly { answer: Answer; line: number }[]): void {
    const kept = this.keptOf.get(plot)?.find((one) => one.node === node);
    const [first] = answers;
    if (!kept) {
      if (first) throw this.fault('not_kept', { plot }, first.line);
      return;
    }
    kept.hadAnswers = true;
    this.redo(kept, plot, answers);
  }

  /** Plots that had no answer at all. */
  finish(): void {
    for (const [plot, kept] of this.keptOf) {
      for (const one of kept) if (!one.hadAnswers) this.redo(one, plot, []);
    }
  }

  private redo(kept: Kept, plot: string, answers: readonly { answer: Answer; line: number }[]): void {
    const { node, plotId } = kept;
    const counts = this.countsOf.get(node)!;
    const byPlace = new Map(answers.map((one) => [this.places.get(one.answer.round)!, one]));
    const lots = this.lots.draw(hexToBytes(plotId), this.rounds.length);
    for (let place = 0; place < this.rounds.length; place++) {
      const found = byPlace.get(place);
      const presence = this.presence(kept, place);
      if (!found && presence !== 'in') continue;
      if (presence === 'out') throw this.fault('not_kept', { plot }, found!.line);
      const lot = lots[place]!;
      const sure = Math.max(1, counts.sure[place]!);
      const most = counts.most[place]!;
      if (!found) {
        if (lot >= this.thresholdOf(most, false)) continue;
        const { round } = this.rounds[place]!;
        throw this.fault('check_missing', { plot: plotId, round, node });
      }
      if (!this.mayBe(found.answer.threshold, sure, most)) {
        throw this.fault('other_threshold', {}, found.line);
      }
      if (lot >= found.answer.threshold) throw this.fault('not_due', {}, found.line);
    }
  }

  private thresholdOf(plots: number, inDoubt: boolean): number {
    const place = 2 * plots + Number(inDoubt);
    this.thresholds[place] ??= thresholdOf(plots, this.policy.campaign, inDoubt);
    return this.thresholds[place];
  }

  private mayBe(threshold: number, sure: number, most: number): boolean {
    for (let plots = sure; plots <= most; plots++) {
      if (threshold === this.thresholdOf(plots, false) || threshold === this.thresholdOf(plots, true))
        return true;
    }
    return false;
  }

  private addCustody({ plot, node, from, until }: Custody, of: Plot | undefined): void {
    if (!of) return;
    let kept = this.keptOf.get(plot);
    if (!kept) {
      kept = [];
      this.keptOf.set(plot, kept);
    }
    let one = kept.find((known) => known.node === node);
    if (!one) {
      one = { node, plotId: of.plotId, spans: [], hadAnswers: false };
      kept.push(one);
    }
    if (of.acceptedAt === null) return;
    one.spans.push(Math.max(from, of.acceptedAt), until ?? Number.POSITIVE_INFINITY);
  }

  private addCounts(kept: Kept) {
    let counts = this.countsOf.get(kept.node);
    if (!counts) {
      counts = { sure: new Int32Array(this.rounds.length), most: new Int32Array(this.rounds.length) };
      this.countsOf.set(kept.node, counts);
    }
    for (let place = 0; place < this.rounds.length; place++) {
      const presence = this.presence(kept, place);
      if (presence === 'in') counts.sure[place]!++;
      if (presence !== 'out') counts.most[place]!++;
    }
  }

  private presence({ spans }: Kept, place: number): Presence {
    const { sentAt } = this.rounds[place]!;
    let best: Presence = 'out';
    for (let i = 0; i < spans.length; i += 2) {
      const since = spans[i]!;
      const end = spans[i + 1]!;
      if (since + TOLERANCE_MS <= sentAt && sentAt + TOLERANCE_MS <= end) return 'in';
      if (since - TOLERANCE_MS <= sentAt && sentAt - TOLERANCE_MS <= end) best = 'maybe';
    }
    return best;
  }

  private fault(reason: FaultReason, values: FaultValues, line: number | null = null) {
    return new BundleFault('draw', publishedName('answers'), reason, values, line);
  }
}
