import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as chia from './index.js';

interface RoleKey {
  path: string;
  sk: string;
  pk: string;
}
interface PlotVector {
  kind: string;
  plotMasterSeed: string;
  plotMasterSk: string;
  localSk: string;
  localPk: string;
  farmerPk: string;
  poolPk: string | null;
  poolContractPuzzleHash: string | null;
  taprootSk: string | null;
  plotPk: string;
  plotIdV1: string;
  memo: string;
  signedMessage: string;
  harvesterHalfSig: string;
  aggregateSig: string;
}
interface Vectors {
  mnemonics: {
    mnemonic: string;
    seed: string;
    masterSk: string;
    masterPk: string;
    fingerprint: string;
    keys: Record<string, RoleKey>;
  }[];
  golden: { name: string; value: string }[];
  plots: PlotVector[];
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../test/vectors/chia/keys.json'), 'utf8'),
) as Vectors;
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof chia.ChiaError) return error.code;
    throw error;
  }
  return 'no error';
};
const words = vectors.mnemonics[0]?.mnemonic as string;
const master = bytes(vectors.mnemonics[0]?.masterSk as string);

function derive(path: string, from: Uint8Array): Uint8Array {
  const steps = path.split('/').slice(1);
  const indices = steps.map((step) => Number.parseInt(step, 10));
  return steps[0]?.endsWith('n')
    ? chia.deriveHardened(from, indices)
    : chia.deriveUnhardenedPath(from, indices);
}

test.each(vectors.mnemonics)('mnemonic $mnemonic: seed, master key and every role', (vector) => {
  expect(hex(chia.mnemonicToSeed(vector.mnemonic))).toBe(vector.seed);
  const masterSk = chia.mnemonicToMasterSk(`  ${vector.mnemonic.toUpperCase().replaceAll(' ', '  ')} `);
  expect(hex(masterSk)).toBe(vector.masterSk);
  expect(hex(chia.publicKey(masterSk))).toBe(vector.masterPk);
  expect(String(chia.fingerprint(chia.publicKey(masterSk)))).toBe(vector.fingerprint);
  for (const [role, key] of Object.entries(vector.keys)) {
    const secret = derive(key.path, masterSk);
    expect(hex(secret), role).toBe(key.sk);
    expect(hex(chia.publicKey(secret)), role).toBe(key.pk);
  }
  const { keys } = vector;
  expect(hex(chia.farmerSecretKey(masterSk))).toBe(keys.farmer?.sk);
  expect(hex(chia.poolSecretKey(masterSk))).toBe(keys.pool?.sk);
  expect(hex(chia.localSecretKey(masterSk))).toBe(keys.local?.sk);
  expect(hex(chia.walletSecretKey(masterSk, 0))).toBe(keys.wallet_hardened_0?.sk);
  expect(hex(chia.deriveHardened(masterSk, chia.keyPaths.backup))).toBe(keys.backup?.sk);
  expect(hex(chia.deriveHardened(masterSk, chia.keyPaths.singletonOwner(0)))).toBe(
    keys.singleton_owner_0?.sk,
  );
  expect(hex(chia.deriveHardened(masterSk, chia.keyPaths.poolAuthentication(0, 0)))).toBe(
    keys.pool_auth_0_0?.sk,
  );
  const observer = chia.publicKey(chia.observerSecretKey(masterSk));
  expect(hex(chia.deriveUnhardened(observer, 0))).toBe(keys.wallet_unhardened_0?.pk);
});

/** Seeds of chia_rs test_make_key, of which keys.json names the first bytes. */
const seeds = {
  fc795be0:
    'fc795be0c3f18c50dddb34e72179dc597d64055497ecc1e69e2e56a5409651bc139aae8070d4df0ea14d8d2a518a9a00bb1cc6e92e053fe34051f6821df9164c',
  b873212f:
    'b873212f885ccffbf4692afcb84bc2e55886de2dfa07d90f5c3c239abc31c0a6ce047e30fd8bf6a281e71389aa82d73df74c7bbfb3b06b4639a5cee775cccd3c',
  '3e066d7d':
    '3e066d7dee2dbf8fcd3fe240a3975658ca118a8f6f4ca81cf99104944604b05a5090a79d99e545704b914ca0397fedb82fd00fd6a72098703709c891a065ee49',
} as const;

test('golden values asserted by the reference programs', () => {
  const message = new TextEncoder().encode('hello world');
  const known: Record<string, () => string> = {
    'fingerprint of mnemonic[0]': () => String(chia.fingerprint(chia.publicKey(master))),
    'pk m/12381/8444/0/1 (unhardened) of mnemonic[0]': () =>
      hex(chia.publicKey(derive('m/12381/8444/0/1', master))),
    'AugSchemeMPL sig of "hello world" by m/12381/8444/0/1': () =>
      hex(chia.sign(derive('m/12381/8444/0/1', master), message)),
    'pk m/12381n/8444n/0n/1n of mnemonic[0]': () =>
      hex(chia.publicKey(derive('m/12381n/8444n/0n/1n', master))),
    'AugSchemeMPL sig of "hello world" by m/12381n/8444n/0n/1n': () =>
      hex(chia.sign(derive('m/12381n/8444n/0n/1n', master), message)),
    'pk m/12381n/8444n/2n/9n of mnemonic[0]': () =>
      hex(chia.publicKey(derive('m/12381n/8444n/2n/9n', master))),
  };
  for (const [start, seed] of Object.entries(seeds)) {
    known[`seed ${start}.. -> master sk`] = () => hex(chia.keyGen(bytes(seed)));
  }
  const parent = bytes('52d75c4707e39595b27314547f9723e5530c01198af3fc5849d9a7af65631efb');
  for (const index of [0, 1, 2, 3]) {
    known[`derive_unhardened(52d75c47..,${index})`] = () => hex(chia.deriveUnhardened(parent, index));
  }
  for (const { name, value } of vectors.golden) expect(known[name]?.(), name).toBe(value);
});

test.each(vectors.plots)('plot for a $kind: keys, id, memo and both halves of the signature', (plot) => {
  expect(hex(chia.keyGen(bytes(plot.plotMasterSeed)))).toBe(plot.plotMasterSk);
  const identity = chia.identityFromMemo(bytes(plot.memo));
  expect(hex(identity.plotId)).toBe(plot.plotIdV1);
  expect(hex(identity.plotPublicKey)).toBe(plot.plotPk);
  expect(hex(identity.localPublicKey)).toBe(plot.localPk);
  expect(hex(identity.farmerPublicKey)).toBe(plot.farmerPk);
  expect(hex(identity.memo)).toBe(plot.memo);
  const decoded = chia.decodeMemo(bytes(plot.memo));
  expect(hex(decoded.masterSecretKey)).toBe(plot.plotMasterSk);
  expect(hex(chia.encodeMemo(decoded))).toBe(plot.memo);
  if (plot.poolContractPuzzleHash) {
    const made = chia.plotIdentity({
      contractPuzzleHash: bytes(plot.poolContractPuzzleHash),
      farmerPublicKey: bytes(plot.farmerPk),
      masterSecretKey: bytes(plot.plotMasterSk),
    });
    expect(made).toEqual(identity);
    expect(hex(chia.taprootSecretKey(bytes(plot.localPk), bytes(plot.farmerPk)))).toBe(plot.taprootSk);
  } else {
    expect(hex(identity.poolPublicKey ?? new Uint8Array())).toBe(plot.poolPk);
  }

  const message = bytes(plot.signedMessage);
  const plotPk = bytes(plot.plotPk);
  const halves = [
    chia.sign(bytes(plot.localSk), message, plotPk),
    chia.sign(chia.farmerSecretKey(master), message, plotPk),
  ];
  expect(hex(halves[0] as Uint8Array)).toBe(plot.harvesterHalfSig);
  if (plot.taprootSk) halves.push(chia.sign(bytes(plot.taprootSk), message, plotPk));
  const whole = chia.aggregateSignatures(halves);
  expect(hex(whole)).toBe(plot.aggregateSig);
  expect(chia.verify(plotPk, message, whole)).toBe(true);
  expect(chia.verify(plotPk, message, halves[0] as Uint8Array)).toBe(false);
  expect(chia.verify(plotPk, message.slice(1), whole)).toBe(false);
});

test('an identity is checked from its memo for less than the price of one signature check', () => {
  // 15-18 ms when measured; a limit in milliseconds would measure what else the machine does.
  const plot = vectors.plots[0] as PlotVector;
  const [memo, plotPk, message, signature] = [
    plot.memo,
    plot.plotPk,
    plot.signedMessage,
    plot.aggregateSig,
  ].map(bytes);
  const best = (work: () => unknown): number =>
    Math.min(
      ...Array.from({ length: 6 }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
      }),
    );
  const identity = best(() => chia.identityFromMemo(memo as Uint8Array));
  const check = best(() => chia.verify(plotPk as Uint8Array, message as Uint8Array, signature as Uint8Array));
  expect(identity).toBeLessThan(check);
});

test('wallet addresses are those of the reference wallet', () => {
  // `chia keys derive search`: asserted in chia-blockchain chia/_tests/core/cmds/test_keys.py.
  const address = 'xch1mnr0ygu7lvmk3nfgzmncfk39fwu0dv933yrcv97nd6pmrt7fzmhs8taffd';
  const observer = chia.publicKey(chia.observerSecretKey(chia.mnemonicToMasterSk(words)));
  expect(hex(chia.deriveUnhardened(observer, 9))).toBe(
    'a4601f992f24047097a30854ef656382911575694439108723698972941e402d737c13df76fdf43597f7b3c2fa9ed27a',
  );
  expect(chia.encodeAddress(chia.contributorPuzzleHash(observer, 30))).toBe(address);
  expect(chia.encodeAddress(chia.contributorPuzzleHash(observer, 31))).not.toBe(address);
  expect(codeOf(() => chia.contributorPuzzleHash(master, 0))).toBe('public-key-invalid');
  expect(codeOf(() => chia.contributorPuzzleHash(observer, -1))).toBe('index-invalid');
});

test('addresses go there and back, and one changed character is noticed', () => {
  const puzzleHash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(puzzleHash, fc.constantFrom('xch' as const, 'txch' as const), (hash, prefix) => {
      const address = chia.encodeAddress(hash, prefix);
      expect(chia.decodeAddress(address, prefix)).toEqual({ puzzleHash: hash, prefix });
      expect(chia.decodeAddress(address.toUpperCase()).puzzleHash).toEqual(hash);
    }),
    { numRuns: 50 },
  );
  fc.assert(
    fc.property(puzzleHash, fc.nat(57), fc.integer({ min: 1, max: 31 }), (hash, position, shift) => {
      const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
      const address = chia.encodeAddress(hash);
      const at = 4 + position;
      const other = alphabet[(alphabet.indexOf(address[at] as string) + shift) % 32] as string;
      expect(codeOf(() => chia.decodeAddress(address.slice(0, at) + other + address.slice(at + 1)))).toBe(
        'address-invalid',
      );
    }),
    { numRuns: 50 },
  );
  const address = chia.encodeAddress(new Uint8Array(32).fill(7));
  expect(codeOf(() => chia.decodeAddress(address, 'txch'))).toBe('address-prefix-wrong');
  for (const bad of [
    '',
    '1',
    'xch1',
    address.slice(0, -1),
    `${address}q`,
    address.replace('x', 'X'),
    'x'.repeat(500),
  ]) {
    expect(
      codeOf(() => chia.decodeAddress(bad)),
      bad,
    ).toBe('address-invalid');
  }
  // BIP-173's checksum instead of BIP-350's.
  expect(codeOf(() => chia.decodeAddress('a12uel5l'))).toBe('address-invalid');
  expect(codeOf(() => chia.encodeAddress(new Uint8Array(31)))).toBe('puzzle-hash-invalid');
});

test('bad keys, memos and mnemonics get their typed error', () => {
  const memo = bytes(vectors.plots[0]?.memo as string);
  for (const length of [0, 31, 111, 113, 127, 129, 4096]) {
    expect(codeOf(() => chia.identityFromMemo(new Uint8Array(length)))).toBe('memo-length-invalid');
  }
  const withBytes = (at: number, patch: Uint8Array): Uint8Array => {
    const copy = memo.slice();
    copy.set(patch, at);
    return copy;
  };
  const infinity = new Uint8Array(48);
  infinity[0] = 0xc0;
  expect(codeOf(() => chia.identityFromMemo(withBytes(32, infinity)))).toBe('public-key-invalid');
  expect(codeOf(() => chia.identityFromMemo(withBytes(32, new Uint8Array(48).fill(0xff))))).toBe(
    'public-key-invalid',
  );
  expect(codeOf(() => chia.identityFromMemo(withBytes(80, new Uint8Array(32))))).toBe('secret-key-invalid');
  expect(codeOf(() => chia.identityFromMemo(withBytes(80, new Uint8Array(32).fill(0xff))))).toBe(
    'secret-key-invalid',
  );
  expect(codeOf(() => chia.keyGen(new Uint8Array(31)))).toBe('seed-too-short');
  expect(codeOf(() => chia.publicKey(new Uint8Array(31).fill(1)))).toBe('secret-key-invalid');
  expect(codeOf(() => chia.deriveHardened(master, [2 ** 32]))).toBe('index-invalid');
  expect(codeOf(() => chia.deriveUnhardened(new Uint8Array(40), 0))).toBe('secret-key-invalid');
  expect(codeOf(() => chia.aggregatePublicKeys([]))).toBe('public-key-invalid');
  expect(codeOf(() => chia.aggregateSignatures([new Uint8Array(96)]))).toBe('signature-invalid');
  expect(codeOf(() => chia.mnemonicToMasterSk('abandon '.repeat(24)))).toBe('mnemonic-invalid');
  expect(codeOf(() => chia.mnemonicToMasterSk('x'.repeat(100_000)))).toBe('mnemonic-invalid');
  expect(codeOf(() => chia.encodeMemo({ ...chia.decodeMemo(memo), contractPuzzleHash: null }))).toBe(
    'puzzle-hash-invalid',
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 130 }), (junk) => {
      expect(chia.verify(junk, junk, junk)).toBe(false);
      expect(chia.verify(chia.publicKey(master), junk, junk)).toBe(false);
    }),
    { numRuns: 20 },
  );
});
