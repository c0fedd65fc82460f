import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, canonicalBytes } from '#libs/protocol';
import { FRAME_TARGET, type Frames } from './frames.js';
import type { FileEntry, Part } from './manifest.js';
import { type FileName, files, type RecordOf } from './records.js';

/** Takes a frame of a file; called in order. */
export type PartSink = (name: FileName, index: number, frame: Uint8Array) => Promise<void>;

/** SHA-256 of bytes given piece by piece; a platform's own is faster than the one in JavaScript. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}
export const newSha256 = (): Hasher => sha256.create();

/** Writes one file: records in key order in, zstd frames out. Memory is bounded by a frame. */
export class FileWriter<Name extends FileName> {
  private readonly parts: Part[] = [];
  private readonly hash: Hasher;
  private pending: Uint8Array[] = [];
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

  /** Throws RangeError when records do not come in order. */
  async add(record: RecordOf<Name>): Promise<void> {
    const key = (files[this.name].key as (record: RecordOf<Name>) => string)(record);
    if (this.last !== null && key <= this.last) throw new RangeError(`${this.name}: ${key} is out of order`);
    this.last = key;
    const json = canonicalBytes(record);
    const line = new Uint8Array(json.length + 1);
    line.set(json);
    line[json.length] = 0x0a;
    this.pending.push(line);
    this.pendingBytes += line.length;
    this.lines++;
    if (this.pendingBytes >= FRAME_TARGET) await this.flush();
  }

  async end(): Promise<FileEntry> {
    if (this.pendingBytes > 0) await this.flush();
    const { name, lines, plainBytes, parts } = this;
    return { name, lines, plainBytes, sha256: bytesToHex(this.hash.digest()), parts };
  }

  private async flush() {
    const plain = new Uint8Array(this.pendingBytes);
    let at = 0;
    for (const line of this.pending) {
      plain.set(line, at);
      at += line.length;
    }
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
    this.pending = [];
    this.pendingBytes = 0;
    await this.sink(this.name, this.parts.length - 1, frame);
  }
}
