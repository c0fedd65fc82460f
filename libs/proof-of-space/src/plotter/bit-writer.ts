/** Writes bit strings of up to 25 bits one after the other into `out` from byte `at`, most significant bit first. */
export class BitWriter {
  private container = 0;
  private held = 0;

  constructor(
    private readonly out: Uint8Array,
    private at: number,
  ) {}

  write(value: number, bits: number): void {
    // At most 7 bits are held, and with up to 25 new ones the container is full.
    this.held += bits;
    this.container = (this.container << bits) | value;
    while (this.held >= 8) {
      this.held -= 8;
      this.out[this.at++] = this.container >>> this.held;
    }
  }

  /** Writes the bits held back, zero padded to a byte. */
  flush(): void {
    if (this.held > 0) this.out[this.at++] = this.container << (8 - this.held);
    this.held = 0;
    this.container = 0;
  }
}
