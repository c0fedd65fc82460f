import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createKeccak } from 'hash-wasm';
import { ChunkHasher, chunkAddress, FileTree } from '#libs/swarm';
import { rates, type Section, type SectionContext } from '../frame/section.js';

const CHUNK_BYTES = 4096;
/** Larger than the caches that a core has to itself. */
const DATA_BYTES = 16 * 2 ** 20;
const WORKER_RUNS = 5;
const GOAL = { name: 'the goal', value: 30 };

/** Megabytes (10^6 bytes) of data a second that get their chunk addresses. */
export const hashing: Section = {
  title: 'Hashing of data into chunk addresses',
  async run(context) {
    const data = someBytes(DATA_BYTES);
    const { row } = context;
    const unit = 'MB/s';
    const bulk = (name: string, hasher: ChunkHasher) =>
      row({ name, samples: megabytes(() => hashAll(hasher, data)), unit, against: GOAL });
    bulk('chunk addresses, one thread', new ChunkHasher());
    bulk('keyed with 32 bytes, one thread', new ChunkHasher(someBytes(32)));
    const root = () => {
      const tree = new FileTree();
      tree.write(data);
      tree.finish();
      return data.length;
    };
    row({ name: 'root of a file as a stream, one thread', samples: megabytes(root), unit, against: GOAL });
    await hashWasm(context, data);
    const few = data.subarray(0, 64 * CHUNK_BYTES);
    const noble = () => {
      for (let at = 0; at < few.length; at += CHUNK_BYTES)
        chunkAddress(4096n, few.subarray(at, at + CHUNK_BYTES));
      return few.length;
    };
    row({ name: 'the same with @noble/hashes', samples: megabytes(noble), unit });
    await workers(context);
  },
};

/** Hashes all the data, a chunk at a time. Returns how many bytes that was. */
export function hashAll(hasher: ChunkHasher, data: Uint8Array): number {
  for (let at = 0; at < data.length; at += CHUNK_BYTES)
    hasher.address(4096n, data.subarray(at, at + CHUNK_BYTES));
  return data.length;
}

/** The same bytes every time; no two chunks alike. */
export function someBytes(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
}

function megabytes(once: () => number): number[] {
  return rates(once).map((bytes) => bytes / 1e6);
}

/** A hasher of a package at hand, reused: what the kernel is measured against. */
async function hashWasm({ row }: SectionContext, data: Uint8Array) {
  const keccak = await createKeccak(256);
  const nodes = new Uint8Array(CHUNK_BYTES);
  const part = data.subarray(0, 512 * CHUNK_BYTES);
  const span = new Uint8Array(8);
  const hashPart = () => {
    for (let at = 0; at < part.length; at += CHUNK_BYTES) {
      let from = part.subarray(at, at + CHUNK_BYTES);
      for (let count = 64; count >= 1; count >>= 1) {
        for (let node = 0; node < count; node++) {
          keccak.init().update(from.subarray(64 * node, 64 * node + 64));
          nodes.set(keccak.digest('binary'), 32 * node);
        }
        from = nodes;
      }
      keccak.init().update(span).update(nodes.subarray(0, 32)).digest('binary');
    }
    return part.length;
  };
  row({ name: 'the same with hash-wasm, its hasher reused', samples: megabytes(hashPart), unit: 'MB/s' });
}

/** One worker, then two at the same time: each hashes data of its own. */
async function workers({ row }: SectionContext) {
  const pair = [0, 1].map(() => new Worker(new URL('./hash-worker.js', import.meta.url)));
  try {
    await Promise.all(pair.map(answer));
    const one: number[] = [];
    const two: number[] = [];
    for (let run = 0; run < WORKER_RUNS; run++) {
      one.push(await rateOf(pair.slice(0, 1)));
      two.push(await rateOf(pair));
    }
    row({ name: 'one worker', samples: one, unit: 'MB/s' });
    row({ name: 'two workers', samples: two, unit: 'MB/s' });
    const against = { name: 'the goal', value: 1.8 };
    row({
      name: 'two workers to one',
      samples: two.map((rate, run) => rate / one[run]!),
      unit: '×',
      against,
    });
  } finally {
    await Promise.all(pair.map((worker) => worker.terminate()));
  }
}

/** Megabytes a second of all of them together. */
async function rateOf(some: readonly Worker[]): Promise<number> {
  const started = performance.now();
  const bytes = await Promise.all(
    some.map((worker) => {
      const answered = answer(worker);
      worker.postMessage('hash');
      return answered;
    }),
  );
  return bytes.reduce((sum, each) => sum + each, 0) / 1e3 / (performance.now() - started);
}

async function answer(worker: Worker): Promise<number> {
  const [bytes] = (await once(worker, 'message')) as [number];
  return bytes;
}
