import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownProofs } from './testing/vectors.js';
import { verifyProof } from './verify-proof.js';
import { type ProofBatch, verifyProofs } from './verify-proofs.js';

const KNOWN = [
  [...knownProofs('k18-n0'), ...knownProofs('k18-n1')],
  knownProofs('k25-n0'),
  knownProofs('k32-mainnet'),
];

const room = (count: number) => ({
  valid: new Uint8Array(count).fill(7),
  qualities: new Uint8Array(32 * count).fill(7),
});

/** Checks a batch against single proofs. */
function compare(rows: (typeof KNOWN)[number], onePlot: boolean) {
  const k = rows[0]?.k ?? 18;
  const batch: ProofBatch = {
    k,
    plotIds: onePlot ? rows[0]!.plotId : Buffer.concat(rows.map((row) => row.plotId)),
    challenges: Buffer.concat(rows.map((row) => row.challenge)),
    proofs: Buffer.concat(rows.map((row) => row.proof)),
  };
  const found = room(rows.length + 3);
  const valid = verifyProofs(batch, found);
  const wanted = rows.map((row) =>
    verifyProof(onePlot ? rows[0]!.plotId : row.plotId, k, row.challenge, row.proof),
  );
  expect(valid).toBe(wanted.filter(Boolean).length);
  wanted.forEach((quality, i) => {
    expect(found.valid[i], `verdict ${i}`).toBe(quality ? 1 : 0);
    expect(found.qualities.slice(32 * i, 32 * i + 32)).toEqual(quality ?? new Uint8Array(32));
  });
  // what lies beyond the batch stays
  expect(found.valid.slice(rows.length)).toEqual(new Uint8Array(3).fill(7));
  expect(found.qualities.slice(32 * rows.length)).toEqual(new Uint8Array(96).fill(7));
  return valid;
}

test.each(KNOWN)(
  'a batch gives what its proofs give one by one, in any mixture with altered ones',
  (...known) => {
    let valid = 0;
    const picks = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constant(-1), fc.nat())), {
      maxLength: 300,
      size: 'max',
    });
    fc.assert(
      fc.property(picks, fc.boolean(), (picked, onePlot) => {
        fc.pre(!onePlot || picked.length > 0);
        const rows = picked.map(([at, bit]) => {
          const row = known[at % known.length]!;
          if (bit < 0) return row;
          const proof = Uint8Array.from(row.proof);
          proof[(bit >>> 3) % proof.length]! ^= 1 << (bit & 7);
          return { ...row, proof };
        });
        valid += compare(rows, onePlot);
      }),
      { numRuns: 25 },
    );
    expect(valid).toBeGreaterThan(200);
  },
);

test('a batch that does not fit together has no valid proof', () => {
  const row = KNOWN[0]![0]!;
  const good: ProofBatch = { k: row.k, plotIds: row.plotId, challenges: row.challenge, proofs: row.proof };
  expect(verifyProofs(good, room(1))).toBe(1);
  const short = new Uint8Array(31);
  const bad: ProofBatch[] = [
    { ...good, k: 17 },
    { ...good, k: 51 },
    { ...good, k: Number.NaN },
    { ...good, k: 19 },
    { ...good, plotIds: short },
    { ...good, challenges: short },
    { ...good, challenges: new Uint8Array(64) },
    { ...good, proofs: good.proofs.subarray(1) },
    { ...good, proofs: new Uint8Array(0) },
  ];
  for (const batch of bad) {
    const found = room(2);
    expect(verifyProofs(batch, found)).toBe(0);
    expect([...found.valid, ...found.qualities].every((byte) => byte === 0)).toBe(true);
  }
  expect(verifyProofs(good, { valid: new Uint8Array(0), qualities: new Uint8Array(32) })).toBe(0);
  expect(verifyProofs(good, { valid: new Uint8Array(1), qualities: short })).toBe(0);
});
