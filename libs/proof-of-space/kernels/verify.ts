// Proofs of space of the kind chia-v1: checked in batches, one after another up to table 5, four at once above.
// Source: chiapos `src/verifier.hpp`. Everything lies at fixed places; src/verify says who writes what.

import { VECTOR } from './shared/lane-bits';
import { swap32 } from './shared/bits';
import { combine } from './proof/fold';
import { loadKey, makeLeaves, unpack, X_BYTES } from './proof/leaves';
import { matches } from './proof/match';
import { gather, NODE, nodes } from './proof/nodes';
import { makeOrdered, pack } from './proof/order';
import { choosePair, hashPair, pair } from './proof/quality';

/** Proofs of a batch. */
export const BATCH: u32 = 128;

/** 32 bytes a proof. */
export const plotIds = memory.data(128 * 32, 16);
export const challenges = memory.data(128 * 32, 16);
/** 8k bytes a proof; the last may be read 8 bytes beyond. */
export const proofs = memory.data(128 * 400 + 16, 16);
/** A byte a proof, 1 for a valid one; and its quality, 32 bytes. */
export const verdicts = memory.data(128, 16);
export const qualities = memory.data(128 * 32, 16);
/** 64 x values as f64. */
export const values = memory.data(512, 16);

/** The x values of four proofs, their numbers in the batch and their nodes of table 5. */
const xs = memory.data(4 * 512, 16);
const numbers = memory.data(16, 16);
const fives = memory.data(4 * 144, 16);
const sixes = memory.data(2 * 144, 16);
const left = memory.data(144, 16);
const right = memory.data(144, 16);

/**
 * Makes tables 2..5 from the leaves.
 *
 * @returns false when two are no neighbours
 */
function fold(k: u32): bool {
  for (let table: u32 = 2, pairs: usize = 8; pairs > 0; table++, pairs >>= 1) {
    // the leaves were compared when they were made
    if (table > 2) {
      for (let i: usize = 0; i < pairs; i++) {
        const at = nodes + 2 * i * NODE;
        if (matches(k, at, at + NODE) != 15) return false;
      }
    }
    for (let i: usize = 0; i < pairs; i++) {
      const at = nodes + 2 * i * NODE;
      combine(k, table, at, at + NODE, nodes + i * NODE);
    }
  }
  return true;
}

/** Whether the first k bits of a challenge are those of a y in lane `lane` of a node. */
function answers(k: u32, node: usize, lane: usize, challenge: usize): bool {
  const at = node + (lane << 2);
  const y = (<u64>load<u32>(at) << 32) | <u64>load<u32>(at, VECTOR);
  const wanted = (<u64>swap32(load<u32>(challenge)) << 32) | <u64>swap32(load<u32>(challenge, 4));
  return (y ^ wanted) >> <u64>(64 - k) == 0;
}

/** Makes tables 6 and 7 of up to four proofs that got to table 5. Returns how many are valid. */
function finish(k: u32, count: u32): u32 {
  let good: i32 = 0;
  for (let i: usize = 0; i < <usize>count; i += 2) {
    gather(left, fives + i * NODE, fives + (i + 1) * NODE, false);
    gather(right, fives + i * NODE, fives + (i + 1) * NODE, true);
    good |= matches(k, left, right) << <i32>(2 * i);
    combine(k, 6, left, right, sixes + (i >> 1) * NODE);
  }
  gather(left, sixes, sixes + NODE, false);
  gather(right, sixes, sixes + NODE, true);
  const top = matches(k, left, right);
  combine(k, 7, left, right, left);
  let valid: u32 = 0;
  for (let slot: usize = 0; slot < <usize>count; slot++) {
    if (((good >> <i32>(2 * slot)) & 3) != 3 || !((top >> <i32>slot) & 1)) continue;
    const number = <usize>load<u32>(numbers + (slot << 2));
    const challenge = challenges + (number << 5);
    if (!answers(k, left, slot, challenge)) continue;
    choosePair(xs + slot * X_BYTES, load<u8>(challenge, 31) & 31);
    hashPair(k, challenge, qualities + (number << 5));
    store<u8>(verdicts + number, 1);
    valid++;
  }
  return valid;
}

/**
 * Checks the first `count` proofs and writes `verdicts` and `qualities`; the quality of an invalid proof is zero.
 *
 * @param count up to BATCH
 * @param idStride 32, or 0 when all are of the first plot
 * @returns how many are valid
 */
export function verify(k: u32, count: u32, idStride: u32): u32 {
  let valid: u32 = 0;
  let waiting: u32 = 0;
  memory.fill(verdicts, 0, count);
  memory.fill(qualities, 0, <usize>count << 5);
  for (let i: u32 = 0; i < count; i++) {
    const values = xs + <usize>waiting * X_BYTES;
    loadKey(plotIds + <usize>(i * idStride));
    unpack(k, proofs + <usize>(i * k << 3), values);
    if (!makeLeaves(k, values, true) || !fold(k)) continue;
    memory.copy(fives + <usize>waiting * NODE, nodes, NODE);
    store<u32>(numbers + (<usize>waiting << 2), i);
    waiting++;
    if (waiting == 4) {
      valid += finish(k, 4);
      waiting = 0;
    }
  }
  return waiting == 0 ? valid : valid + finish(k, waiting);
}

/** Takes the x values of one proof from `values`. */
function takeValues(): void {
  for (let i: usize = 0; i < X_BYTES; i += 8) store<u64>(xs + i, <u64>load<f64>(values + i));
}

/**
 * Turns 64 x values in the order of a plot file (`values`) into the first of `proofs`.
 *
 * @param strict stop at the first that are no neighbours
 * @returns 3 for a proof of the first plot for the first challenge; 1 when all are neighbours, 2 when f7 answers
 */
export function assemble(k: u32, strict: bool): u32 {
  takeValues();
  loadKey(plotIds);
  const good = makeOrdered(k, xs, left, right, strict);
  pack(k, xs, proofs);
  return <u32>good | (<u32>answers(k, left, 0, challenges) << 1);
}

/** The first quality, from the first two `values` and the first challenge. */
export function qualityOfPair(k: u32): void {
  store<u64>(pair, <u64>load<f64>(values));
  store<u64>(pair, <u64>load<f64>(values, 8), 8);
  hashPair(k, challenges, qualities);
}

// For tests: the same steps one by one, whether or not the x values are a proof. There are no proofs of k > 32.

/** Where the nodes lie; NODE bytes each. */
export function nodesStart(): usize {
  return nodes;
}

/** The leaves of the first proof. */
export function tryLeaves(k: u32): void {
  loadKey(plotIds);
  unpack(k, proofs, xs);
  makeLeaves(k, xs, false);
}

/**
 * Makes a table, 2..7, from the nodes of the one before.
 *
 * @returns a bit for each pair of neighbours, by node and then lane
 */
export function tryTable(k: u32, table: u32): u32 {
  let found: u32 = 0;
  if (table > 5) {
    gather(left, nodes, nodes, false);
    gather(right, nodes, nodes, true);
    found = matches(k, left, right);
    combine(k, table, left, right, nodes);
    return found;
  }
  for (let i: u32 = 0; i < <u32>32 >> table; i++) {
    const at = nodes + <usize>(2 * i) * NODE;
    found |= matches(k, at, at + NODE) << <i32>(4 * i);
    combine(k, table, at, at + NODE, nodes + <usize>i * NODE);
  }
  return found;
}

/** The first quality, from the x values that `tryLeaves` took. */
export function tryQuality(k: u32): void {
  choosePair(xs, load<u8>(challenges, 31) & 31);
  hashPair(k, challenges, qualities);
}
