import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LONGEST_WAIT_MS, TURN_MS, Turnstile } from './turnstile.js';

const MANY = 3_000;
let turnstile: Turnstile;
/** By how much the clock has gone on while nothing had its turn. */
let behindMs: number;
let answers: [number, boolean][];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  behindMs = 0;
  turnstile = new Turnstile(() => performance.now() + behindMs);
  answers = [];
});
afterEach(() => void vi.useRealTimers());

const dial = (n: number, isGone = () => false) =>
  turnstile.enter((admitted) => answers.push([n, admitted]), isGone);
const dialAll = (count = MANY) => {
  for (let n = 0; n < count; n++) dial(n);
};
const admitted = () => answers.filter(([, well]) => well).length;
/** Turns that come `lateMs` after they were due, as when the event loop has much to do. */
const turns = (count: number, lateMs = 0) => {
  for (let i = 0; i < count; i++) {
    behindMs += lateMs;
    vi.advanceTimersByTime(TURN_MS);
  }
};

test('one who dials while nobody else does comes in at once, and nothing ticks afterwards', () => {
  dial(1);
  expect(answers).toEqual([[1, true]]);
  turns(3);
  expect(vi.getTimerCount()).toBe(0);
  dial(2);
  expect(answers).toHaveLength(2);
});

test('many who dial together come in a few at a time, in their order, and all of them', () => {
  dialAll();
  const first = admitted();
  expect(first).toBeLessThan(100);
  turns(1);
  expect(admitted()).toBeLessThan(2 * first + 10);
  turns(200);
  expect(answers).toEqual(Array.from({ length: MANY }, (_, n) => [n, true]));
});

test('while turns are late fewer come in, but some always do', () => {
  dialAll();
  turns(10, 300);
  const before = admitted();
  turns(10, 300);
  const slow = admitted() - before;
  expect(slow).toBeGreaterThanOrEqual(10);
  turns(30);
  const since = admitted();
  turns(10);
  expect(admitted() - since).toBeGreaterThan(5 * slow);
});

test('who waited for too long is refused and may dial again; who hung up is passed over', () => {
  let here = true;
  dialAll();
  dial(MANY, () => !here);
  here = false;
  turns(10, LONGEST_WAIT_MS);
  const refused = answers.filter(([, well]) => !well).length;
  expect(refused).toBeGreaterThan(MANY / 2);
  expect(admitted() + refused).toBe(MANY);
  expect(answers.some(([n]) => n === MANY)).toBe(false);
});

test('no more wait than there is room for', () => {
  dialAll(20_000);
  expect(answers.every(([, well]) => well)).toBe(true);
  dialAll(200);
  expect(answers.filter(([, well]) => !well).length).toBeGreaterThan(0);
});
