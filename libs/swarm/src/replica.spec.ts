import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '#libs/proof-of-space';
import {
  fileRoot,
  ReplicaTree,
  replicaBytes,
  replicaFault,
  replicaLayout,
  replicaStep,
  SwarmError,
  swarmReplica,
} from './index.js';

/** A whole file of random-looking data. */
function madeReplica(k: number, seed = 1): { root: Uint8Array; file: Uint8Array } {
  const data = new Uint8Array(replicaBytes(k));
  let state = seed;
  for (let i = 0; i < data.length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    data[i] = state >> 16;
  }
  const tree = new ReplicaTree(k);
  tree.write(data);
  const { root, bytes } = tree.finish();
  const file = new Uint8Array(data.length + bytes.length);
  file.set(data);
  file.set(bytes, data.length);
  expect(root).toEqual(fileRoot(data));
  return { root, file };
}

const challenge = new Uint8Array(32).fill(7);

async function proofOf(file: Uint8Array, of = challenge): Promise<Uint8Array> {
  const held = await swarmReplica.open(memorySource(file));
  return (await swarmReplica.prove(held, of))!;
}

describe('a replica', () => {
  test('sizes rise in steps of an eighth, and the smallest that fits is found', () => {
    expect(replicaBytes(8 * 8)).toBe(2 ** 20);
    expect(replicaStep(2 ** 20)).toBe(64);
    expect(replicaStep(2 ** 20 + 1)).toBe(65);
    expect(replicaStep(2 ** 54)).toBe(null);
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 254 }), (k) => {
        const ratio = replicaBytes(k + 1) / replicaBytes(k);
        expect(ratio).toBeGreaterThan(1);
        expect(ratio).toBeLessThanOrEqual(1.125);
        expect(replicaBytes(k) % 32).toBe(0);
      }),
    );
  });

  // one leaf and a bit, a full chunk of leaves, a lone last leaf that is lifted, three levels
  test.each([1, 55, 56, 57, 60, 72])('of k=%i is read back and answers any challenge', async (k) => {
    const { root, file } = madeReplica(k);
    expect(file.length).toBe(replicaLayout(k).fileBytes);
    const header = await swarmReplica.readHeader(memorySource(file));
    expect(header).toMatchObject({ plotId: root, k });
    for (let i = 0; i < 4; i++) {
      const asked = new Uint8Array(32).fill(i);
      const proof = await proofOf(file, asked);
      expect(replicaFault({ root, k }, asked, proof)).toBe(null);
      expect(swarmReplica.verify({ plotId: root, k }, asked, proof)).toHaveLength(32);
      expect(swarmReplica.verify({ plotId: root, k }, challenge, proof)).toBe(null);
    }
  });

  test('a proof of another root, size or challenge, cut short, drawn out or altered anywhere does not hold', async () => {
    const k = 58;
    const { root, file } = madeReplica(k);
    const proof = await proofOf(file);
    const reasonOf = (bytes: Uint8Array, about = { root, k }, of = challenge) =>
      replicaFault(about, of, bytes)?.reason;
    expect(reasonOf(proof)).toBe(undefined);
    expect(reasonOf(proof, { root: madeReplica(k, 2).root, k })).toBe('root-differs');
    expect(reasonOf(proof, { root, k: k - 1 })).toBe('root-differs');
    expect(reasonOf(proof, { root, k }, new Uint8Array(32).fill(8))).toBe('root-differs');
    expect(reasonOf(proof.subarray(0, proof.length - 32))).toBe('proof-length-wrong');
    expect(reasonOf(new Uint8Array([...proof, ...proof.subarray(0, 32)]))).toBe('proof-length-wrong');
    expect(reasonOf(new Uint8Array(0))).toBe('proof-length-wrong');
    void fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const altered = proof.slice();
        altered[at] = altered[at]! ^ bits;
        expect(reasonOf(altered)).toBe('root-differs');
      }),
      { numRuns: 50 },
    );
  });

  test('damage is found before a wrong proof is given', async () => {
    const { file } = madeReplica(58);
    file.fill(0, 0, replicaBytes(58));
    await expect(proofOf(file)).rejects.toThrow(SwarmError);
  });

  test('a file that is cut short, another or without end is refused', async () => {
    const { file } = madeReplica(56);
    for (const bytes of [
      file.subarray(1),
      file.subarray(0, file.length - 1),
      new Uint8Array(0),
      new Uint8Array(file.length),
    ]) {
      await expect(swarmReplica.readHeader(memorySource(bytes))).rejects.toThrow(SwarmError);
    }
    expect(swarmReplica.isFileName(swarmReplica.fileName(56, new Date(0), 'ab'.repeat(32)))).toBe(true);
  });
});
