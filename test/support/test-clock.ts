import { Clock } from '../../apps/center/src/platform/clock.js';

/** Time in the test's hand: it stands still until it is moved. */
export class TestClock extends Clock {
  private ms = Date.now();

  now() {
    return new Date(this.ms);
  }

  advance(ms: number) {
    this.ms += ms;
  }

  /** Moves to a moment; never back. */
  moveTo(at: Date | string | number) {
    this.ms = Math.max(this.ms, new Date(at).getTime());
  }
}
