import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Anvil, startAnvil } from '#libs/local-services';
import { readCampaignTerms } from './campaign-terms.js';
import { deployCampaign, deployFactory, deployToken, sendAndWait } from './deploy.js';
import { rpcRequest } from './json-rpc.js';
import { JsonRpcChain } from './json-rpc-chain.js';
import { signTransaction, suggestFees, walletSigner } from './transaction.js';

/** First account of anvil's well-known mnemonic. */
const rich = new Wallet('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
const poor = new Wallet(`0x${'77'.repeat(32)}`);
let anvil: Anvil;
let chain: JsonRpcChain;

beforeAll(async () => {
  anvil = await startAnvil({ slotsInAnEpoch: 1 });
  chain = new JsonRpcChain({ url: anvil.url, chainId: anvil.chainId });
});
afterAll(() => anvil.stop());

const fails = (code: string) => expect.objectContaining({ name: 'ChainError', code });

async function signed(wallet: Wallet, change: object = {}) {
  const [nonce, fees] = await Promise.all([
    chain.getTransactionCount(wallet.address, 'latest'),
    suggestFees(chain),
  ]);
  const to = poor.address;
  return signTransaction({
    wallet,
    chainId: anvil.chainId,
    nonce,
    to,
    data: '0x',
    gasLimit: 21_000n,
    fees,
    ...change,
  });
}

test('blocks, nonces, receipts and balances of a transaction', async () => {
  await chain.verify();
  const { raw, hash } = await signed(rich, { value: 5n });
  expect(await chain.getReceipt(hash)).toBeNull();
  expect(await chain.getTransaction(hash)).toBeNull();
  expect(await chain.broadcast(raw)).toBe(hash);
  // the node may answer a broadcast a moment before it has mined
  const receipt = await vi.waitUntil(() => chain.getReceipt(hash));
  expect(receipt).toMatchObject({
    hash,
    status: 'success',
    from: rich.address,
    to: poor.address,
    gasUsed: 21_000n,
  });
  expect(await chain.getTransaction(hash)).toMatchObject({
    hash,
    nonce: 0,
    blockNumber: receipt!.blockNumber,
  });
  expect(await chain.getBalance(poor.address)).toBe(5n);
  expect(await chain.getBalance(poor.address, receipt!.blockNumber - 1)).toBe(0n);
  const block = await chain.getBlock(receipt!.blockNumber);
  expect(await chain.getBlock(receipt!.blockHash)).toEqual(block);
  expect(await chain.getBlock(10_000)).toBeNull();
  await rpcRequest(anvil.url, 'anvil_mine', ['0x5'], 5000);
  expect(await chain.blockNumber('latest')).toBe(receipt!.blockNumber + 5);
  expect(await chain.blockNumber('finalized')).toBe(receipt!.blockNumber + 3);
});

test('what the node refuses has a code', async () => {
  await expect(chain.broadcast((await signed(rich, { nonce: 0 })).raw)).rejects.toThrow(fails('nonce_used'));
  await expect(chain.broadcast((await signed(poor, { value: 1n })).raw)).rejects.toThrow(
    fails('insufficient_funds'),
  );
  const cheap = { maxFeePerGas: 1n, maxPriorityFeePerGas: 0n };
  await expect(chain.broadcast((await signed(rich, { fees: cheap })).raw)).rejects.toThrow(
    fails('fee_too_low'),
  );
  await rpcRequest(anvil.url, 'evm_setAutomine', [false], 5000);
  const waiting = await signed(rich);
  await chain.broadcast(waiting.raw);
  await expect(chain.broadcast(waiting.raw)).rejects.toThrow(fails('already_known'));
  const same = await signed(rich, { value: 1n });
  await expect(chain.broadcast(same.raw)).rejects.toThrow(fails('replacement_underpriced'));
  expect(await chain.getTransactionCount(rich.address, 'pending')).toBe(2);
  expect(await chain.getTransactionCount(rich.address, 'latest')).toBe(1);
  await rpcRequest(anvil.url, 'evm_setAutomine', [true], 5000);
  await rpcRequest(anvil.url, 'evm_mine', [], 5000);
  await expect(chain.broadcast('0x1234')).rejects.toThrow(fails('rpc_refused'));
  const other = new JsonRpcChain({ url: anvil.url, chainId: 1 });
  await expect(other.verify()).rejects.toThrow(fails('wrong_chain'));
});

test('token, factory and campaign; making the campaign again changes nothing', async () => {
  const sender = { chain, signer: walletSigner(rich) };
  const supply = 10n ** 24n;
  const token = await deployToken(sender, { name: 'Croft', symbol: 'CRF', supply, holder: rich.address });
  expect(await chain.tokenBalance(token.address, rich.address)).toBe(supply);
  const factory = await deployFactory(sender);
  const config = {
    token: token.address,
    unitSize: 10n ** 12n,
    activationDelaySeconds: 1,
    claimDelaySeconds: 2,
    epochLimit: 5n,
    admin: rich.address,
    proposer: poor.address,
    approver: token.address,
    guardian: factory.address,
  };
  const campaign = await deployCampaign(sender, factory.address, config);
  expect((await deployCampaign(sender, factory.address, config)).address).toBe(campaign.address);
  expect(await readCampaignTerms(chain, campaign.address)).toMatchObject({
    token: token.address,
    symbol: 'CRF',
    decimals: 18,
    unitSize: 10n ** 12n,
    activationDelaySeconds: 1,
    claimDelaySeconds: 2,
    closeGraceSeconds: 90 * 86_400,
  });
  await expect(readCampaignTerms(chain, token.address)).rejects.toThrow();
  await expect(readCampaignTerms(chain, poor.address)).rejects.toThrow(fails('rpc_refused'));
  const twice = deployCampaign(sender, factory.address, { ...config, guardian: rich.address });
  await expect(twice).rejects.toThrow(
    expect.objectContaining({
      code: 'would_revert',
      revert: expect.objectContaining({ name: 'RolesMustDiffer' }),
    }),
  );
  await expect(
    sendAndWait(sender, { to: token.address, data: '0x12345678', gasLimit: 100_000n }),
  ).rejects.toThrow(expect.objectContaining({ code: 'transaction_reverted' }));
});

test('a node that is down, slow, or answers nonsense is unreachable', async () => {
  const down = new JsonRpcChain({ url: 'http://127.0.0.1:1', chainId: 1 });
  await expect(down.blockNumber('latest')).rejects.toThrow(fails('chain_unreachable'));
  const answers = ['not json', '{}', '{"result":5}', '{"result":{"number":"0x1"}}', null];
  const server: Server = createServer((_, response) => {
    const answer = answers.shift();
    if (answer !== null) response.end(answer); // the last request is never answered
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const odd = new JsonRpcChain({ url, chainId: 1, timeoutMs: 200 });
  while (answers.length > 0)
    await expect(odd.blockNumber('latest')).rejects.toThrow(fails('chain_unreachable'));
  server.closeAllConnections();
  server.close();
});
