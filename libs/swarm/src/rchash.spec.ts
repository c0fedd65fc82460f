import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Batch,
  type ClaimTerms,
  chunkAddress,
  type EvidencePolicy,
  estimateReserve,
  judgeRcHash,
  opened,
  PROOF_NAMES,
  type ProofName,
  parseRcHash,
  proveSample,
  type RcHashAnswer,
  type RcHashChallenge,
  renderRcHash,
  SAMPLE_MAX_VALUE,
  type SampleProof,
  sampleHash,
  singleOwnerAddress,
  transformedAddress,
  verifyClaim,
} from './index.js';
import { madeReserve, sampleOf } from './testing/reserve.js';
import { bytes, flipped, hex, load, vectors } from './testing/vectors.js';

interface AnswerVector {
  name: string;
  depth: number;
  bucketDepth: number;
  anchor1: string;
  anchor2: string;
  hash: string;
  proofs: Record<ProofName, { chunkSpan: string; socProof: unknown[] }>;
  expect: { batchOwners: string[]; lastTransformed: string; estimate: number; belowContractMax: boolean };
  expectError: string;
}

const { valid, invalid } = load<{ valid: AnswerVector[]; invalid: AnswerVector[] }>('rchash-proofs.json');
/** Owner of the batches of both fixtures of a real node. */
const fixtureOwner = valid[0]?.expect.batchOwners[0] as string;

/** The vectors hold spans as strings: written as Bee writes them, then read. */
function answerOf({ hash, proofs }: Pick<AnswerVector, 'hash' | 'proofs'>): RcHashAnswer {
  const text = JSON.stringify({ hash, proofs, durationSeconds: 1 });
  const answer = parseRcHash(text.replaceAll(/"chunkSpan":"(\d+)"/g, '"chunkSpan":$1'));
  if ('reason' in answer) throw new Error(`${answer.reason} ${answer.field}`);
  return answer;
}

function termsOf(vector: Omit<AnswerVector, 'expect' | 'expectError' | 'name'>, owner: string): ClaimTerms {
  const batch: Batch = {
    owner: bytes(owner),
    depth: vector.bucketDepth + 20,
    bucketDepth: vector.bucketDepth,
  };
  return {
    anchor1: bytes(vector.anchor1),
    anchor2: bytes(vector.anchor2),
    depth: vector.depth,
    batchOf: () => batch,
  };
}

test.each(valid)('passes the contract: $name', (vector) => {
  const answer = answerOf(vector);
  expect(verifyClaim(answer, termsOf(vector, vector.expect.batchOwners[0] as string))).toBeNull();
  const last = answer.proofs.proofLast.sampleSisters[0] as Uint8Array;
  expect(hex(last)).toBe(vector.expect.lastTransformed);
  expect(estimateReserve([last]).chunks).toBe(BigInt(vector.expect.estimate));
  expect(BigInt(`0x${hex(last)}`) < SAMPLE_MAX_VALUE).toBe(vector.expect.belowContractMax);
  expect(parseRcHash(renderRcHash(answer))).toEqual(answer);
});

const reasons: Record<string, string> = {
  rc: 'sample-differs',
  address: 'chunk-differs',
  transformed: 'transformed-differs',
  depth: 'out-of-depth',
  bucket: 'bucket-differs',
  socaddr: 'soc-address-differs',
  socsig: 'soc-signature-wrong',
};

test.each(invalid)('refused: $name, $expectError', (vector) => {
  const [proof, check] = vector.expectError.split(':') as [ProofName, string];
  const fault = verifyClaim(answerOf(vector), termsOf(vector, fixtureOwner));
  expect(fault).toEqual({ proof, reason: reasons[check] });
});

test('a span beyond 2^53 is read exactly; rounded as JSON.parse does, an honest proof fails', () => {
  const vector = load<AnswerVector & { raw: string; batchOwner: string }>('rchash-raw-large-span.json');
  const terms = termsOf(vector, vector.batchOwner);
  const answer = parseRcHash(vector.raw) as RcHashAnswer;
  expect(answer.proofs.proof1.span).toBe(9367487224931041283n);
  expect(verifyClaim(answer, terms)).toBeNull();
  expect(renderRcHash(answer)).toBe(vector.raw);
  const rounded = parseRcHash(JSON.stringify(JSON.parse(vector.raw))) as RcHashAnswer;
  expect(verifyClaim(rounded, terms)).toEqual({ proof: 'proof1', reason: 'chunk-differs' });
});

interface TransformedVector {
  type: 'cac' | 'soc';
  payloadHex: string;
  span: number;
  chunkAddress: string;
  transformedAddress: string;
  identifier?: string;
  owner?: string;
}

test.each(vectors<TransformedVector>('transformed-addresses.json'))(
  'transformed address of $type $chunkAddress',
  (vector) => {
    const { anchor1 } = load<{ anchor1: string }>('transformed-addresses.json');
    const owned = vector.type === 'soc';
    const chunk = {
      address: bytes(vector.chunkAddress),
      span: BigInt(vector.span),
      payload: bytes(vector.payloadHex),
      singleOwner: owned
        ? { identifier: new Uint8Array(), owner: new Uint8Array(), signature: new Uint8Array() }
        : null,
    };
    if (!owned) expect(hex(chunkAddress(chunk.span, chunk.payload))).toBe(vector.chunkAddress);
    expect(hex(transformedAddress(chunk, bytes(anchor1)))).toBe(vector.transformedAddress);
  },
);

test.each(
  vectors<{ name: string; items: { chunkAddress: string; transformedAddress: string }[]; hash: string }>(
    'reserve-commitments.json',
  ),
)('reserve commitment: $name', ({ items, hash }) => {
  const pairs = items.map((item) => ({
    address: bytes(item.chunkAddress),
    transformed: bytes(item.transformedAddress),
  }));
  expect(hex(sampleHash(pairs))).toBe(hash);
});

/** What a center asks that knows better than the node: everything agrees. */
const trusting: EvidencePolicy = { minAgreeing: 1, maxOwned: 2, minBatches: 1, isTrusted: () => true };

test('a sample forged from nothing passes the contract, and is recognised as no evidence', () => {
  const vector = load<
    AnswerVector & { batch: { owner: string; depth: number }; overlay: string; indices: number[] }
  >('forged-sample-accepted-by-contract.json');
  const answer = answerOf(vector);
  const batch = { owner: bytes(vector.batch.owner), depth: vector.batch.depth, bucketDepth: 16 };
  const challenge: RcHashChallenge = {
    ...termsOf(vector, vector.batch.owner),
    batchOf: () => batch,
    overlay: bytes(vector.overlay),
    height: 0,
    consensusTimeNs: 1n << 63n,
    committedHash: answer.hash,
    agreeing: 0,
  };
  expect(Object.values(opened(challenge.anchor2).items)).toEqual(vector.indices);
  expect(verifyClaim(answer, challenge)).toBeNull();
  const strict: EvidencePolicy = { ...trusting, isTrusted: () => false };
  expect(judgeRcHash(answer, challenge, strict)).toMatchObject({
    outcome: 'insufficient',
    lacks: ['no-agreement', 'owned-chunks-dominate', 'batch-not-trusted'],
    facts: { isDenseEnough: true },
  });
  // even where nothing is known about batches and owners, nobody agrees with it
  expect(judgeRcHash(answer, challenge, { ...trusting, maxOwned: 3 })).toMatchObject({
    outcome: 'insufficient',
    lacks: ['no-agreement'],
  });
});

describe('a reserve of our own', () => {
  const reserve = madeReserve();
  const anchor1 = bytes('5a'.repeat(32));
  const anchor2 = bytes('07'.repeat(32));
  const answer: RcHashAnswer = {
    ...proveSample(sampleOf(reserve.chunks, anchor1), anchor1, anchor2),
    durationSeconds: 0.5,
  };
  const challenge: RcHashChallenge = {
    anchor1,
    anchor2,
    depth: 0,
    batchOf: reserve.batchOf,
    overlay: anchor1,
    height: 0,
    consensusTimeNs: 2_000n,
    committedHash: answer.hash,
    agreeing: 1,
  };
  const judge = (
    change: Partial<RcHashChallenge> = {},
    policy: Partial<EvidencePolicy> = {},
    said = answer,
  ) => judgeRcHash(said, { ...challenge, ...change }, { ...trusting, maxOwned: 3, ...policy });
  const changed = (name: ProofName, change: Partial<SampleProof>): RcHashAnswer => ({
    ...answer,
    proofs: { ...answer.proofs, [name]: { ...answer.proofs[name], ...change } },
  });
  const reasonOf = (said: RcHashAnswer) => verifyClaim(said, challenge)?.reason;

  test('is evidence when all is as it should be', () => {
    expect(judge()).toMatchObject({ outcome: 'valid', facts: { isDenseEnough: false } });
    expect(parseRcHash(renderRcHash(answer))).toEqual(answer);
  });

  test('estimates its own size within a few standard deviations', () => {
    const lasts = Array.from({ length: 16 }, (_, at) => {
      const anchor = new Uint8Array(32).fill(at + 1);
      return sampleOf(reserve.chunks, anchor).at(-1)?.transformed as Uint8Array;
    });
    const { chunks, relativeError } = estimateReserve(lasts);
    expect(relativeError).toBeCloseTo(0.0627, 3);
    expect(Math.abs(Number(chunks) / reserve.chunks.length - 1)).toBeLessThan(5 * relativeError);
    expect(estimateReserve([new Uint8Array(32)])).toMatchObject({ chunks: 0n });
  });

  test('any second anchor is answered; with any other the answer fails', () => {
    const sample = sampleOf(reserve.chunks, anchor1);
    const anchors = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(anchors, anchors, (one, other) => {
        const said = { ...proveSample(sample, anchor1, one), durationSeconds: 0 };
        expect(verifyClaim(said, { ...challenge, anchor2: one })).toBeNull();
        const same = JSON.stringify(opened(one)) === JSON.stringify(opened(other));
        expect(verifyClaim(said, { ...challenge, anchor2: other }) === null).toBe(same);
      }),
      { numRuns: 15 },
    );
  });

  test('no byte of a proof can be changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PROOF_NAMES),
        fc.nat(23),
        fc.nat(31),
        fc.integer({ min: 1, max: 255 }),
        (name, field, at, flip) => {
          const proof = answer.proofs[name];
          const lists = ['sampleSisters', 'sisters', 'transformedSisters'] as const;
          const list = lists[Math.floor(field / 8)] as (typeof lists)[number];
          const index = field % 8;
          const change =
            index < 7
              ? { [list]: proof[list].with(index, flipped(proof[list][index] as Uint8Array, at, flip)) }
              : list === 'sisters'
                ? { segment: flipped(proof.segment, at, flip) }
                : { address: flipped(proof.address, at, flip) };
          const inSample = list === 'sampleSisters' || (index === 7 && list === 'transformedSisters');
          const wanted = inSample
            ? 'sample-differs'
            : index === 0
              ? 'neighbour-differs'
              : list === 'sisters'
                ? 'chunk-differs'
                : 'transformed-differs';
          expect(verifyClaim(changed(name, change), challenge)).toEqual({ proof: name, reason: wanted });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('each lie has its reason', () => {
    const { proof1, proof2, proofLast } = answer.proofs;
    const six = proof1.sisters.slice(0, 6);
    expect(reasonOf(changed('proof1', { sampleSisters: proof1.sampleSisters.slice(0, 6) }))).toBe(
      'sister-count-wrong',
    );
    expect(reasonOf(changed('proof1', { sisters: six }))).toBe('sister-count-wrong');
    expect(reasonOf(changed('proof2', { transformedSisters: [] }))).toBe('sister-count-wrong');
    expect(reasonOf(changed('proof1', { sisters: [...proof1.sisters, ...six] }))).toBe('sister-count-wrong');
    expect(reasonOf(changed('proof1', { sisters: [...six, new Uint8Array(31)] }))).toBe(
      'sister-length-wrong',
    );
    expect(reasonOf(changed('proof1', { segment: new Uint8Array(31) }))).toBe('segment-length-wrong');
    expect(reasonOf(changed('proof1', { span: proof1.span + 1n }))).toBe('chunk-differs');
    expect(reasonOf(changed('proof1', { span: 1n << 64n }))).toBe('span-out-of-range');
    expect(reasonOf(changed('proof1', { ...proof2 }))).toBe('sample-differs');
    expect(reasonOf({ ...answer, hash: flipped(answer.hash, 5) })).toBe('sample-differs');
    expect(judge({ depth: 200, height: 200 })).toMatchObject({ outcome: 'invalid', reason: 'out-of-depth' });
    expect(judge({ batchOf: () => null })).toMatchObject({ reason: 'batch-unknown', proof: 'proof1' });
    const { stamp } = proofLast;
    const forged = { ...stamp, signature: new Uint8Array(65).fill(200) };
    expect(verifyClaim(changed('proofLast', { stamp: forged }), challenge)).toEqual({
      proof: 'proofLast',
      reason: 'stamp-signature-wrong',
    });
    expect(reasonOf(changed('proofLast', { stamp: { ...stamp, bucket: stamp.bucket ^ 1 } }))).toBe(
      'bucket-differs',
    );
    expect(reasonOf(changed('proofLast', { stamp: { ...stamp, slot: 2 ** 31 } }))).toBe('slot-out-of-range');
    expect(reasonOf(changed('proofLast', { stamp: { ...stamp, slot: stamp.slot + 1 } }))).toBe(
      'stamp-signature-wrong',
    );
  });

  test('an owned chunk is held to its owner’s signature', () => {
    const owned = PROOF_NAMES.map((name) => ({ name, claim: answer.proofs[name].singleOwner })).find(
      ({ claim }) => claim !== null,
    );
    const { name, claim } = owned as { name: ProofName; claim: NonNullable<SampleProof['singleOwner']> };
    const reason = (change: Partial<typeof claim>) =>
      reasonOf(changed(name, { singleOwner: { ...claim, ...change } }));
    expect(singleOwnerAddress(claim.identifier, claim.owner)).toEqual(answer.proofs[name].address);
    expect(reason({ signature: flipped(claim.signature, 10) })).toBe('soc-signature-wrong');
    expect(reason({ owner: flipped(claim.owner, 0) })).toBe('soc-address-differs');
    expect(reason({ identifier: flipped(claim.identifier, 0) })).toBe('soc-address-differs');
    expect(reason({ wrappedAddress: flipped(claim.wrappedAddress, 0) })).toBe('chunk-differs');
    expect(reason({ owner: new Uint8Array(32) })).toBe('owner-length-wrong');
    expect(reason({ identifier: new Uint8Array(20) })).toBe('identifier-length-wrong');
    expect(reasonOf(changed(name, { singleOwner: null }))).toBe('chunk-differs');
  });

  test('an unsorted sample is refused although its commitment is true', () => {
    const sorted = sampleOf(reserve.chunks, anchor1);
    const said = { ...proveSample([...sorted].reverse(), anchor1, anchor2), durationSeconds: 0 };
    expect(verifyClaim(said, challenge)?.reason).toBe('order-wrong');
    const repeated = Array.from(sorted, () => sorted[0] as (typeof sorted)[number]);
    const same = { ...proveSample(repeated, anchor1, anchor2), durationSeconds: 0 };
    expect(verifyClaim(same, challenge)?.reason).toBe('order-wrong');
  });

  test('what the contract lets pass and no reserve holds is refused', () => {
    const again = madeReserve({ sameSlot: true });
    const items = sampleOf(again.chunks, anchor1);
    const said = { ...proveSample(items, anchor1, anchor2), durationSeconds: 0 };
    const asked = { batchOf: again.batchOf, committedHash: said.hash };
    expect(verifyClaim(said, { ...challenge, ...asked })).toBeNull();
    expect(judge(asked, {}, said)).toEqual({ outcome: 'invalid', reason: 'slot-repeated', proof: 'proof2' });
    expect(judge({ consensusTimeNs: 0n })).toMatchObject({ outcome: 'invalid', reason: 'stamp-too-new' });
    const elsewhere = flipped(anchor1, 0, 0x80);
    expect(judge({ overlay: elsewhere, depth: 1 })).toEqual({
      outcome: 'invalid',
      reason: 'overlay-out-of-neighbourhood',
      proof: null,
    });
  });

  test('without fault, yet no evidence: each gap is named', () => {
    const lacks = (change: Partial<RcHashChallenge>, policy: Partial<EvidencePolicy> = {}) => {
      const verdict = judge(change, policy);
      return verdict.outcome === 'insufficient' ? verdict.lacks : verdict.outcome;
    };
    expect(lacks({ committedHash: null })).toEqual(['not-committed']);
    expect(lacks({ committedHash: flipped(answer.hash, 0) })).toEqual(['commitment-changed']);
    expect(lacks({ agreeing: 0 })).toEqual(['no-agreement']);
    expect(lacks({}, { maxOwned: 0 })).toEqual(['owned-chunks-dominate']);
    expect(lacks({}, { minBatches: 2 })).toEqual(['too-few-batches']);
    expect(lacks({}, { isTrusted: () => false })).toEqual(['batch-not-trusted']);
  });

  test('owned chunks that wrap one payload are no evidence', () => {
    const mined = madeReserve({ onlyOwned: true });
    const said = { ...proveSample(sampleOf(mined.chunks, anchor1), anchor1, anchor2), durationSeconds: 0 };
    expect(judge({ batchOf: mined.batchOf, committedHash: said.hash }, {}, said)).toMatchObject({
      outcome: 'insufficient',
      lacks: ['payload-repeated'],
    });
  });

  test('bodies that are no answer say which field it is', () => {
    const text = renderRcHash(answer);
    const field = (find: string | RegExp, put: string) => parseRcHash(text.replace(find, put));
    expect(parseRcHash('')).toEqual({ reason: 'json-invalid' });
    expect(parseRcHash(text.slice(0, -3))).toEqual({ reason: 'json-invalid' });
    expect(parseRcHash('[]')).toEqual({ reason: 'field-invalid', field: '' });
    expect(parseRcHash(' '.repeat(70_000))).toEqual({ reason: 'answer-too-long' });
    expect(field('"hash":"', '"hash":"0x0')).toEqual({ reason: 'field-invalid', field: 'hash' });
    expect(field(/"chunkSpan":\d+/, '"chunkSpan":18446744073709551616')).toMatchObject({
      field: 'proofs.proof1.chunkSpan',
    });
    expect(field(/"chunkSpan":\d+/, '"chunkSpan":1.5')).toMatchObject({ field: 'proofs.proof1.chunkSpan' });
    expect(field(/"chunkSpan":\d+/, '"chunkSpan":-1')).toMatchObject({ field: 'proofs.proof1.chunkSpan' });
    expect(field(/"index":"/, '"index":"00000000000000000')).toMatchObject({
      field: 'proofs.proof1.postageProof.index',
    });
    expect(field(/"signature":"../, '"signature":"')).toMatchObject({ reason: 'field-invalid' });
    expect(field('"proofLast"', '"proof9"')).toEqual({ reason: 'field-invalid', field: 'proofs.proofLast' });
    expect(field(/"proofSegments":\[/, '"proofSegments":[7,')).toMatchObject({
      field: 'proofs.proof1.proofSegments',
    });
  });
});
