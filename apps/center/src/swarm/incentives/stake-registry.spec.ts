import { AbiCoder, toBeHex } from 'ethers';
import { expect, test } from 'vitest';
import type { ChainPort } from '#libs/settlement';
import { readStake } from './stake-registry.js';

const overlay = `0x${'ab'.repeat(32)}`;
const owner = toBeHex(1, 20);
const address = toBeHex(2, 20);
const fields = (tuple: string, values: unknown[]) => AbiCoder.defaultAbiCoder().encode([tuple], [values]);
const answering = (answer: string) =>
  ({ call: () => Promise.resolve(answer) }) as Partial<ChainPort> as ChainPort;

test('a version of the registry is read by its own shape, and comes out in the same words', async () => {
  const now = answering(
    AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'uint256', 'uint256', 'uint256', 'uint8'],
      [overlay, 7n, 9n, 1200n, 1],
    ),
  );
  expect(await readStake(now, { abi: '0.9', address }, owner, 1200)).toEqual({
    overlay: 'ab'.repeat(32),
    plur: 9n,
    height: 1,
    sinceBlock: 1200,
    frozenUntilBlock: 1200,
  });
  expect((await readStake(now, { abi: '0.9', address }, owner, 1201))!.frozenUntilBlock).toBe(null);
  const later = answering(
    fields('tuple(bytes32, uint256, uint256, uint256, uint8)', [overlay, 9n, 800n, 1200n, 1]),
  );
  expect(await readStake(later, { abi: 'queued', address }, owner, 1000)).toEqual({
    overlay: 'ab'.repeat(32),
    plur: 9n,
    height: 1,
    sinceBlock: 800,
    frozenUntilBlock: 1200,
  });
});

test('nothing staked is no stake; another contract is an error', async () => {
  const none = answering(`0x${'00'.repeat(160)}`);
  expect(await readStake(none, { abi: '0.9', address }, owner, 10)).toBe(null);
  await expect(readStake(answering('0x'), { abi: '0.9', address }, owner, 10)).rejects.toMatchObject({
    code: 'rpc_refused',
  });
});
