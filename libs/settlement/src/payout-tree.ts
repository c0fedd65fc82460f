import { getBytes, hexlify } from 'ethers';
import {
  ADDRESS_BYTES,
  AMOUNT_BYTES,
  type AmountVector,
  CHUNK,
  checkUnits,
  emptyVector,
  setUnits,
  unitsAt,
} from './amount-vector.js';
import { SettlementError } from './errors.js';
import { keccak256 } from './keccak.js';
import { checkPayee, type ForbiddenPayees } from './payee.js';

/** What one contributor has earned in a campaign since its beginning. */
export interface PayoutEntry {
  /** Stable place in the campaign, 0 … 2^24 - 1, never given to anyone else. */
  index: number;
  /** EVM address. */
  account: string;
  /** Cumulative units, 0 … 2^48 - 1. */
  units: bigint;
}

/** 128 neighbouring indices, as the contract sees them. Hashes are 0x-prefixed hex. */
export interface PayoutChunk {
  readonly chunk: number;
  /** 128 × 20 bytes, zero where an index has no payee. */
  readonly addresses: Uint8Array;
  /** 128 × 6 bytes. */
  readonly amounts: AmountVector;
  readonly addressesHash: string;
  readonly amountsHash: string;
  readonly leavesRoot: string;
  readonly node: string;
}

/** What a payee presents to `claim`, without the vector already paid. */
export interface ClaimProof {
  readonly index: number;
  /** EIP-55. */
  readonly account: string;
  /** Cumulative. */
  readonly units: bigint;
  readonly addressesHash: string;
  readonly amountsHash: string;
  /** 7 siblings within the chunk, then those above it. */
  readonly proof: readonly string[];
}

/** Indices end here, so that a bad one cannot make the tree grow without bound. */
export const MAX_INDEX = 2 ** 24 - 1;
const ABSENT = new Uint8Array(32);

/**
 * The tree behind a payout root (contracts/ChunkTree.sol):
 * leaf = keccak(account ‖ units), chunk = keccak(keccak(accounts) ‖ keccak(amounts) ‖ root of its 128 leaves), above
 * it keccak(left ‖ right) by position; a chunk without any entry is zero.
 */
export class PayoutTree {
  /** Levels above the chunk nodes; the last holds the root alone. */
  private readonly levels: Uint8Array[][];
  readonly root: string;

  /** Use `buildPayoutTree`. `parts` holds the chunks that have an entry. */
  constructor(
    private readonly parts: ReadonlyMap<number, PayoutChunk>,
    /** Chunks up to the highest one with an entry. */
    readonly chunkCount: number,
    /** Sum of all cumulative units. */
    readonly totalUnits: bigint,
  ) {
    this.levels = [Array.from({ length: chunkCount }, (_, chunk) => this.nodeOf(chunk))];
    for (let below = this.levels[0]!; below.length > 1; below = this.levels.at(-1)!) {
      this.levels.push(parentsOf(below));
    }
    this.root = hexlify(this.levels.at(-1)![0]!);
  }

  /** The chunks that have an entry, by number. */
  get chunks(): PayoutChunk[] {
    return [...this.parts.values()];
  }

  /** @throws SettlementError `chunk_unknown` for a chunk without an entry */
  chunk(chunk: number): PayoutChunk {
    const part = this.parts.get(chunk);
    if (!part) throw new SettlementError('chunk_unknown', 'no entry in this chunk', { chunk });
    return part;
  }

  hasChunk(chunk: number): boolean {
    return this.parts.has(chunk);
  }

  /**
   * Siblings from the node of `groupSize` neighbouring chunks (1, 2, 4, …) up to the root.
   * @throws SettlementError `group_invalid` when the group is not aligned or larger than the tree
   */
  chunkProof(firstChunk: number, groupSize = 1): string[] {
    const from = Math.log2(groupSize);
    if (
      !Number.isInteger(from) ||
      from >= this.levels.length ||
      firstChunk % groupSize !== 0 ||
      firstChunk < 0
    )
      throw new SettlementError('group_invalid', 'not an aligned group', { firstChunk, groupSize });
    const proof: string[] = [];
    let position = firstChunk / groupSize;
    for (const level of this.levels.slice(from, -1)) {
      proof.push(hexlify(level[position ^ 1] ?? ABSENT));
      position >>= 1;
    }
    return proof;
  }

  /** Account and cumulative units of an index. @throws SettlementError `index_unknown` */
  entry(index: number): PayoutEntry {
    const part = this.parts.get(Math.floor(index / CHUNK));
    const account = part?.addresses.subarray((index % CHUNK) * ADDRESS_BYTES).subarray(0, ADDRESS_BYTES);
    if (!part || !account || account.every((byte) => byte === 0))
      throw new SettlementError('index_unknown', 'no entry with this index', { index });
    return { index, account: checkPayee(hexlify(account)), units: unitsAt(part.amounts, index % CHUNK) };
  }

  /** @throws SettlementError `index_unknown` */
  claimProof(index: number): ClaimProof {
    const entry = this.entry(index);
    const part = this.chunk(Math.floor(index / CHUNK));
    const within: string[] = [];
    let position = index % CHUNK;
    for (let level = leavesOf(part.addresses, part.amounts); level.length > 1; level = parentsOf(level)) {
      within.push(hexlify(level[position ^ 1]!));
      position >>= 1;
    }
    const { addressesHash, amountsHash } = part;
    return { ...entry, addressesHash, amountsHash, proof: [...within, ...this.chunkProof(part.chunk)] };
  }

  private nodeOf(chunk: number): Uint8Array {
    const part = this.parts.get(chunk);
    return part ? getBytes(part.node) : ABSENT;
  }
}

/**
 * Builds the tree over cumulative amounts.
 * @param entries any order; several indices may share an account
 * @throws SettlementError `no_entries`, `index_invalid`, `duplicate_index`, `units_negative`, `units_overflow`,
 * `address_invalid`, `payee_zero`, `payee_is_token`, `payee_is_contract`
 */
export function buildPayoutTree(
  entries: readonly PayoutEntry[],
  forbidden: ForbiddenPayees = {},
): PayoutTree {
  if (entries.length === 0) throw new SettlementError('no_entries', 'a root needs at least one entry');
  const rows = new Map<number, { addresses: Uint8Array; amounts: AmountVector; taken: Set<number> }>();
  let totalUnits = 0n;
  for (const { index, account, units } of entries) {
    if (!Number.isInteger(index) || index < 0 || index > MAX_INDEX)
      throw new SettlementError('index_invalid', `an index is 0 … ${MAX_INDEX}`, { index });
    checkUnits(units);
    const payee = checkPayee(account, forbidden);
    const chunk = Math.floor(index / CHUNK);
    const place = index % CHUNK;
    let row = rows.get(chunk);
    if (!row) {
      row = { addresses: new Uint8Array(CHUNK * ADDRESS_BYTES), amounts: emptyVector(), taken: new Set() };
      rows.set(chunk, row);
    }
    if (row.taken.has(place))
      throw new SettlementError('duplicate_index', 'an index occurs twice', { index });
    row.taken.add(place);
    row.addresses.set(getBytes(payee), place * ADDRESS_BYTES);
    setUnits(row.amounts, place, units);
    totalUnits += units;
  }
  const numbers = [...rows.keys()].sort((a, b) => a - b);
  const parts = new Map<number, PayoutChunk>();
  for (const chunk of numbers) {
    const { addresses, amounts } = rows.get(chunk)!;
    parts.set(chunk, hashChunk(chunk, addresses, amounts));
  }
  return new PayoutTree(parts, numbers.at(-1)! + 1, totalUnits);
}

function hashChunk(chunk: number, addresses: Uint8Array, amounts: AmountVector): PayoutChunk {
  let level = leavesOf(addresses, amounts);
  while (level.length > 1) level = parentsOf(level);
  const leavesRoot = level[0]!;
  const preimage = new Uint8Array(96);
  const addressesHash = keccak256(addresses);
  const amountsHash = keccak256(amounts);
  preimage.set(addressesHash, 0);
  preimage.set(amountsHash, 32);
  preimage.set(leavesRoot, 64);
  return {
    chunk,
    addresses,
    amounts,
    addressesHash: hexlify(addressesHash),
    amountsHash: hexlify(amountsHash),
    leavesRoot: hexlify(leavesRoot),
    node: hexlify(keccak256(preimage)),
  };
}

function leavesOf(addresses: Uint8Array, amounts: AmountVector): Uint8Array[] {
  const preimage = new Uint8Array(ADDRESS_BYTES + AMOUNT_BYTES);
  return Array.from({ length: CHUNK }, (_, place) => {
    preimage.set(addresses.subarray(place * ADDRESS_BYTES, (place + 1) * ADDRESS_BYTES), 0);
    preimage.set(amounts.subarray(place * AMOUNT_BYTES, (place + 1) * AMOUNT_BYTES), ADDRESS_BYTES);
    return keccak256(preimage);
  });
}

function parentsOf(level: readonly Uint8Array[]): Uint8Array[] {
  const pair = new Uint8Array(64);
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
    pair.set(level[2 * i]!, 0);
    pair.set(level[2 * i + 1] ?? ABSENT, 32);
    return keccak256(pair);
  });
}
