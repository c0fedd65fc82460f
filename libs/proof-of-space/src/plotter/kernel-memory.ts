const PAGE_BYTES = 65_536;
const ALIGN = 64;

/**
 * A kernel's own memory, handed out from its heap on in order and all at once given back. It grows as needed and
 * never shrinks; growing makes earlier views useless, so take everything first and look at it then.
 */
export class KernelMemory {
  private next: number;

  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly start: number,
  ) {
    this.next = start;
  }

  /** Gives everything back. */
  reset(): void {
    this.next = this.start;
  }

  /** The address of `bytes` bytes, their contents whatever was there. */
  take(bytes: number): number {
    const at = Math.ceil(this.next / ALIGN) * ALIGN;
    this.next = at + bytes;
    const missing = this.next + ALIGN - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
    return at;
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  u32(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length);
  }
}
