import type { StatementLine, StatementSums } from '../rewards/statement-lines.service.js';

/** Sums of a statement's lines; base units. */
export interface Totals {
  /** New promises: plotting, storage, referral, and what is held of plotting. */
  readonly earned: bigint;
  readonly released: bigint;
  readonly forfeited: bigint;
  readonly paid: bigint;
  /** What the lines change in each place. */
  readonly change: StatementSums;
}

const promises = ['plotting', 'plotting-held', 'storage', 'bee-node', 'referral'] as const;

/** What a line of each kind does: to what is held, and to what is due. */
const effects: Record<StatementLine['kind'], readonly [held: bigint, due: bigint]> = {
  plotting: [0n, 1n],
  storage: [0n, 1n],
  'bee-node': [0n, 1n],
  referral: [0n, 1n],
  'plotting-held': [1n, 0n],
  'plotting-release': [-1n, 1n],
  'plotting-forfeit': [-1n, 0n],
  payment: [0n, -1n],
};

/** Adds lines up as they pass. */
export class Adder {
  private readonly byKind = new Map<StatementLine['kind'], bigint>();
  private held = 0n;
  private due = 0n;

  add({ kind, amount }: StatementLine): void {
    const [held, due] = effects[kind];
    this.byKind.set(kind, this.of(kind) + amount);
    this.held += held * amount;
    this.due += due * amount;
  }

  get totals(): Totals {
    return {
      earned: promises.reduce((sum, kind) => sum + this.of(kind), 0n),
      released: this.of('plotting-release'),
      forfeited: this.of('plotting-forfeit'),
      paid: this.of('payment'),
      change: { held: this.held, due: this.due, paid: this.of('payment') },
    };
  }

  private of(kind: StatementLine['kind']): bigint {
    return this.byKind.get(kind) ?? 0n;
  }
}

/** Whether the lines are all that the ledger has between two of its states. */
export function agrees(opening: StatementSums, { change }: Totals, closing: StatementSums): boolean {
  return (['held', 'due', 'paid'] as const).every(
    (place) => opening[place] + change[place] === closing[place],
  );
}
