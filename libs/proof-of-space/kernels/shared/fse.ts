// Entropy coding as FiniteStateEntropy `fse_compress.c` does it, byte for byte. The tables come from
// src/fse/coding-table.ts.

/** Bytes of the states at the begin of a table; (delta of bits i32, delta of state i32) for each symbol follow. */
const STATES: usize = 2 << 14;
const STATE_BITS: u32 = 14;
const STATE_MASK: u64 = (1 << 14) - 1;


// @ts-ignore: decorator
@inline
function firstState(table: usize, symbol: u32): u32 {
  const entry = table + STATES + (<usize>symbol << 3);
  const delta = load<u32>(entry);
  const bits = (delta + (1 << 15)) >> 16;
  return load<u16>(table + (((((bits << 16) - delta) >> bits) + load<u32>(entry, 4)) << 1));
}

/**
 * Encodes `symbols[0, count)`, bytes for each of which the table has an entry.
 *
 * @param out with room for two bytes a symbol and 16 more
 * @returns the size in bytes; 0 for two symbols or fewer, which the coder does not take
 */
export function encodeSymbols(table: usize, symbols: usize, count: u32, out: usize): u32 {
  if (count <= 2) return 0;
  const deltas = table + STATES;
  let at = symbols + count - 2;
  let a = firstState(table, load<u8>(at, 1));
  let b = firstState(table, load<u8>(at));
  let to = out;
  let container: u64 = 0;
  let bitsHeld: u64 = 0;
  // The two states take turns from the last symbol to the first.
  if (count & 1) {
    at--;
    const entry = deltas + (<usize>load<u8>(at) << 3);
    const bits = (a + load<u32>(entry)) >> 16;
    container = <u64>(a & ((1 << bits) - 1));
    bitsHeld = bits;
    const next = load<u16>(table + (((a >> bits) + load<u32>(entry, 4)) << 1));
    a = b;
    b = next;
  }
  while (at > symbols) {
    at -= 2;
    let entry = deltas + (<usize>load<u8>(at, 1) << 3);
    let bits = (a + load<u32>(entry)) >> 16;
    container |= <u64>(a & ((1 << bits) - 1)) << bitsHeld;
    bitsHeld += bits;
    a = load<u16>(table + (((a >> bits) + load<u32>(entry, 4)) << 1));

    entry = deltas + (<usize>load<u8>(at) << 3);
    bits = (b + load<u32>(entry)) >> 16;
    container |= <u64>(b & ((1 << bits) - 1)) << bitsHeld;
    bitsHeld += bits;
    b = load<u16>(table + (((b >> bits) + load<u32>(entry, 4)) << 1));

    store<u64>(to, container);
    to += <usize>(bitsHeld >> 3);
    container >>= bitsHeld & 56;
    bitsHeld &= 7;
  }
  // The state that would take the next symbol decodes symbol 1; the other one decodes symbol 0 and ends the stream.
  container |= (<u64>a & STATE_MASK) << bitsHeld;
  container |= (<u64>b & STATE_MASK) << (bitsHeld + STATE_BITS);
  bitsHeld += 2 * STATE_BITS;
  store<u64>(to, container | (<u64>1 << bitsHeld));
  return <u32>(to - out) + <u32>(bitsHeld >> 3) + 1;
}
