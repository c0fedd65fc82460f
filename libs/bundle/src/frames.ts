import { Zstd } from '@hpcc-js/wasm-zstd';

/** Most that one frame may hold uncompressed: what it takes to read a bundle is bounded by this. */
export const FRAME_BYTES = 8 * 1024 * 1024;
/** Where a writer ends a frame. */
export const FRAME_TARGET = 4 * 1024 * 1024;

const LEVEL = 3;
const MAGIC = 0xfd2fb528;

/** How wasm-zstd 1.12 takes results out of its memory: byte by byte through an array, 40 ns each. */
interface ZstdMemory {
  heapView(part: unknown): Uint8Array;
  heapToUint8Array(part: unknown): Uint8Array;
}

/** zstd (RFC 8878), a frame at a time. */
export class Frames {
  private constructor(private readonly zstd: Zstd) {}

  static async load(): Promise<Frames> {
    const zstd = await Zstd.load();
    // copied at once instead; else two thirds of verifying a bundle would be this copying
    const { _mainModule: memory } = zstd as unknown as { _mainModule: ZstdMemory };
    memory.heapToUint8Array = (part) => memory.heapView(part).slice();
    return new Frames(zstd);
  }

  compress(plain: Uint8Array): Uint8Array {
    return this.zstd.compress(plain, LEVEL);
  }

  /** Null when these bytes are not one frame of exactly `plainBytes` bytes (at most FRAME_BYTES). */
  decompress(frame: Uint8Array, plainBytes: number): Uint8Array | null {
    if (plainBytes > FRAME_BYTES || contentSize(frame) !== plainBytes) return null;
    try {
      const plain = this.zstd.decompress(frame);
      return plain.length === plainBytes ? plain : null;
    } catch {
      return null;
    }
  }
}

/** Content size of a frame header (RFC 8878 §3.1.1.1), or null when it does not say. */
function contentSize(frame: Uint8Array): number | null {
  if (frame.length < 14 && frame.length < 6) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return null;
  const descriptor = view.getUint8(4);
  const single = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const at = 5 + (single ? 0 : 1) + dictionaryBytes;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  if (sizeBytes === 0 || at + sizeBytes > frame.length) return null;
  if (sizeBytes === 1) return view.getUint8(at);
  if (sizeBytes === 2) return view.getUint16(at, true) + 256;
  if (sizeBytes === 4) return view.getUint32(at, true);
  return Number(view.getBigUint64(at, true));
}
