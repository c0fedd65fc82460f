import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileStream } from './file-stream.js';
import { MemoryStream } from './memory-stream.js';
import { openStream } from './stream.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'streams-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what is written at a place is read there, in memory and on disk, however it is aligned', () => {
  const writes = fc.array(
    fc.record({
      bucket: fc.nat(4),
      at: fc.nat(40),
      count: fc.integer({ min: 1, max: 20 }),
      shift: fc.nat(7),
      seed: fc.nat(255),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.constantFrom(1, 4, 8, 12, 20), writes, (elementBytes, list) => {
      const shape = { buckets: 5, capacity: 60, elementBytes };
      const path = join(folder, 'property');
      for (const handle of [MemoryStream.allocate(shape), FileStream.create(path, shape)]) {
        const stream = openStream(handle);
        const model = new Map<number, number>();
        for (const { bucket, at, count, shift, seed } of list) {
          const bytes = new Uint8Array(shift + count * elementBytes).subarray(shift);
          for (let i = 0; i < bytes.length; i++) {
            bytes[i] = seed + i;
            model.set((bucket * 60 + at) * elementBytes + i, bytes[i]!);
          }
          stream.write(bucket, at, bytes);
        }
        for (const { bucket, at, count } of list) {
          const got = new Uint8Array(count * elementBytes);
          stream.read(bucket, at, got);
          const first = (bucket * 60 + at) * elementBytes;
          expect([...got]).toEqual(Array.from(got, (_, i) => model.get(first + i)));
        }
        stream.close();
      }
    }),
    { numRuns: 100 },
  );
});

test('a temporary file that became shorter, or is gone, is an error that names it', () => {
  const path = join(folder, 'short');
  const handle = FileStream.create(path, { buckets: 2, capacity: 100, elementBytes: 8 });
  const stream = openStream(handle);
  stream.write(1, 0, new Uint8Array(800).fill(7));
  truncateSync(path, 1000);
  const error = expect.objectContaining({
    code: 'plot_not_written',
    details: expect.objectContaining({ path }),
  });
  expect(() => stream.read(1, 0, new Uint8Array(800))).toThrow(error);
  stream.close();
  rmSync(path);
  expect(() => openStream(handle)).toThrow(error);
});
