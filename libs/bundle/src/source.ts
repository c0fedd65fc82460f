import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, canonicalText, type Hasher, newSha256 } from '#libs/protocol';
import { BundleFault } from './fault.js';
import type { FaultReason, FaultValues } from './fault-words.js';
import { FRAME_BYTES, type Frames } from './frames.js';
import type { FileEntry, Manifest, Part } from './manifest.js';
import { type FileName, files, publishedName, type RecordOf } from './records.js';

/** A bundle somewhere: a folder, a URL, memory. */
export interface BundleSource {
  /** Content of manifest.json. */
  manifest(): Promise<Uint8Array>;
  /** A published file by its name, in pieces of any size. */
  file(name: string): AsyncIterable<Uint8Array>;
}

export const sha256Hex = (bytes: Uint8Array) => bytesToHex(sha256(bytes));

/** Most bytes a frame that small may take compressed: zstd adds less than this to what it cannot press. */
const MOST_OVER = 64 * 1024;

/**
 * The records of a file, each seen to be what the manifest names: every frame by its hash, every line canonical, of its
 * form and in order. Throws BundleFault.
 */
export async function* readFile<Name extends FileName>(
  source: BundleSource,
  manifest: Manifest,
  name: Name,
  frames: Frames,
  newHash: () => Hasher = newSha256,
): AsyncGenerator<RecordOf<Name>> {
  for await (const records of readFrames(source, manifest, name, frames, newHash)) yield* records;
}

/**
 * As readFile, frame by frame: a million waits less. A frame's records are to be taken before the next frame.
 *
 * @param known the record that has just this canonical text, where the caller expects one; it is not looked at again
 */
export async function* readFrames<Name extends FileName>(
  source: BundleSource,
  manifest: Manifest,
  name: Name,
  frames: Frames,
  newHash: () => Hasher = newSha256,
  known: (text: string) => RecordOf<Name> | null = () => null,
): AsyncGenerator<Iterable<RecordOf<Name>>> {
  const entry = manifest.files.find((file) => file.name === name)!;
  const published = publishedName(name);
  const whole = newHash();
  const reader = new LineReader(name, known);
  let plainBytes = 0;
  for await (const [frame, part, index] of framesOf(source, entry)) {
    const hash = newHash();
    hash.update(frame);
    if (bytesToHex(hash.digest()) !== part.sha256) {
      throw new BundleFault('file', published, 'part_hash', { part: index + 1 });
    }
    const plain = frames.decompress(frame, part.plainBytes);
    if (!plain) throw new BundleFault('file', published, 'part_unpacked', { part: index + 1 });
    whole.update(plain);
    plainBytes += plain.length;
    yield reader.records(plain);
  }
  if (plainBytes !== entry.plainBytes || reader.line !== entry.lines) {
    throw new BundleFault('file', published, 'other_size');
  }
  if (bytesToHex(whole.digest()) !== entry.sha256) {
    throw new BundleFault('file', published, 'other_hash');
  }
}

async function* framesOf(
  source: BundleSource,
  { name, parts }: FileEntry,
): AsyncGenerator<[frame: Uint8Array, part: Part, index: number]> {
  const published = publishedName(name);
  let held = new Uint8Array(0);
  let index = 0;
  for await (const piece of source.file(published)) {
    held = held.length === 0 ? new Uint8Array(piece) : joined(held, piece);
    for (let part = parts[index]; part && held.length >= part.bytes; part = parts[++index]) {
      if (part.bytes > FRAME_BYTES + MOST_OVER) {
        throw new BundleFault('file', published, 'part_too_large', { part: index + 1 });
      }
      yield [held.subarray(0, part.bytes), part, index];
      held = held.slice(part.bytes);
    }
    if (index === parts.length && held.length > 0) {
      throw new BundleFault('file', published, 'goes_on');
    }
  }
  if (index < parts.length) throw new BundleFault('file', published, 'ends_early', { part: index + 1 });
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** Splits frames into lines and lines into records; no line crosses a frame. */
class LineReader<Name extends FileName> {
  line = 0;
  private last: string | null = null;
  private readonly published: string;

  constructor(
    private readonly name: Name,
    private readonly known: (text: string) => RecordOf<Name> | null,
  ) {
    this.published = publishedName(name);
  }

  *records(plain: Uint8Array): Generator<RecordOf<Name>> {
    if (plain.at(-1) !== 0x0a) throw this.fault('part_end');
    const text = this.textOf(plain);
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      this.line++;
      yield this.record(text.slice(at, end));
      at = end + 1;
    }
  }

  private record(text: string): RecordOf<Name> {
    const record = this.known(text) ?? this.parsed(text);
    const place = (files[this.name].key as (record: RecordOf<Name>) => string)(record);
    if (this.last !== null && place <= this.last) throw this.fault('out_of_place');
    this.last = place;
    return record;
  }

  private parsed(text: string): RecordOf<Name> {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.fault('not_json');
    }
    const parsed = files[this.name].schema.safeParse(value);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      throw this.fault('not_of_its_form', { where: path.join('.'), problem: message });
    }
    if (canonicalText(value) !== text) throw this.fault('not_canonical');
    // as it was read: schemas are strict and change nothing, and names that are in order are told apart faster
    return value as RecordOf<Name>;
  }

  /** A frame at once; where it is not UTF-8, the line is found for the fault. */
  private textOf(plain: Uint8Array): string {
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    try {
      return utf8.decode(plain);
    } catch {
      for (let at = 0; at < plain.length; ) {
        const end = plain.indexOf(0x0a, at);
        this.line++;
        try {
          utf8.decode(plain.subarray(at, end));
        } catch {
          break;
        }
        at = end + 1;
      }
      throw this.fault('not_utf8');
    }
  }

  private fault(reason: FaultReason, values?: FaultValues) {
    return new BundleFault('line', this.published, reason, values, this.line);
  }
}
