/** The only source of time for domain code, so that a test can hold it in its hand. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now() {
    return new Date();
  }
}
