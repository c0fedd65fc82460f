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
  const chunks = new Map<number, { addresses: Uint8Array; amounts: Uint8Array }>();
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
  if (chunks.size === 0) return null;
  const last = Math.max(...chunks.keys());
  const nodes = Array.from({ length: last + 1 }, (_, number) => {
    const chunk = chunks.get(number);
    return chunk ? nodeOf(chunk.addresses, chunk.amounts) : ABSENT;
  });
  return `0x${bytesToHex(merkleRoot(nodes))}`;
}

function nodeOf(addresses: Uint8Array, amounts: Uint8Array): Uint8Array {
  const leaves = Array.from({ length: CHUNK }, (_, place) =>
    keccak_256(
      joined(
        addresses.subarray(place * ADDRESS_BYTES, (place + 1) * ADDRESS_BYTES),
        amounts.subarray(place * AMOUNT_BYTES, (place + 1) * AMOUNT_BYTES),
      ),
    ),
  );
  return keccak_256(joined(keccak_256(addresses), keccak_256(amounts), merkleRoot(leaves)));
}

function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
      keccak_256(joined(below[2 * i]!, below[2 * i + 1] ?? ABSENT)),
    );
  }
  return level[0]!;
}

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
