import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '#libs/protocol';
import type { TreeEntry } from './records.js';

const CHUNK = 128;
const ADDRESS_BYTES = 20;
const AMOUNT_BYTES = 6;
const ABSENT = new Uint8Array(32);

/** Most units that fit into the contract's six bytes. */
export const MAX_UNITS = 2n ** 48n - 1n;

/** Who is in the tree: members with an address to whom something is due. */
export const isDue = ({ address, units }: TreeEntry) => address !== null && units !== '0';

/**
 * Root of the payout tree as the contract has it (contracts/ChunkTree.sol; libs/settlement builds the same), 0x-prefixed;
 * null when nobody is due anything.
 */
export function treeRoot(entries: readonly TreeEntry[]): string | null {
  const chunks = chunksOf(entries);
  return chunks.size === 0 ? null : `0x${bytesToHex(levelsOver(nodesOf(chunks)).at(-1)![0]!)}`;
}

/** What the contract wants to see beside an entry's account and units; hex. */
export interface TreeProof {
  addressesHash: string;
  amountsHash: string;
  /** 7 within the chunk, then those above it. */
  siblings: string[];
}

/** The proof of an entry that is due. @throws RangeError when there is none with this index */
export function treeProof(entries: readonly TreeEntry[], index: number): TreeProof {
  const chunks = chunksOf(entries);
  const number = Math.floor(index / CHUNK);
  const chunk = chunks.get(number);
  if (!chunk || !entries.some((entry) => entry.index === index && isDue(entry)))
    throw new RangeError(`nothing is due to index ${index}`);
  const within = siblingsOf(levelsOver(leavesOf(chunk)), index % CHUNK);
  const above = siblingsOf(levelsOver(nodesOf(chunks)), number);
  return {
    addressesHash: bytesToHex(keccak_256(chunk.addresses)),
    amountsHash: bytesToHex(keccak_256(chunk.amounts)),
    siblings: [...within, ...above].map((sibling) => bytesToHex(sibling)),
  };
}

interface Chunk {
  addresses: Uint8Array;
  amounts: Uint8Array;
}

/** Those that have an entry, by number. */
function chunksOf(entries: readonly TreeEntry[]): Map<number, Chunk> {
  const chunks = new Map<number, Chunk>();
  for (const { index, address, units } of entries.filter(isDue)) {
    const number = Math.floor(index / CHUNK);
    const chunk = chunks.get(number) ?? {
      addresses: new Uint8Array(CHUNK * ADDRESS_BYTES),
      amounts: new Uint8Array(CHUNK * AMOUNT_BYTES),
    };
    chunks.set(number, chunk);
    const place = index % CHUNK;
    chunk.addresses.set(hexToBytes(address!.slice(2)), place * ADDRESS_BYTES);
    chunk.amounts.set(amountBytes(BigInt(units)), place * AMOUNT_BYTES);
  }
  return chunks;
}

/** Up to the highest one with an entry. */
function nodesOf(chunks: ReadonlyMap<number, Chunk>): Uint8Array[] {
  let last = 0;
  for (const number of chunks.keys()) last = Math.max(last, number);
  return Array.from({ length: last + 1 }, (_, number) => {
    const chunk = chunks.get(number);
    return chunk ? nodeOf(chunk) : ABSENT;
  });
}

function nodeOf(chunk: Chunk): Uint8Array {
  const root = levelsOver(leavesOf(chunk)).at(-1)![0]!;
  return keccak_256(joined(keccak_256(chunk.addresses), keccak_256(chunk.amounts), root));
}

const leavesOf = ({ addresses, amounts }: Chunk): Uint8Array[] =>
  Array.from({ length: CHUNK }, (_, place) =>
    keccak_256(
      joined(
        addresses.subarray(place * ADDRESS_BYTES, (place + 1) * ADDRESS_BYTES),
        amounts.subarray(place * AMOUNT_BYTES, (place + 1) * AMOUNT_BYTES),
      ),
    ),
  );

/** From the leaves to the level of the root alone. */
function levelsOver(leaves: Uint8Array[]): Uint8Array[][] {
  const levels = [leaves];
  for (let below = leaves; below.length > 1; below = levels.at(-1)!) {
    levels.push(
      Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
        keccak_256(joined(below[2 * i]!, below[2 * i + 1] ?? ABSENT)),
      ),
    );
  }
  return levels;
}

const siblingsOf = (levels: readonly Uint8Array[][], place: number): Uint8Array[] =>
  levels.slice(0, -1).map((level, i) => level[(place >> i) ^ 1] ?? ABSENT);

/** Six bytes, big-endian. */
function amountBytes(units: bigint): Uint8Array {
  if (units > MAX_UNITS) throw new RangeError(`${units} units do not fit into the tree`);
  return hexToBytes(units.toString(16).padStart(AMOUNT_BYTES * 2, '0'));
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
