import { Injectable } from '@nestjs/common';

/** Elapsed time that no change of the system's clock touches; a clock says when something was, this how long it took. */
@Injectable()
export class Stopwatch {
  /** Microseconds since some moment, whole. */
  nowUs(): number {
    return Math.floor(performance.now() * 1000);
  }
}
