import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answer,
  beaconOf,
  bytesToHex,
  contentRootOf,
  EVERY_PLOT,
  formatPairingCode,
  isDue,
  lotOf,
  newKeyPair,
  parsePairingCode,
  pieceCount,
  pieceLength,
  sign,
  subChallenge,
  verify,
} from './index.js';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('signatures', () => {
  const keys = newKeyPair(new Uint8Array(32).fill(7));
  test('hold for the content whatever the order of its keys, and for nothing else', () => {
    const signature = sign('croft/answer/1', { b: 1, a: 'x' }, keys.secretKey);
    expect(verify('croft/answer/1', { a: 'x', b: 1 }, signature, keys.publicKey)).toBe(true);
    expect(verify('croft/answer/1', { a: 'x', b: 2 }, signature, keys.publicKey)).toBe(false);
    expect(verify('croft/receipt/1', { a: 'x', b: 1 }, signature, keys.publicKey)).toBe(false);
    expect(verify('croft/answer/1', { a: 'x', b: 1 }, signature, newKeyPair().publicKey)).toBe(false);
  });
  test('junk signatures and keys are false, never a throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (signature, key) => {
        expect(verify('croft/answer/1', {}, signature, key)).toBe(false);
      }),
    );
  });
});

describe('the draw', () => {
  test('is fixed by plot and beacon; the share of due plots follows the threshold', () => {
    const beacon = beaconOf(new Uint8Array(32), 3);
    let due = 0;
    for (let i = 0; i < 4000; i++) {
      const id = new Uint8Array(32);
      new DataView(id.buffer).setUint32(0, i);
      if (isDue(lotOf(id, beacon), EVERY_PLOT / 4)) due++;
      expect(isDue(lotOf(id, beacon), EVERY_PLOT)).toBe(true);
      expect(isDue(lotOf(id, beacon), 0)).toBe(false);
    }
    expect(due).toBeGreaterThan(880);
    expect(due).toBeLessThan(1120);
  });
  test('sub-challenges and beacons never repeat', () => {
    fc.assert(
      fc.property(bytes32, bytes32, (plot, secret) => {
        const lot = lotOf(plot, beaconOf(secret, 1));
        const seen = new Set(Array.from({ length: 16 }, (_, i) => bytesToHex(subChallenge(lot, i))));
        expect(seen.size).toBe(16);
        expect(bytesToHex(beaconOf(secret, 1))).not.toBe(bytesToHex(beaconOf(secret, 2)));
        expect(bytesToHex(beaconOf(secret, 1))).not.toBe(bytesToHex(beaconOf(secret, 1, plot)));
      }),
    );
    expect(() => subChallenge(new Uint8Array(32), 16)).toThrow(RangeError);
  });
});

test('a pairing code survives being typed badly', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (random) => {
      const code = formatPairingCode(random);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      const plain = parsePairingCode(code);
      expect(parsePairingCode(` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `)).toBe(
        plain,
      );
    }),
  );
  expect(parsePairingCode('ABCD-EFG')).toBeNull();
  expect(parsePairingCode('ABCD-EFU*')).toBeNull();
});

test('pieces cover a file exactly once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 * 2 ** 20 }), (size) => {
      let sum = 0;
      for (let i = 0; i < pieceCount(size); i++) sum += pieceLength(size, i);
      expect(sum).toBe(size);
      expect(pieceLength(size, pieceCount(size))).toBe(0);
    }),
  );
  expect(contentRootOf(['00'.repeat(32)])).not.toBe(contentRootOf(['00'.repeat(32), '00'.repeat(32)]));
});

test('an answer with a proof but no sub-challenge is refused', () => {
  const base = {
    roundId: '018f2f6e-0000-7000-8000-000000000000',
    nodeId: '018f2f6e-0000-7000-8000-000000000000',
    plotId: 'ab'.repeat(32),
    plotKind: 'chia-v1',
    k: 18,
    beacon: 'cd'.repeat(32),
  };
  expect(answer.safeParse({ ...base, subIndex: 2, proof: 'ef' }).success).toBe(true);
  expect(answer.safeParse({ ...base, subIndex: null, proof: null }).success).toBe(true);
  expect(answer.safeParse({ ...base, subIndex: null, proof: 'ef' }).success).toBe(false);
  expect(answer.safeParse({ ...base, subIndex: 16, proof: 'ef' }).success).toBe(false);
  // kinds that are not known here pass: whoever judges the answer says so
  expect(answer.safeParse({ ...base, subIndex: 2, proof: 'ef', plotKind: 'chia-v2' }).success).toBe(true);
  for (const plotKind of ['', 'Chia', '-', 'a'.repeat(33)]) {
    expect(answer.safeParse({ ...base, subIndex: 2, proof: 'ef', plotKind }).success).toBe(false);
  }
  expect(answer.safeParse({ ...base, subIndex: 1, proof: 'ef', more: 1 }).success).toBe(false);
});
