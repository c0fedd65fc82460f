import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyKernel } from './verify-kernel.js';

/**
 * What chiapos (a388902) makes of values that are no proof, for k=18..49 (its bit strings overflow at 50): f7 of
 * random x values without regard to matches, their quality, and which y match.
 */
interface Tree {
  readonly k: number;
  readonly plotId: string;
  readonly challenge: string;
  /** 8k bytes. */
  readonly x: string;
  /** k + 6 bits, left aligned in bytes. */
  readonly f7: string;
  readonly quality: string;
  /** 32 of: y of the left entry, y of the right one (hexadecimal numbers), 1 when they match. */
  readonly pairs: readonly (readonly [string, string, number])[];
}

const TREES = readFileSync(new URL('testing/reference-trees.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Tree);
const NODE_BYTES = 144;

const kernel = verifyKernel();
const memory = new DataView(kernel.bytes.buffer);

test.each(TREES)('k=$k: f7, quality and matches are those of the reference', (tree) => {
  const { k } = tree;
  kernel.bytes.set(Buffer.from(tree.plotId, 'hex'), kernel.plotIds);
  kernel.bytes.set(Buffer.from(tree.challenge, 'hex'), kernel.challenges);
  kernel.bytes.set(Buffer.from(tree.x, 'hex'), kernel.proofs);
  kernel.tryLeaves(k);
  kernel.tryQuality(k);
  expect(Buffer.from(kernel.bytes.slice(kernel.qualities, kernel.qualities + 32)).toString('hex')).toBe(
    tree.quality,
  );
  for (let table = 2; table <= 7; table++) kernel.tryTable(k, table);
  const top = Buffer.alloc(8);
  top.writeUInt32BE(memory.getUint32(kernel.nodesStart(), true));
  top.writeUInt32BE(memory.getUint32(kernel.nodesStart() + 16, true), 4);
  expect(top.toString('hex', 0, tree.f7.length / 2)).toBe(tree.f7);

  // eight nodes of pairs, four lanes each
  tree.pairs.forEach(([left, right], i) => {
    [left, right].forEach((y, side) => {
      const aligned = BigInt(`0x${y}`) << BigInt(58 - k);
      const at = kernel.nodesStart() + (2 * (i >>> 2) + side) * NODE_BYTES + (i & 3) * 4;
      memory.setUint32(at, Number(aligned >> 32n), true);
      memory.setUint32(at + 16, Number(aligned & 0xffffffffn), true);
    });
  });
  const wanted = tree.pairs.reduce((all, [, , matches], i) => all | (matches << i), 0);
  expect(kernel.tryTable(k, 2)).toBe(wanted);
});
