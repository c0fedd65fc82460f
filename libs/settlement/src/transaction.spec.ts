import { Transaction, Wallet } from 'ethers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChainPort } from './chain.js';
import { loadKeystore } from './keystore.js';
import { bumpFees, signTransaction, suggestFees, walletSigner } from './transaction.js';

const wallet = new Wallet(`0x${'11'.repeat(32)}`);
const unsigned = {
  chainId: 31337,
  nonce: 7,
  to: `0x${'ab'.repeat(20)}`,
  data: '0x1234',
  gasLimit: 100_000n,
  fees: { maxFeePerGas: 20n, maxPriorityFeePerGas: 2n },
};

test('signing is repeatable, and the hash is that of the raw bytes', async () => {
  const signed = signTransaction({ ...unsigned, wallet });
  expect(signTransaction({ ...unsigned, wallet })).toEqual(signed);
  expect(await walletSigner(wallet).sign(unsigned)).toEqual(signed);
  const read = Transaction.from(signed.raw);
  expect(read).toMatchObject({
    nonce: 7,
    from: wallet.address,
    chainId: 31337n,
    gasLimit: 100_000n,
    hash: signed.hash,
  });
});

test('a bump raises both fees by the percentage at least, and stops at the ceiling', () => {
  const fee = fc.bigInt({ min: 0n, max: 10n ** 15n });
  fc.assert(
    fc.property(fee, fee, fc.integer({ min: 10, max: 100 }), (max, tip, percent) => {
      const bumped = bumpFees({ maxFeePerGas: max, maxPriorityFeePerGas: tip }, percent);
      expect(bumped.maxFeePerGas * 100n).toBeGreaterThanOrEqual(max * BigInt(100 + percent));
      expect(bumped.maxFeePerGas).toBeGreaterThan(max);
      expect(bumped.maxPriorityFeePerGas * 100n).toBeGreaterThanOrEqual(tip * BigInt(100 + percent));
      expect(bumped.maxPriorityFeePerGas).toBeGreaterThan(tip);
    }),
  );
  const fees = { maxFeePerGas: 100n, maxPriorityFeePerGas: 1n };
  expect(bumpFees(fees, 10, 110n)).toEqual({ maxFeePerGas: 110n, maxPriorityFeePerGas: 2n });
  expect(() => bumpFees(fees, 10, 109n)).toThrow(expect.objectContaining({ code: 'fee_ceiling' }));
  expect(() => bumpFees(fees, 9)).toThrow(expect.objectContaining({ code: 'fee_bump_too_small' }));
});

test('the first fee covers a doubled base fee', async () => {
  const chain = {
    feeData: async () => ({ baseFeePerGas: 10n, maxPriorityFeePerGas: 3n }),
  } as unknown as ChainPort;
  expect(await suggestFees(chain)).toEqual({ maxFeePerGas: 23n, maxPriorityFeePerGas: 3n });
  await expect(suggestFees(chain, 22n)).rejects.toThrow(expect.objectContaining({ code: 'fee_ceiling' }));
});

test('a keystore opens with its password only', async () => {
  const json = wallet.encryptSync('right');
  expect((await loadKeystore(json, 'right')).address).toBe(wallet.address);
  await expect(loadKeystore(json, 'wrong')).rejects.toThrow(
    expect.objectContaining({ code: 'keystore_password' }),
  );
  await expect(loadKeystore('{}', 'right')).rejects.toThrow(
    expect.objectContaining({ code: 'keystore_invalid' }),
  );
  const broken = json.replace(/"ciphertext":"../, '"ciphertext":"zz');
  await expect(loadKeystore(broken, 'right')).rejects.toThrow(
    expect.objectContaining({ code: 'keystore_invalid' }),
  );
}, 120_000);
