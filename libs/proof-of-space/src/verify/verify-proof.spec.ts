import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes, type ChallengeVector, vectorLines } from './testing/vectors.js';
import { verifyProof } from './verify-proof.js';

const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

interface Altered {
  kind: string;
  plotId: string;
  k: number;
  challenge: string;
  proof: string;
  valid: boolean;
}

const PLOTS = ['k18-n0', 'k18-n1', 'k19-n0', 'k20-n0', 'k22-n0', 'k25-n0'];

test.each([...PLOTS, 'k32-mainnet'])('every proof of %s has the quality the reference gives it', (name) => {
  let proofs = 0;
  for (const line of vectorLines<ChallengeVector>(`proofs-${name}.jsonl`)) {
    for (const proof of line.proofs) {
      const quality = verifyProof(bytes(line.plotId), line.k, bytes(line.challenge), bytes(proof.proof));
      expect(quality && hex(quality)).toBe(proof.valid ? proof.quality : null);
      proofs++;
    }
  }
  expect(proofs).toBeGreaterThan(30);
});

test.each(PLOTS)('every altered proof of %s gets the verdict of the reference', (name) => {
  const rows = vectorLines<Altered>(`altered-${name}.jsonl`);
  for (const row of rows) {
    const quality = verifyProof(bytes(row.plotId), row.k, bytes(row.challenge), bytes(row.proof));
    expect(quality !== null, `${row.kind} of ${row.challenge}`).toBe(row.valid);
  }
  expect(rows.length).toBeGreaterThan(100);
});

const real = vectorLines<ChallengeVector>('proofs-k18-n0.jsonl').filter((line) => line.proofs.length > 0);
const mainnet = vectorLines<ChallengeVector>('proofs-k32-mainnet.jsonl').filter(
  (line) => line.proofs.length > 0,
);

test('a proof with any one bit flipped does not verify', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.boolean(), (at, bit, large) => {
      const source = large ? mainnet : real;
      const line = source[at % source.length]!;
      const proof = bytes(line.proofs[0]!.proof);
      proof[(bit >>> 3) % proof.length]! ^= 1 << (bit & 7);
      expect(verifyProof(bytes(line.plotId), line.k, bytes(line.challenge), proof)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test('random bytes of the right length never verify, for every k', () => {
  const proofs = fc
    .integer({ min: 18, max: 50 })
    .chain((k) =>
      fc.tuple(
        fc.constant(k),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 8 * k, maxLength: 8 * k }),
      ),
    );
  fc.assert(
    fc.property(proofs, ([k, id, challenge, proof]) => {
      expect(verifyProof(id, k, challenge, proof)).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

test('anything that is not a proof is null, never a throw', () => {
  const line = real[0]!;
  const good = [bytes(line.plotId), line.k, bytes(line.challenge), bytes(line.proofs[0]!.proof)] as const;
  const check = verifyProof as (...values: unknown[]) => unknown;
  expect(check(...good)).not.toBeNull();
  const odd = fc.oneof(fc.anything(), fc.uint8Array({ maxLength: 500 }), fc.double(), fc.integer());
  fc.assert(
    fc.property(fc.nat({ max: 3 }), odd, (at, value) => {
      fc.pre(value !== good[at]);
      expect(check(...good.map((real, index) => (index === at ? value : real)))).toBeNull();
    }),
    { numRuns: 3000 },
  );
  for (const k of [17, 51, 18.5, Number.NaN, -18, '18', 18n, null, undefined]) {
    expect(check(good[0], k, good[2], good[3])).toBeNull();
  }
});

test('byte 31 of the plot id does not enter the proof, byte 30 does', () => {
  for (const [at, survives] of [
    [31, true],
    [30, false],
  ] as const) {
    const line = real[0]!;
    const id = bytes(line.plotId);
    id[at]! ^= 1;
    expect(verifyProof(id, line.k, bytes(line.challenge), bytes(line.proofs[0]!.proof)) !== null).toBe(
      survives,
    );
  }
});
