import { keccak_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hash } from './bmt.js';
import {
  chunkAddress,
  gameRound,
  type InclusionProof,
  inclusionProof,
  obfuscatedCommit,
  overlayAddress,
  proximity,
  SAMPLE_MAX_VALUE,
  verifyInclusionProof,
} from './index.js';
import { bytes, hex, load, spanOf, vectors } from './testing/vectors.js';

interface ChunkVector {
  name: string;
  payloadHex: string;
  spanLEHex: string;
  address: string;
}
interface ProofVector extends ChunkVector {
  keyHex: string;
  segmentIndex: number;
  segment: string;
  sisters: string[];
}
interface OverlayVector {
  ethAddress: string;
  networkId: number;
  nonce: string;
  overlay: string;
}

test.each(vectors<ChunkVector>('bmt-chunk-addresses.json'))('chunk address: $name', (vector) => {
  expect(hex(chunkAddress(spanOf(vector.spanLEHex), bytes(vector.payloadHex)))).toBe(vector.address);
});

test.each(vectors<ProofVector>('bmt-inclusion-proofs.json'))('inclusion proof: $name', (vector) => {
  const key = bytes(vector.keyHex);
  const span = spanOf(vector.spanLEHex);
  const proof = inclusionProof(bytes(vector.payloadHex), vector.segmentIndex, key);
  expect(hex(proof.segment)).toBe(vector.segment);
  expect(proof.sisters.map(hex)).toEqual(vector.sisters);
  expect(hex(chunkAddress(span, bytes(vector.payloadHex), key))).toBe(vector.address);
  const chunk = { address: bytes(vector.address), span, key };
  expect(verifyInclusionProof(proof, chunk)).toBeNull();
  expect(verifyInclusionProof(proof, { ...chunk, span: span + 1n })).toBe('address-differs');
  expect(verifyInclusionProof(proof, { ...chunk, key: bytes('00') })).toBe('address-differs');
});

test.each(vectors<OverlayVector>('overlays.json'))(
  'overlay $overlay',
  ({ ethAddress, networkId, nonce, overlay }) => {
    expect(hex(overlayAddress(bytes(ethAddress), BigInt(networkId), bytes(nonce)))).toBe(overlay);
  },
);

interface CommitVectors {
  vectors: { overlay: string; depth: number; hash: string; nonce: string; obfuscatedHash: string }[];
  sampleMaxValue: string;
  proximity: { a: string; b: string; po: number }[];
}

test('the redistribution game: commits, proximity, rounds and phases', () => {
  const game = load<CommitVectors>('redistribution-commit.json');
  for (const { overlay, depth, hash, nonce, obfuscatedHash } of game.vectors) {
    expect(hex(obfuscatedCommit(bytes(overlay), depth, bytes(hash), bytes(nonce)))).toBe(obfuscatedHash);
  }
  for (const { a, b, po } of game.proximity) expect(proximity(bytes(a), bytes(b))).toBe(po);
  expect(proximity(bytes('ff00'), bytes('ff00'))).toBe(16);
  expect(proximity(bytes('ff01'), bytes('ff00'))).toBe(15);
  expect(SAMPLE_MAX_VALUE.toString()).toBe(game.sampleMaxValue);
  const rounds = [0, 37, 38, 75, 76, 151, 152].map(gameRound);
  expect(rounds.map(({ round }) => round)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  const phases = ['commit', 'commit', 'reveal', 'reveal', 'claim', 'claim', 'commit'];
  expect(rounds.map(({ phase }) => phase)).toEqual(phases);
});

test('one block or more, hashes are those of noble', () => {
  for (const length of [0, 1, 32, 134, 135, 136, 137, 300]) {
    const data = new Uint8Array(length).fill(length);
    const cut = length >> 1;
    expect(hash(data.subarray(0, cut), data.subarray(cut))).toEqual(keccak_256(data));
  }
});

test('any segment of any payload is proven, and no altered proof passes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 4096, size: 'max' }),
      fc.nat(127),
      fc.nat(8 * 32 - 1),
      fc.integer({ min: 1, max: 255 }),
      (payload, index, position, flip) => {
        const span = BigInt(payload.length);
        const chunk = { address: chunkAddress(span, payload), span };
        const proof = inclusionProof(payload, index);
        expect(verifyInclusionProof(proof, chunk)).toBeNull();
        const fields = [proof.segment, ...proof.sisters].map((field) => field.slice());
        const field = fields[position >> 5] as Uint8Array;
        field[position & 31] = (field[position & 31] as number) ^ flip;
        const [segment, ...sisters] = fields as [Uint8Array, ...Uint8Array[]];
        expect(verifyInclusionProof({ segmentIndex: index, segment, sisters }, chunk)).toBe(
          'address-differs',
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('every malformed part has its own fault, and bad input its own code', () => {
  const payload = new Uint8Array(100).fill(3);
  const chunk = { address: chunkAddress(100n, payload), span: 100n };
  const proof = inclusionProof(payload, 2);
  const fault = (change: Partial<InclusionProof>, other: Partial<typeof chunk> = {}) =>
    verifyInclusionProof({ ...proof, ...change }, { ...chunk, ...other });
  for (const segmentIndex of [-1, 128, 1.5, Number.NaN]) {
    expect(fault({ segmentIndex })).toBe('segment-index-out-of-range');
    expect(() => inclusionProof(payload, segmentIndex)).toThrow(
      expect.objectContaining({ code: 'segment-index-out-of-range' }),
    );
  }
  expect(fault({ segmentIndex: 3 })).toBe('address-differs');
  expect(fault({ segment: new Uint8Array(31) })).toBe('segment-length-wrong');
  expect(fault({ sisters: proof.sisters.slice(1) })).toBe('sister-count-wrong');
  expect(fault({ sisters: [...proof.sisters, new Uint8Array(32)] })).toBe('sister-count-wrong');
  expect(fault({ sisters: proof.sisters.with(6, new Uint8Array(33)) })).toBe('sister-length-wrong');
  expect(fault({}, { span: -1n })).toBe('span-out-of-range');
  expect(fault({}, { address: chunk.address.slice(1) })).toBe('address-length-wrong');

  const coded = (code: string) => expect.objectContaining({ name: 'SwarmError', code });
  expect(() => chunkAddress(1n, new Uint8Array(4097))).toThrow(coded('payload-too-long'));
  expect(() => chunkAddress(1n << 64n, payload)).toThrow(coded('span-out-of-range'));
  const [address, nonce] = [new Uint8Array(20), new Uint8Array(32)];
  expect(() => overlayAddress(nonce, 1n, nonce)).toThrow(coded('address-invalid'));
  expect(() => overlayAddress(address, 1n, address)).toThrow(coded('nonce-invalid'));
  expect(() => overlayAddress(address, -1n, nonce)).toThrow(coded('network-id-out-of-range'));
});
