import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Batch,
  bucketOf,
  type Cashout,
  type Cheque,
  cashoutDigest,
  chequeDigest,
  chequeDomain,
  chequeHash,
  chequeSigner,
  chunkAddress,
  isChequeOf,
  makeSingleOwnerChunk,
  packStamp,
  parseSingleOwnerChunk,
  personalDigest,
  recoverSigner,
  type Stamp,
  StampIssuer,
  signCashout,
  signCheque,
  signStamp,
  singleOwnerAddress,
  singleOwnerData,
  stampDigest,
  stampSigner,
  unpackStamp,
  verifySingleOwner,
  verifyStamp,
} from './index.js';
import { bytes, flipped, hex, load, vectors } from './testing/vectors.js';

interface SocVector {
  identifier: string;
  owner: string;
  payloadHex: string;
  span: number;
  wrappedChunkAddress: string;
  signature: string;
  address: string;
  dataHex: string;
}
interface StampVector {
  chunkAddress: string;
  batchId: string;
  index: string;
  bucket: number;
  slot: number;
  timestamp: string;
  signature: string;
  digest: string;
  batchOwner: string;
  serialized113: string;
  bucketAligned16: boolean;
}
interface ChequeVector {
  chainId: number;
  chequebook: string;
  beneficiary: string;
  cumulativePayout: string;
  issuerPrivateKey: string;
  issuer: string;
  domainSeparator: string;
  structHash: string;
  digest: string;
  signature: string;
}
interface CashoutVector {
  domain: { chainId: number };
  message: Record<keyof Cashout, string>;
  digest: string;
  signature: string;
  signerPrivateKey: string;
}

const coded = (code: string) => expect.objectContaining({ name: 'SwarmError', code });
const key = bytes('634fb5a872396d9693e5c9f9d7233cfa93f395c093371017ff44aa9ae6564cdd');
const order = bytes('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141');

test.each(vectors<SocVector>('soc.json'))('single-owner chunk $address', (vector) => {
  const [identifier, owner, signature] = [vector.identifier, vector.owner, vector.signature].map(bytes) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const payload = bytes(vector.payloadHex);
  const span = BigInt(vector.span);
  const address = singleOwnerAddress(identifier, owner);
  expect(hex(address)).toBe(vector.address);
  const wrappedAddress = chunkAddress(span, payload);
  expect(hex(wrappedAddress)).toBe(vector.wrappedChunkAddress);
  const parsed = parseSingleOwnerChunk(bytes(vector.dataHex));
  expect(parsed).toEqual({ identifier, owner, signature, span, payload });
  expect(hex(singleOwnerData({ identifier, owner, signature, span, payload }))).toBe(vector.dataHex);

  const claim = { identifier, owner, signature, wrappedAddress };
  expect(verifySingleOwner(claim, address)).toBeNull();
  expect(verifySingleOwner({ ...claim, identifier: flipped(identifier, 3) }, address)).toBe(
    'soc-address-differs',
  );
  expect(verifySingleOwner({ ...claim, signature: flipped(signature, 40) }, address)).toBe(
    'soc-signature-wrong',
  );
  expect(verifySingleOwner({ ...claim, wrappedAddress: address }, address)).toBe('soc-signature-wrong');
  expect(verifySingleOwner({ ...claim, identifier: owner }, address)).toBe('identifier-length-wrong');
  expect(verifySingleOwner({ ...claim, owner: identifier }, address)).toBe('owner-length-wrong');
});

test('a single-owner chunk made here is read back; other data of it is nobody’s or somebody else’s', () => {
  const made = makeSingleOwnerChunk(
    new Uint8Array(32).fill(7),
    { span: 5n, payload: bytes('0102030405') },
    key,
  );
  const data = singleOwnerData(made);
  expect(parseSingleOwnerChunk(data)).toEqual(made);
  expect(parseSingleOwnerChunk(flipped(data, data.length - 1))?.owner).not.toEqual(made.owner);
  expect(parseSingleOwnerChunk(data.subarray(0, 104))).toBeNull();
  expect(parseSingleOwnerChunk(new Uint8Array(105 + 4097))).toBeNull();
  expect(parseSingleOwnerChunk(new Uint8Array(200))).toBeNull();
  expect(() => makeSingleOwnerChunk(bytes('00'), made, key)).toThrow(coded('identifier-invalid'));
  expect(() => makeSingleOwnerChunk(made.identifier, made, order)).toThrow(coded('private-key-invalid'));
});

test.each(vectors<StampVector>('postage-stamps.json'))('stamp of $chunkAddress', (vector) => {
  const address = bytes(vector.chunkAddress);
  const stamp = unpackStamp(bytes(vector.serialized113)) as Stamp;
  expect({ ...stamp, batchId: hex(stamp.batchId), signature: hex(stamp.signature) }).toEqual({
    batchId: vector.batchId,
    bucket: vector.bucket,
    slot: vector.slot,
    timestampNs: BigInt(`0x${vector.timestamp}`),
    signature: vector.signature,
  });
  expect(hex(packStamp(stamp))).toBe(vector.serialized113);
  expect(hex(stampDigest(address, stamp))).toBe(vector.digest);
  expect(hex(stampSigner(stamp, address) as Uint8Array)).toBe(vector.batchOwner);
  const owner = bytes(vector.batchOwner);
  const batch: Batch = { owner, depth: 36, bucketDepth: vector.bucketAligned16 ? 16 : 0 };
  expect(verifyStamp(stamp, address, batch)).toBeNull();
  expect(verifyStamp(stamp, address, { ...batch, owner: flipped(owner, 0) })).toBe('stamp-signature-wrong');
  expect(verifyStamp(stamp, flipped(address, 31), batch)).toBe('stamp-signature-wrong');
  expect(verifyStamp({ ...stamp, bucket: stamp.bucket + 1 }, address, batch)).toBe('bucket-differs');
  expect(verifyStamp({ ...stamp, slot: 2 ** 36 }, address, batch)).toBe('stamp-field-out-of-range');
  const full = { ...batch, depth: batch.bucketDepth };
  expect(verifyStamp({ ...stamp, slot: 1 }, address, full)).toBe('slot-out-of-range');
  expect(verifyStamp({ ...stamp, batchId: owner }, address, batch)).toBe('batch-id-length-wrong');
});

test('a batch stamps each slot once, and no more than it was paid for', () => {
  const issuer = new StampIssuer(new Uint8Array(32).fill(9), key, 17);
  const address = bytes('ab'.repeat(32));
  const near = [address, flipped(address, 31), flipped(address, 30)];
  const stamps = [0, 1].map((at) => issuer.stamp(near[at]!, BigInt(at)));
  expect(stamps.map(({ bucket, slot }) => [bucket, slot])).toEqual([
    [0xabab, 0],
    [0xabab, 1],
  ]);
  for (const [at, stamp] of stamps.entries()) expect(verifyStamp(stamp, near[at]!, issuer.batch)).toBeNull();
  expect(issuer.utilization).toBe(2);
  expect(() => issuer.stamp(near[2]!, 2n)).toThrow(coded('bucket-full'));
  // the same chunk again, later
  expect(issuer.stamp(near[1]!, 9n)).toMatchObject({ slot: 1, timestampNs: 9n });
  expect(() => issuer.stamp(bytes('00'.repeat(32)), -1n)).toThrow(coded('timestamp-out-of-range'));
  expect(() => new StampIssuer(address, key, 15)).toThrow(coded('batch-invalid'));
  expect(() => signStamp(address, { ...(stamps[0] as Stamp), slot: -1 }, key)).toThrow(
    coded('batch-invalid'),
  );
  expect(unpackStamp(new Uint8Array(112))).toBeNull();
  expect(bucketOf(address, 0)).toBe(0);
});

const chequeOf = (vector: ChequeVector): Cheque => ({
  chequebook: bytes(vector.chequebook),
  beneficiary: bytes(vector.beneficiary),
  cumulativePayout: BigInt(vector.cumulativePayout),
});

test.each(vectors<ChequeVector>('cheques-eip712.json'))(
  'cheque of $cumulativePayout on chain $chainId',
  (vector) => {
    const cheque = chequeOf(vector);
    const chainId = BigInt(vector.chainId);
    const issuerKey = bytes(vector.issuerPrivateKey);
    const issuer = bytes(vector.issuer);
    const signature = bytes(vector.signature);
    expect(`0x${hex(chequeDomain(chainId))}`).toBe(vector.domainSeparator);
    expect(`0x${hex(chequeHash(cheque))}`).toBe(vector.structHash);
    expect(`0x${hex(chequeDigest(cheque, chainId))}`).toBe(vector.digest);
    expect(chequeSigner(cheque, chainId, signature)).toEqual(issuer);
    expect(signCheque(cheque, chainId, issuerKey)).toEqual(signature);
    expect(isChequeOf(issuer, cheque, chainId, signature)).toBe(true);
    for (const other of [
      isChequeOf(issuer, { ...cheque, cumulativePayout: cheque.cumulativePayout + 1n }, chainId, signature),
      isChequeOf(issuer, { ...cheque, beneficiary: cheque.chequebook }, chainId, signature),
      isChequeOf(issuer, { ...cheque, chequebook: cheque.beneficiary }, chainId, signature),
      isChequeOf(issuer, cheque, chainId + 1n, signature),
      isChequeOf(cheque.beneficiary, cheque, chainId, signature),
    ])
      expect(other).toBe(false);
  },
);

test.each(load<{ cashout: CashoutVector[] }>('cheques-eip712.json').cashout)('cash-out $digest', (vector) => {
  const { message } = vector;
  const cashout: Cashout = {
    chequebook: bytes(message.chequebook),
    sender: bytes(message.sender),
    requestPayout: BigInt(message.requestPayout),
    recipient: bytes(message.recipient),
    callerPayout: BigInt(message.callerPayout),
  };
  const chainId = BigInt(vector.domain.chainId);
  expect(`0x${hex(cashoutDigest(cashout, chainId))}`).toBe(vector.digest);
  expect(`0x${hex(signCashout(cashout, chainId, bytes(vector.signerPrivateKey)))}`).toBe(vector.signature);
});

test('cheques that cannot be are refused', () => {
  const cheque = { chequebook: new Uint8Array(20), beneficiary: new Uint8Array(20), cumulativePayout: 1n };
  expect(() => chequeHash({ ...cheque, beneficiary: new Uint8Array(19) })).toThrow(coded('address-invalid'));
  expect(() => chequeHash({ ...cheque, cumulativePayout: -1n })).toThrow(coded('amount-out-of-range'));
  expect(() => chequeHash({ ...cheque, cumulativePayout: 1n << 256n })).toThrow(coded('amount-out-of-range'));
  expect(() => chequeDomain(-1n)).toThrow(coded('chain-id-out-of-range'));
});

test('junk signatures are nobody’s: nothing throws', () => {
  const digest = personalDigest(new Uint8Array(32));
  const junk = fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ minLength: 65, maxLength: 65 }));
  fc.assert(
    fc.property(junk, fc.constantFrom(27, 28, 0, 1, 255), (signature, v) => {
      signature[64] = v;
      const signer = recoverSigner(digest, signature);
      expect(signer === null || signer.length === 20).toBe(true);
    }),
    { numRuns: 60 },
  );
  const good = signCheque(
    { chequebook: bytes('11'.repeat(20)), beneficiary: bytes('22'.repeat(20)), cumulativePayout: 5n },
    1n,
    key,
  );
  const overflowing = Uint8Array.from([...order, ...good.subarray(32)]);
  for (const signature of [
    new Uint8Array(65),
    new Uint8Array(65).fill(255),
    overflowing,
    good.with(64, 29),
    good.subarray(1),
  ])
    expect(recoverSigner(digest, signature)).toBeNull();
});
