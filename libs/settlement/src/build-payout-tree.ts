import { getBytes } from 'ethers';
import {
  ADDRESS_BYTES,
  AMOUNT_BYTES,
  CHUNK,
  checkUnits,
  emptyVector,
  setUnits,
  VECTOR_BYTES,
  vectorSum,
} from './amount-vector.js';
import { SettlementError } from './errors.js';
import { checkPayee, type ForbiddenPayees } from './payee.js';
import { MAX_INDEX, type NumberedChunk, type PayoutEntry, PayoutTree } from './payout-tree.js';

/** All payees of a campaign by index, as columns: for campaigns too large for an object a payee. */
export interface PayoutColumns {
  /** 20 bytes an index; zero where an index has no payee. */
  readonly addresses: Uint8Array;
  /** Cumulative units, 6 bytes an index, big-endian. */
  readonly amounts: Uint8Array;
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
  const rows = new Map<number, NumberedChunk & { taken: Set<number> }>();
  for (const { index, account, units } of entries) {
    if (!Number.isInteger(index) || index < 0 || index > MAX_INDEX)
      throw new SettlementError('index_invalid', `an index is 0 … ${MAX_INDEX}`, { index });
    checkUnits(units);
    const payee = checkPayee(account, forbidden);
    const chunk = Math.floor(index / CHUNK);
    const place = index % CHUNK;
    let row = rows.get(chunk);
    if (!row) {
      const addresses = new Uint8Array(CHUNK * ADDRESS_BYTES);
      row = { chunk, addresses, amounts: emptyVector(), taken: new Set() };
      rows.set(chunk, row);
    }
    if (row.taken.has(place))
      throw new SettlementError('duplicate_index', 'an index occurs twice', { index });
    row.taken.add(place);
    row.addresses.set(getBytes(payee), place * ADDRESS_BYTES);
    setUnits(row.amounts, place, units);
  }
  return treeOver([...rows.values()].sort((a, b) => a.chunk - b.chunk));
}

/**
 * Builds the same tree from columns; a million payees take about a second. The columns belong to it from then on.
 * @throws SettlementError `vector_invalid` (not the same whole number of places), `no_entries`, `index_invalid` (too
 * many), `payee_zero` (an amount without an address), `payee_forbidden`
 */
export function buildPayoutTreeFromColumns(
  { addresses, amounts }: PayoutColumns,
  forbidden: ForbiddenPayees = {},
): PayoutTree {
  const places = amounts.length / AMOUNT_BYTES;
  if (!Number.isInteger(places) || addresses.length !== places * ADDRESS_BYTES)
    throw new SettlementError('vector_invalid', 'the columns have no common length', { places });
  if (places > MAX_INDEX + 1)
    throw new SettlementError('index_invalid', `an index is 0 … ${MAX_INDEX}`, { index: places - 1 });
  const never = [forbidden.token, forbidden.contract].flatMap((address) =>
    address ? [getBytes(address)] : [],
  );
  const rows: NumberedChunk[] = [];
  for (let chunk = 0; chunk * CHUNK < places; chunk++) {
    const row = {
      chunk,
      addresses: whole(addresses, chunk, CHUNK * ADDRESS_BYTES),
      amounts: whole(amounts, chunk, VECTOR_BYTES),
    };
    if (checkRow(row, never)) rows.push(row);
  }
  return treeOver(rows);
}

/** Whether the chunk has a payee. */
function checkRow({ chunk, addresses, amounts }: NumberedChunk, never: readonly Uint8Array[]): boolean {
  let any = false;
  for (let place = 0; place < CHUNK; place++) {
    const from = place * ADDRESS_BYTES;
    const present = !isZero(addresses, from, ADDRESS_BYTES);
    any ||= present;
    if (!present && !isZero(amounts, place * AMOUNT_BYTES, AMOUNT_BYTES))
      throw new SettlementError('payee_zero', 'an amount without an address', {
        index: chunk * CHUNK + place,
      });
    for (const address of never) {
      if (address.every((byte, i) => byte === addresses[from + i])) {
        throw new SettlementError('payee_forbidden', 'the token or the payout contract cannot be paid', {
          index: chunk * CHUNK + place,
        });
      }
    }
  }
  return any;
}

/** Bytes of a chunk, filled up with zeroes where the column ends in it. */
function whole(column: Uint8Array, chunk: number, bytes: number): Uint8Array {
  const part = column.subarray(chunk * bytes, (chunk + 1) * bytes);
  if (part.length === bytes) return part;
  const filled = new Uint8Array(bytes);
  filled.set(part);
  return filled;
}

function isZero(bytes: Uint8Array, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if (bytes[i] !== 0) return false;
  return true;
}

function treeOver(rows: readonly NumberedChunk[]): PayoutTree {
  const last = rows.at(-1);
  if (!last) throw new SettlementError('no_entries', 'a root needs at least one entry');
  const totalUnits = rows.reduce((sum, { amounts }) => sum + vectorSum(amounts), 0n);
  return new PayoutTree(rows, last.chunk + 1, totalUnits);
}
