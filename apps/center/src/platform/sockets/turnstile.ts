interface Waiting {
  since: number;
  admit: (admitted: boolean) => void;
  isGone: () => boolean;
}

export const TURN_MS = 20;
/** When a turn comes so much later than it was due, those that are in have enough to do. */
const LATE_MS = 40;
/** A node that dials hangs up after ten seconds (apps/client), and dials again. */
export const LONGEST_WAIT_MS = 8_000;
const MOST_WAITING = 20_000;
const LEAST_AT_ONCE = 4;
const MOST_AT_ONCE = 64;

/**
 * Lets those who dial in at the pace at which their greetings are answered. When the center comes back all its nodes
 * dial at once; let in together, most of them would wait for so long that they hang up, and dial again, and what was
 * done for them was done for nothing. They wait outside instead, where waiting costs nothing, and in their order. The
 * pace follows from the event loop: some more in each turn while turns come in time, half as many when one is late.
 */
export class Turnstile {
  private waiting: Waiting[] = [];
  private first = 0;
  private atOnce = MOST_AT_ONCE;
  private left = MOST_AT_ONCE;
  private turnDue = 0;
  private timer?: NodeJS.Timeout;

  /** @param now milliseconds since some moment */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * @param admit called once, with false where too many wait, or this one waited for too long
   * @param isGone whether it hung up meanwhile
   */
  enter(admit: (admitted: boolean) => void, isGone: () => boolean): void {
    if (this.waiting.length - this.first >= MOST_WAITING) {
      admit(false);
      return;
    }
    this.waiting.push({ since: this.now(), admit, isGone });
    this.letIn();
    if (!this.timer) this.nextTurn();
  }

  private turn(): void {
    const wasQuiet = this.left === this.atOnce && this.waiting.length === 0;
    const isLate = this.now() - this.turnDue > LATE_MS;
    this.atOnce = isLate
      ? Math.max(LEAST_AT_ONCE, this.atOnce >> 1)
      : Math.min(MOST_AT_ONCE, this.atOnce + LEAST_AT_ONCE);
    this.left = this.atOnce;
    this.letIn();
    // turns go on until nobody came in one
    if (wasQuiet) this.timer = undefined;
    else this.nextTurn();
  }

  private nextTurn(): void {
    this.turnDue = this.now() + TURN_MS;
    this.timer = setTimeout(() => this.turn(), TURN_MS).unref();
  }

  private letIn(): void {
    const now = this.now();
    while (this.left > 0 && this.first < this.waiting.length) {
      const { since, admit, isGone } = this.waiting[this.first]!;
      this.first++;
      if (isGone()) continue;
      const admitted = now - since < LONGEST_WAIT_MS;
      if (admitted) this.left--;
      admit(admitted);
    }
    if (this.first < this.waiting.length) return;
    this.waiting = [];
    this.first = 0;
  }
}
