import type { ChunkStore } from './chunk-store.js';

// "mantaray:0.2", Keccak-256, as bee pkg/manifest/mantaray/marshal.go has it
const VERSION = Buffer.from(
  '5768b3b6a7db56d21d1abff40d41cebfc83448fed8d7e9b06ec0d3b073f28f7b',
  'hex',
).subarray(0, 31);
const HEAD = 64;
const REFERENCE = 32;
const PREFIX_MAX = 30;
const VALUE = 2;
const EDGE = 4;
const SEPARATOR = 8;
const METADATA = 16;

interface Fork {
  prefix: string;
  type: number;
  reference: Uint8Array;
  metadata?: Record<string, string>;
}

/** A file within a manifest. */
export interface ManifestFile {
  reference: Uint8Array;
  name: string;
  contentType: string;
}

/**
 * Keeps the manifest of one file, unencrypted, as bee pkg/api/bzz.go fileUploadHandler makes it: the path `/` names
 * the file as the index document, the file's name leads to its root. Returns the manifest's address.
 */
export function putManifest(
  store: ChunkStore,
  { reference, name, contentType }: ManifestFile,
  onChunk: (address: Uint8Array) => void,
): Uint8Array {
  const put = (entry: Uint8Array, forks: Fork[], size = REFERENCE): Uint8Array =>
    store.putFile(nodeBytes(entry, forks, size), onChunk);
  const index: Fork = {
    prefix: '/',
    type: VALUE | METADATA,
    reference: put(new Uint8Array(0), [], 0),
    metadata: { 'website-index-document': name },
  };
  return put(new Uint8Array(REFERENCE), [index, fileFork(name)]);

  function fileFork(rest: string): Fork {
    const prefix = rest.slice(0, PREFIX_MAX);
    const separator = prefix.indexOf('/') > 0 ? SEPARATOR : 0;
    if (rest.length > PREFIX_MAX) {
      const below = put(new Uint8Array(REFERENCE), [fileFork(rest.slice(PREFIX_MAX))]);
      return { prefix, type: EDGE | separator, reference: below };
    }
    const metadata = { 'Content-Type': contentType, Filename: name };
    return { prefix, type: VALUE | METADATA | separator, reference: put(reference, []), metadata };
  }
}

/** The file that a manifest's index document is, or the file at `path`; null when there is none. */
export function findFile(store: ChunkStore, manifest: Uint8Array, path: string): ManifestFile | null {
  const root = store.file(manifest);
  if (!root?.subarray(32, 63).every((byte, at) => byte === VERSION[at])) return null;
  const index = forksOf(root).find(({ prefix }) => prefix === '/')?.metadata?.['website-index-document'];
  let rest = path || index;
  for (let node: Uint8Array | null = root; node && rest; ) {
    const fork: Fork | undefined = forksOf(node).find(({ prefix }) => rest?.startsWith(prefix));
    if (!fork) return null;
    node = store.file(fork.reference);
    if (rest === fork.prefix && node && fork.metadata) {
      const { Filename: name = rest, 'Content-Type': contentType = '' } = fork.metadata;
      return { reference: node.subarray(HEAD, HEAD + REFERENCE), name, contentType };
    }
    rest = rest.slice(fork.prefix.length);
  }
  return null;
}

function nodeBytes(entry: Uint8Array, forks: Fork[], size: number): Uint8Array {
  const bits = Buffer.alloc(32);
  const sorted = [...forks].sort((a, b) => a.prefix.charCodeAt(0) - b.prefix.charCodeAt(0));
  for (const { prefix } of sorted) {
    const first = prefix.charCodeAt(0);
    bits[first >> 3] = (bits[first >> 3] as number) | (1 << (first & 7));
  }
  const head = Buffer.concat([Buffer.alloc(32), VERSION, Buffer.of(size), entry, bits]);
  return Buffer.concat([head, ...sorted.map(forkBytes)]);
}

function forkBytes({ prefix, type, reference, metadata }: Fork): Uint8Array {
  const padded = Buffer.alloc(PREFIX_MAX);
  padded.write(prefix, 'latin1');
  const head = Buffer.concat([Buffer.of(type, prefix.length), padded, reference]);
  if (!metadata) return head;
  const text = JSON.stringify(metadata);
  const used = text.length + 2;
  const json = Buffer.from(text + '\n'.repeat(used === 32 ? 0 : 32 - (used % 32)), 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(json.length);
  return Buffer.concat([head, length, json]);
}

function forksOf(node: Uint8Array): Fork[] {
  const bytes = Buffer.from(node);
  const size = bytes[HEAD - 1] as number;
  const bits = bytes.subarray(HEAD + size, HEAD + size + 32);
  const count = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  const forks: Fork[] = [];
  for (let at = HEAD + size + 32; forks.length < count; ) {
    const type = bytes[at] as number;
    const prefix = bytes.toString('latin1', at + 2, at + 2 + (bytes[at + 1] as number));
    const reference = bytes.subarray(at + 2 + PREFIX_MAX, at + 2 + PREFIX_MAX + size);
    at += 2 + PREFIX_MAX + size;
    if ((type & METADATA) === 0) {
      forks.push({ prefix, type, reference });
      continue;
    }
    const length = bytes.readUInt16BE(at);
    const metadata = JSON.parse(bytes.toString('latin1', at + 2, at + 2 + length)) as Record<string, string>;
    forks.push({ prefix, type, reference, metadata });
    at += 2 + length;
  }
  return forks;
}
