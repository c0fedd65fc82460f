import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash, newKeyPair, sign, verify } from '#libs/protocol';
import { nativeHash, nativeSign, nativeVerify, nativeVerifyHashes } from './index.js';

const key = newKeyPair(new Uint8Array(32).fill(9));
const purpose = 'croft/answer/1';

test('hashes and signatures are those of libs/protocol, byte for byte', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (content) => {
      expect(nativeHash(purpose, content).toString('hex')).toBe(contentHash(purpose, content));
      const signature = nativeSign(purpose, content, key.secretKey);
      expect(signature).toBe(sign(purpose, content, key.secretKey));
      expect(nativeVerify(purpose, content, signature, key.publicKey)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('what is not signed so is refused here and there, and nothing throws', () => {
  const signature = nativeSign(purpose, { a: 1 }, key.secretKey);
  const other = newKeyPair(new Uint8Array(32).fill(8)).publicKey;
  const wrong: Parameters<typeof nativeVerify>[] = [
    [purpose, { a: 2 }, signature, key.publicKey],
    ['croft/receipt/1', { a: 1 }, signature, key.publicKey],
    [purpose, { a: 1 }, signature, other],
    [purpose, { a: 1 }, signature, ''],
    [purpose, { a: 1 }, '', key.publicKey],
    [purpose, { a: 1 }, signature.slice(2), key.publicKey],
    [purpose, { a: 1 }, 'zz'.repeat(64), key.publicKey],
    [purpose, { a: 1 }, signature, 'ff'.repeat(32)],
  ];
  for (const given of wrong) {
    expect(nativeVerify(...given)).toBe(false);
    expect(verify(...given)).toBe(false);
  }
});

test('many at once: the place of the first that does not hold, whatever is wrong with it', async () => {
  const signed = Array.from({ length: 40 }, (_, n) => ({
    hash: contentHash(purpose, { n }),
    signature: sign(purpose, { n }, key.secretKey),
    publicKey: key.publicKey,
  }));
  expect(await nativeVerifyHashes(signed)).toBeNull();
  expect(await nativeVerifyHashes([])).toBeNull();
  for (const wrong of [
    { ...signed[7]!, hash: '00'.repeat(32) },
    { ...signed[7]!, signature: 'ab' },
    { ...signed[7]!, publicKey: 'ff'.repeat(32) },
    { ...signed[7]!, publicKey: '' },
  ]) {
    const some = [...signed];
    some[7] = wrong;
    some[30] = wrong;
    expect(await nativeVerifyHashes(some)).toBe(7);
  }
});
