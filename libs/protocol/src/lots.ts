import { startKernel } from '#libs/kernel';
import kernelCode from './generated/lots-wasm.js';

/** libs/protocol/kernels/lots.ts */
interface LotsKernel {
  memory: WebAssembly.Memory;
  halves(): number;
  other(): number;
  lots(): number;
  quadsMax(): number;
  draw(first: number, quads: number, otherFirst: boolean): void;
}

const HALF_BYTES = 32;
const QUAD_BYTES = 4 * HALF_BYTES;
const PAGE_BYTES = 65_536;

/**
 * The lots (`lotOf`) of many plots in one round, or of one plot in many rounds: one half of each message is kept, as the
 * kernel wants it, and the other is given for each draw. Only the first four bytes of a lot come out: a plot is due when
 * they are below its threshold. A million plots take 32 MiB, and some fifth of a second (npm run bench:tally -- drawing).
 */
export class Lots {
  private readonly kernel = startKernel<LotsKernel>(kernelCode);
  private readonly start = this.kernel.halves();
  private words = new Uint32Array(this.kernel.memory.buffer);

  /** @param of whose half is kept: that of many plots, or that of many rounds */
  constructor(private readonly of: 'plots' | 'rounds') {}

  /**
   * Keeps a plot's id, or a round's beacon, at a place; what was there before is forgotten.
   *
   * @throws RangeError unless it has 32 bytes, or when there is no memory for so many (some 33 million)
   */
  put(place: number, half: Uint8Array): void {
    if (half.length !== HALF_BYTES)
      throw new RangeError(`${half.length} bytes are neither an id nor a beacon`);
    this.makeRoom((place >> 2) + 1);
    const from = new DataView(half.buffer, half.byteOffset, HALF_BYTES);
    const to = (this.start + (place >> 2) * QUAD_BYTES) / 4 + (place & 3);
    for (let word = 0; word < 8; word++) this.words[to + 4 * word] = from.getUint32(4 * word);
  }

  /**
   * Draws the lots of `count` places, from `from` on.
   *
   * @param other the round's beacon where plots are kept, the plot's id where rounds are; 32 bytes
   * @param from a multiple of four
   * @returns by place from there on, each lot's first four bytes, big-endian
   */
  draw(other: Uint8Array, count: number, from = 0): Uint32Array {
    if (other.length !== HALF_BYTES)
      throw new RangeError(`${other.length} bytes are neither an id nor a beacon`);
    if (from % 4 !== 0) throw new RangeError(`place ${from} is not the first of four`);
    const quads = Math.ceil(count / 4);
    this.makeRoom(from / 4 + quads);
    const { kernel, words, of } = this;
    const half = new DataView(other.buffer, other.byteOffset, HALF_BYTES);
    for (let word = 0; word < 8; word++) words[kernel.other() / 4 + word] = half.getUint32(4 * word);
    const drawn = new Uint32Array(4 * quads);
    const most = kernel.quadsMax();
    for (let first = 0; first < quads; first += most) {
      const some = Math.min(most, quads - first);
      kernel.draw(from / 4 + first, some, of === 'rounds');
      drawn.set(words.subarray(kernel.lots() / 4, kernel.lots() / 4 + 4 * some), 4 * first);
    }
    return drawn.subarray(0, count);
  }

  private makeRoom(quads: number) {
    const missing = this.start + quads * QUAD_BYTES - this.kernel.memory.buffer.byteLength;
    if (missing <= 0) return;
    // half as much again, so that growing one by one does not copy for ever
    const pages = Math.ceil(Math.max(missing, this.kernel.memory.buffer.byteLength / 2) / PAGE_BYTES);
    this.kernel.memory.grow(pages);
    this.words = new Uint32Array(this.kernel.memory.buffer);
  }
}
