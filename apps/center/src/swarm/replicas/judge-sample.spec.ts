import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CHUNK_BYTES, KeyedSample } from '#libs/swarm';
import { encodePart } from './encoding.js';
import { type HeldSample, isThin, judgeSample } from './judge-sample.js';

const secret = createHash('sha256').update('replica').digest();
const anchorOf = (number: number) => createHash('sha256').update(`anchor ${number}`).digest();
const chunkOf = async (index: number) => encodePart(secret, index * CHUNK_BYTES, new Uint8Array(CHUNK_BYTES));
const CHUNKS = 256;

/** What a keeper of these chunks answers. */
async function answered(
  anchor: Uint8Array,
  isKept: (index: number) => boolean,
  made: (index: number) => Promise<Uint8Array> = chunkOf,
) {
  const sample = new KeyedSample(anchor);
  for (let index = 0; index < CHUNKS; index++) if (isKept(index)) sample.add(index, await made(index));
  const { items, commitment } = sample.finish();
  const window = { first: 0, chunks: CHUNKS };
  return { anchor, window, all: CHUNKS, commitment, opened: items.map(({ index }) => index) };
}

test('a whole replica gives a sample that holds', async () => {
  expect(await judgeSample(await answered(anchorOf(0), () => true), chunkOf)).toHaveProperty('last');
});

test('what was not committed to, is not of the replica, repeats, lies outside or is missing is told apart', async () => {
  const honest = await answered(anchorOf(0), () => true);
  const faultOf = async (changes: Partial<typeof honest>) => {
    const judged = await judgeSample({ ...honest, ...changes }, chunkOf);
    return 'fault' in judged ? judged.fault : null;
  };
  const { opened } = honest;
  expect(await faultOf({ opened: opened.slice(1) })).toBe('sample-count-wrong');
  expect(await faultOf({ opened: [...opened.slice(1), opened[1]!] })).toBe('sample-repeats-chunk');
  expect(await faultOf({ opened: [...opened.slice(1), CHUNKS] })).toBe('sample-out-of-range');
  expect(await faultOf({ commitment: new Uint8Array(32) })).toBe('sample-differs');
  // an old answer, under another anchor
  expect(await faultOf({ anchor: anchorOf(1) })).toBe('sample-differs');
  // the plain bytes of the data set instead of their encoding
  const plain = await answered(
    anchorOf(0),
    () => true,
    async (index) => new Uint8Array(CHUNK_BYTES).fill(index),
  );
  expect(await judgeSample(plain, chunkOf)).toEqual({ fault: 'sample-differs' });
});

test('who keeps half of the chunks gives samples that are too thin after a few; who keeps all never does', async () => {
  const lasts = async (isKept: (index: number) => boolean, count: number) => {
    const held: HeldSample[] = [];
    for (let number = 0; number < count; number++) {
      const judged = await judgeSample(await answered(anchorOf(number), isKept), chunkOf);
      if ('last' in judged) held.push({ last: judged.last, chunks: CHUNKS });
    }
    return held;
  };
  expect(isThin(await lasts((index) => index % 2 === 0, 16))).toBe(true);
  const whole = await lasts(() => true, 16);
  for (let count = 1; count <= whole.length; count++) expect(isThin(whole.slice(0, count))).toBe(false);
});

test('a window goes on at the beginning: what lies in its gap is out of range', async () => {
  // of 256 chunks the last 40 and the first 20
  const window = { first: CHUNKS - 40, chunks: 60 };
  const isIn = (index: number) => index >= CHUNKS - 40 || index < 20;
  const answer = { ...(await answered(anchorOf(3), isIn)), window };
  expect(await judgeSample(answer, chunkOf)).toHaveProperty('last');
  for (const index of [20, CHUNKS - 41, CHUNKS]) {
    const opened = [...answer.opened.slice(1), index];
    expect(await judgeSample({ ...answer, opened }, chunkOf)).toEqual({ fault: 'sample-out-of-range' });
  }
});

test('samples of windows of several sizes are judged together, each by its own', async () => {
  const held = async (number: number, chunks: number, isKept: (index: number) => boolean) => {
    const window = { first: 0, chunks };
    const answer = await answered(anchorOf(number), (index) => index < chunks && isKept(index));
    const judged = await judgeSample({ ...answer, window }, chunkOf);
    return 'last' in judged ? [{ last: judged.last, chunks }] : [];
  };
  const sizes = Array.from({ length: 16 }, (_, number) => (number % 2 ? 64 : CHUNKS));
  const samples = async (isKept: (index: number) => boolean) =>
    (await Promise.all(sizes.map((chunks, number) => held(number, chunks, isKept)))).flat();
  expect(isThin(await samples(() => true))).toBe(false);
  expect(isThin(await samples((index) => index % 2 === 0))).toBe(true);
});
