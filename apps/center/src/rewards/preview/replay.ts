import type { HeldPart, Rates, RewardLine, Ruleset } from '#libs/ruleset';
import type { WorkedEpoch } from './work-parts.js';

/** More than any campaign can have: what would be promised if the budget had no end. */
const NO_END = 10n ** 80n;

/** What past epochs come to under other rates; amounts in base units. */
export interface Replayed {
  epochs: number[];
  /** Begin of the first and end of the last, milliseconds since 1970; null when there were none. */
  from: number | null;
  until: number | null;
  /** Time covered by the epochs, milliseconds. */
  coveredMs: number;
  /** New promises less forfeits, in all and by account. */
  total: bigint;
  byAccount: Map<string, bigint>;
  /** New promises less forfeits if the budget had had no end. */
  wanted: bigint;
  /** Epochs whose lines the budget cut. */
  cutEpochs: number;
}

/**
 * Replays epochs, given in order, under `rates`: the same work, the same rules, the budget as it was then. What is held
 * under these rates is what is later released or forfeited; parts held before the first epoch stay what they were. Where
 * the rates of the time held nothing back, nothing could be forfeited, and nothing is here.
 */
export class Replay {
  private readonly held = new Map<string, bigint>();
  private available = 0n;
  private last?: WorkedEpoch;
  readonly result: Replayed = {
    epochs: [],
    from: null,
    until: null,
    coveredMs: 0,
    total: 0n,
    byAccount: new Map(),
    wanted: 0n,
    cutEpochs: 0,
  };

  constructor(
    private readonly price: Ruleset['price'],
    private readonly rates: Rates,
  ) {}

  add(epoch: WorkedEpoch): void {
    this.available += this.broughtBefore(epoch);
    const facts = {
      ...epoch,
      rates: this.rates,
      available: this.available,
      maturing: epoch.maturing.map((part) => this.asHeld(part)),
      forfeited: epoch.forfeited.map((part) => this.asHeld(part)),
      settled: epoch.settled.map((part) => this.asHeld(part)),
    };
    const { lines, accrued, forfeited } = this.price(facts);
    const isCut = lines.some(({ reason }) => reason.budgetCut);
    const wanted = isCut ? this.price({ ...facts, available: NO_END }).accrued : accrued;
    // a part of nothing has no line
    for (const { plotId } of epoch.accepted) this.held.set(plotId, 0n);
    for (const line of lines) this.book(line);
    this.available += forfeited - accrued;
    this.last = epoch;
    const { result } = this;
    result.epochs.push(epoch.epochIndex);
    result.from ??= epoch.startsAt;
    result.until = epoch.endsAt;
    result.coveredMs += epoch.endsAt - epoch.startsAt;
    result.total += accrued - forfeited;
    result.wanted += wanted - forfeited;
    if (isCut) result.cutEpochs++;
  }

  /** What came into the budget, or left it by other ways, between the last epoch and this one. */
  private broughtBefore({ available }: WorkedEpoch): bigint {
    const { last } = this;
    return last ? available - (last.available - last.accrued + last.forfeits) : available;
  }

  private asHeld<Part extends HeldPart>(part: Part): Part {
    return { ...part, amount: this.held.get(part.plotId) ?? part.amount };
  }

  private book({ kind, plotId, account, amount }: RewardLine) {
    if (kind === 'plotting-held') this.held.set(plotId!, amount);
    if (kind === 'plotting-release') return;
    const { byAccount } = this.result;
    byAccount.set(account, (byAccount.get(account) ?? 0n) + (kind === 'plotting-forfeit' ? -amount : amount));
  }
}
