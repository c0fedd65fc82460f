import { bytesToHex, canonicalText, type Hasher, newSha256 } from '#libs/protocol';
import { FRAME_BYTES, FRAME_TARGET, type Frames } from './frames.js';
import type { FileEntry, Part } from './manifest.js';
import { type FileName, files, type RecordOf } from './records.js';

/** Takes a frame of a file; called in order. */
export type PartSink = (name: FileName, index: number, frame: Uint8Array) => Promise<void>;

/** Writes one file: records in key order in, zstd frames out. Memory is bounded by a frame. */
export class FileWriter<Name extends FileName> {
  private readonly parts: Part[] = [];
  private readonly hash: Hasher;
  private readonly encoder = new TextEncoder();
  /** The frame that is being written, and how far. */
  private pending = new Uint8Array(0);
  private pendingBytes = 0;
  private plainBytes = 0;
  private last: string | null = null;
  lines = 0;

  constructor(
    private readonly name: Name,
    private readonly frames: Frames,
    private readonly sink: PartSink,
    private readonly newHash: () => Hasher = newSha256,
  ) {
    this.hash = newHash();
  }

  /** Throws RangeError when records do not come in order, or for a line that no frame has room for. */
  async add(record: RecordOf<Name>): Promise<void> {
    const key = (files[this.name].key as (record: RecordOf<Name>) => string)(record);
    if (this.last !== null && key <= this.last) throw new RangeError(`${this.name}: ${key} is out of order`);
    this.last = key;
    const line = `${canonicalText(record)}\n`;
    // most lines are ASCII; one that does not fit is encoded again into the next frame
    if (!this.encode(line)) {
      if (this.pendingBytes > 0) await this.flush();
      if (!this.encode(line)) throw new RangeError(`${this.name}: a line of ${line.length} characters`);
    }
    this.lines++;
    if (this.pendingBytes >= FRAME_TARGET) await this.flush();
  }

  async end(): Promise<FileEntry> {
    if (this.pendingBytes > 0) await this.flush();
    const { name, lines, plainBytes, parts } = this;
    return { name, lines, plainBytes, sha256: bytesToHex(this.hash.digest()), parts };
  }

  private encode(line: string): boolean {
    const wanted = this.pendingBytes + 3 * line.length;
    if (this.pending.length < wanted && this.pending.length < FRAME_BYTES) {
      // a file of a few lines does not take the memory of a whole frame
      const larger = new Uint8Array(Math.min(FRAME_BYTES, Math.max(wanted, 2 * this.pending.length)));
      larger.set(this.pending.subarray(0, this.pendingBytes));
      this.pending = larger;
    }
    const { read, written } = this.encoder.encodeInto(line, this.pending.subarray(this.pendingBytes));
    if (read < line.length) return false;
    this.pendingBytes += written;
    return true;
  }

  private async flush() {
    const plain = this.pending.subarray(0, this.pendingBytes);
    this.hash.update(plain);
    this.plainBytes += plain.length;
    const frame = this.frames.compress(plain);
    const hash = this.newHash();
    hash.update(frame);
    this.parts.push({
      bytes: frame.length,
      plainBytes: plain.length,
      sha256: bytesToHex(hash.digest()),
    });
    this.pendingBytes = 0;
    await this.sink(this.name, this.parts.length - 1, frame);
  }
}
