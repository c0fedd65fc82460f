import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ChunkHasher,
  chunkAddress,
  type FileProof,
  FileTree,
  filePath,
  fileProof,
  fileRoot,
  segmentsOf,
  type TreeChunk,
  verifyFileProof,
} from './index.js';
import { bytes, countingBytes, flipped, hex, vectors } from './testing/vectors.js';

interface RootVector {
  length: number;
  address: string;
}
interface FileProofVector {
  length: number;
  globalSegmentIndex: number;
  dataSegment: string;
  rootAddress: string;
  steps: { segmentIndex: number; segment: string; sisters: string[]; span: number }[];
}

const coded = (code: string) => expect.objectContaining({ name: 'SwarmError', code });

/** A file's root and a copy of every chunk of its tree, found by level and index. */
function tree(data: Uint8Array): {
  address: Uint8Array;
  payloadOf(level: number, index: number): Uint8Array;
} {
  const chunks = new Map<string, Uint8Array>();
  const stream = new FileTree(({ level, index, payload }: TreeChunk) => {
    chunks.set(`${level}/${index}`, payload.slice());
  });
  stream.write(data);
  const { address } = stream.finish();
  return { address, payloadOf: (level, index) => chunks.get(`${level}/${index}`) as Uint8Array };
}

function prove(data: Uint8Array, segmentIndex: number): { root: Uint8Array; proof: FileProof } {
  const { address, payloadOf } = tree(data);
  const path = filePath(data.length, segmentIndex);
  const payloads = path.map(({ level, chunkIndex }) => payloadOf(level, chunkIndex));
  return { root: address, proof: fileProof(data.length, segmentIndex, payloads) };
}

test.each(vectors<RootVector>('file-root-addresses.json'))('root of $length bytes', ({ length, address }) => {
  expect(hex(fileRoot(countingBytes(length)))).toBe(address);
});

test.each(vectors<FileProofVector>('file-inclusion-proofs.json'))(
  'segment $globalSegmentIndex of $length bytes',
  (vector) => {
    const { length, globalSegmentIndex: segmentIndex } = vector;
    const { root, proof } = prove(countingBytes(length), segmentIndex);
    expect(hex(root)).toBe(vector.rootAddress);
    const shown = proof.map((step) => ({
      segmentIndex: step.segmentIndex,
      segment: hex(step.segment),
      sisters: step.sisters.map(hex),
      span: Number(step.span),
    }));
    expect(shown).toEqual(vector.steps);
    expect(hex(proof[0]?.segment ?? new Uint8Array())).toBe(vector.dataSegment);
    expect(verifyFileProof(proof, { root, length, segmentIndex })).toBeNull();
  },
);

test('an empty file is the empty chunk, and has one segment', () => {
  const { root, proof } = prove(new Uint8Array(0), 0);
  expect(root).toEqual(chunkAddress(0n, new Uint8Array(0)));
  expect(verifyFileProof(proof, { root, length: 0, segmentIndex: 0 })).toBeNull();
});

test('however a file is cut into writes, its root is the same', () => {
  const data = countingBytes(140_000);
  const whole = fileRoot(data);
  const cuts = fc.array(fc.nat(data.length), { maxLength: 12 });
  fc.assert(
    fc.property(cuts, (places) => {
      const stream = new FileTree();
      const ends = [...places, data.length].sort((a, b) => a - b);
      for (const [at, end] of ends.entries()) stream.write(data.subarray(ends[at - 1] ?? 0, end));
      expect(stream.finish()).toEqual({ address: whole, length: data.length });
    }),
    { numRuns: 10 },
  );
});

test('a tree of three levels with a lone leaf: every kind of segment is proven', () => {
  const length = 128 * 128 * 4096 + 40;
  const path = (segment: number) => filePath(length, segment).map((step) => step.level);
  expect(path(0)).toEqual([0, 1, 2, 3]);
  expect(path(segmentsOf(length) - 1)).toEqual([0, 3]);
  const last = filePath(length, segmentsOf(length) - 1);
  expect(last.map(({ chunkIndex, segmentIndex, span }) => [chunkIndex, segmentIndex, span])).toEqual([
    [128 * 128, 1, 40],
    [0, 1, length],
  ]);
});

test('any segment of any file is proven; no altered proof passes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 560_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.nat(1e9),
      fc.integer({ min: 1, max: 255 }),
      (length, place, position, flip) => {
        const segmentIndex = Math.floor(place * segmentsOf(length));
        const { root, proof } = prove(countingBytes(length), segmentIndex);
        const file = { root, length, segmentIndex };
        expect(verifyFileProof(proof, file)).toBeNull();
        const at = position % proof.length;
        const step = proof[at] as FileProof[number];
        const field = Math.floor(position / 8) % 8;
        const altered =
          field === 7
            ? { ...step, segment: flipped(step.segment, position % 32, flip) }
            : {
                ...step,
                sisters: step.sisters.with(
                  field,
                  flipped(step.sisters[field] as Uint8Array, position % 32, flip),
                ),
              };
        const reason = verifyFileProof(proof.with(at, altered), file)?.reason;
        // a changed address of a child is found below, where the chunk no longer leads to it
        expect(reason).toBe(
          at === proof.length - 1 && (field < 7 || at === 0) ? 'root-differs' : 'chunk-differs',
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('segments of another chunk, index, span or root, and malformed steps: each has its reason', () => {
  const data = countingBytes(532_480);
  const { root, proof } = prove(data, 300);
  const file = { root, length: data.length, segmentIndex: 300 };
  const other = prove(data, 172).proof;
  const fault = (changed: FileProof, asked = file) => verifyFileProof(changed, asked);
  const changed = (at: number, change: Partial<FileProof[number]>) =>
    fault(proof.with(at, { ...(proof[at] as FileProof[number]), ...change }));

  expect(fault(proof.with(0, other[0] as FileProof[number]))).toEqual({ step: 0, reason: 'chunk-differs' });
  expect(fault(proof, { ...file, segmentIndex: 172 })).toEqual({ step: 1, reason: 'segment-index-differs' });
  expect(fault(proof, { ...file, segmentIndex: 301 })).toEqual({ step: 0, reason: 'segment-index-differs' });
  expect(changed(1, { span: 524_287n })).toEqual({ step: 1, reason: 'span-differs' });
  expect(fault(proof, { ...file, length: data.length - 1 })).toEqual({ step: 2, reason: 'span-differs' });
  expect(fault(proof, { ...file, root: flipped(root, 0) })).toEqual({ step: 2, reason: 'root-differs' });
  expect(fault(proof, { ...file, root: root.slice(1) })).toEqual({ step: 2, reason: 'root-differs' });
  expect(fault(proof.slice(1))).toEqual({ step: 0, reason: 'step-count-wrong' });
  expect(fault([...proof, ...proof.slice(2)])).toEqual({ step: 0, reason: 'step-count-wrong' });
  expect(changed(2, { sisters: [] })).toEqual({ step: 2, reason: 'sister-count-wrong' });
  const six = (proof[1] as FileProof[number]).sisters.slice(0, 6);
  expect(changed(1, { sisters: six })).toEqual({ step: 1, reason: 'sister-count-wrong' });
  expect(changed(1, { sisters: [...six, ...six] })).toEqual({ step: 1, reason: 'sister-count-wrong' });
  expect(changed(1, { sisters: [...six, new Uint8Array(31)] })?.reason).toBe('sister-length-wrong');
  expect(changed(0, { segment: new Uint8Array(33) })?.reason).toBe('segment-length-wrong');
  expect(changed(0, { segmentIndex: 128 })?.reason).toBe('segment-index-out-of-range');
  expect(changed(0, { span: -1n })?.reason).toBe('span-out-of-range');
  expect(fault(proof, { ...file, segmentIndex: 16_640 })?.reason).toBe('segment-index-out-of-range');
  expect(fault(proof, { ...file, length: Number.NaN })?.reason).toBe('segment-index-out-of-range');
});

test('bad input has its own code', () => {
  expect(() => filePath(-1, 0)).toThrow(coded('file-length-out-of-range'));
  expect(() => filePath(2 ** 53, 0)).toThrow(coded('file-length-out-of-range'));
  expect(() => filePath(32, 1)).toThrow(coded('segment-index-out-of-range'));
  expect(() => fileProof(5000, 0, [new Uint8Array(4096)])).toThrow(coded('payload-count-wrong'));
  const stream = new FileTree();
  stream.finish();
  expect(() => stream.write(Uint8Array.of(1))).toThrow(coded('file-finished'));
  expect(() => stream.finish()).toThrow(coded('file-finished'));
});

test('the kernel and noble agree on every payload, span and key', () => {
  const keys = fc
    .integer({ min: 0, max: 8 })
    .chain((words) => fc.uint8Array({ minLength: 8 * words, maxLength: 8 * words }));
  const payloads = fc.uint8Array({ maxLength: 4096, size: 'max' });
  fc.assert(
    fc.property(
      fc.array(payloads, { minLength: 1, maxLength: 3 }),
      fc.bigInt(0n, 2n ** 64n - 1n),
      keys,
      (many, span, key) => {
        const hasher = new ChunkHasher(key);
        for (const payload of many)
          expect(hasher.address(span, payload)).toEqual(chunkAddress(span, payload, key));
      },
    ),
    { numRuns: 20 },
  );
  expect(() => new ChunkHasher(new Uint8Array(7))).toThrow(coded('key-length-unsupported'));
  expect(() => new ChunkHasher(new Uint8Array(72))).toThrow(coded('key-length-unsupported'));
  expect(() => new ChunkHasher().address(0n, new Uint8Array(4097))).toThrow(coded('payload-too-long'));
  expect(() => new ChunkHasher().address(1n << 64n, bytes('00'))).toThrow(coded('span-out-of-range'));
});
