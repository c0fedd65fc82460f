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

/**
 * Redoes every draw: each plot that was due in a broadcast round must have its check, under the threshold its node's
 * number of plots asks for, and no other plot may have one. A node may have been asked more often (in doubt), never less.
 */
export class Draws {
  private readonly rounds: Challenge[];
  private readonly lots = new Lots('rounds');
  private readonly places: Map<number, number>;
  private readonly spansOf = new Map<string, Custody[]>();
  private readonly plotOf: Map<string, Plot>;
  /** Plots of a node in each round: those that certainly were there, and those that may have been. */
  private readonly countsOf = new Map<string, { sure: Int32Array; most: Int32Array }>();
  private readonly seen = new Set<string>();
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
    this.plotOf = new Map(plots.map((plot) => [plot.plot, plot]));
    for (const custody of custodies) {
      const key = `${custody.node} ${custody.plot}`;
      const spans = this.spansOf.get(key);
      if (spans) spans.push(custody);
      else this.spansOf.set(key, [custody]);
    }
    for (const key of this.spansOf.keys()) this.addCounts(key);
  }

  /** All broadcast answers of one plot at one node, by round. Throws BundleFault. */
  group(node: string, plot: string, answers: readonly { answer: Answer; line: number }[]): void {
    const key = `${node} ${plot}`;
    this.seen.add(key);
    const plotId = this.plotOf.get(plot)?.plotId;
    const counts = this.countsOf.get(node);
    const byPlace = new Map(
      answers.map(({ answer, line }) => [this.places.get(answer.round)!, { answer, line }]),
    );
    const lots = plotId ? this.lots.draw(hexToBytes(plotId), this.rounds.length) : null;
    for (let place = 0; place < this.rounds.length; place++) {
      const found = byPlace.get(place);
      const presence = this.presence(key, place);
      if (!found && presence !== 'in') continue;
      if (!lots || !counts || presence === 'out') {
        throw this.fault('not_kept', { plot }, found!.line);
      }
      const lot = lots[place]!;
      const sure = Math.max(1, counts.sure[place]!);
      const most = counts.most[place]!;
      if (!found) {
        if (lot >= this.thresholdOf(most, false)) continue;
        const { round } = this.rounds[place]!;
        throw this.fault('check_missing', { plot: plotId!, round, node });
      }
      if (!this.mayBe(found.answer.threshold, sure, most)) {
        throw this.fault('other_threshold', {}, found.line);
      }
      if (lot >= found.answer.threshold) throw this.fault('not_due', {}, found.line);
    }
  }

  /** Plots that had no answer at all. */
  finish(): void {
    for (const key of this.spansOf.keys()) {
      if (this.seen.has(key)) continue;
      const [node, plot] = key.split(' ') as [string, string];
      this.group(node, plot, []);
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

  private addCounts(key: string) {
    const [node] = key.split(' ') as [string];
    let counts = this.countsOf.get(node);
    if (!counts) {
      counts = { sure: new Int32Array(this.rounds.length), most: new Int32Array(this.rounds.length) };
      this.countsOf.set(node, counts);
    }
    for (let place = 0; place < this.rounds.length; place++) {
      const presence = this.presence(key, place);
      if (presence === 'in') counts.sure[place]!++;
      if (presence !== 'out') counts.most[place]!++;
    }
  }

  private presence(key: string, place: number): Presence {
    const { sentAt } = this.rounds[place]!;
    let best: Presence = 'out';
    for (const { plot, from, until } of this.spansOf.get(key) ?? []) {
      const accepted = this.plotOf.get(plot)?.acceptedAt;
      if (accepted === null || accepted === undefined) continue;
      const since = Math.max(from, accepted);
      const end = until ?? Number.POSITIVE_INFINITY;
      if (since + TOLERANCE_MS <= sentAt && sentAt + TOLERANCE_MS <= end) return 'in';
      if (since - TOLERANCE_MS <= sentAt && sentAt - TOLERANCE_MS <= end) best = 'maybe';
    }
    return best;
  }

  private fault(reason: FaultReason, values: FaultValues, line: number | null = null) {
    return new BundleFault('draw', publishedName('answers'), reason, values, line);
  }
}
