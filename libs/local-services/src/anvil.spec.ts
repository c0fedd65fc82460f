import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonRpcProvider, parseEther, Wallet } from 'ethers';
import { expect, test } from 'vitest';
import { processIdentity, waitUntilGone } from '#libs/processes';
import { startAnvil } from './index.js';
import { compileLibrary, runScript } from './testing/child-process.js';

test('mines, keeps its state over a stop, and leaves no process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'croft-anvil-'));
  const stateFile = join(folder, 'chain', 'state.json');
  const payee = Wallet.createRandom().address;
  const first = await startAnvil({ stateFile, slotsInAnEpoch: 1, balanceEther: 5 });
  const provider = new JsonRpcProvider(first.url, undefined, { staticNetwork: true, cacheTimeout: -1 });
  expect((await provider.getNetwork()).chainId).toBe(31337n);
  const payer = await provider.getSigner(0);
  expect(await provider.getBalance(payer.address)).toBe(parseEther('5'));
  const receipt = await (await payer.sendTransaction({ to: payee, value: 7n })).wait();
  expect(receipt?.status).toBe(1);
  provider.destroy();
  await first.stop();
  await first.stop();
  expect(processIdentity(first.pid)).toBeNull();
  expect(existsSync(stateFile)).toBe(true);

  const second = await startAnvil({ stateFile, slotsInAnEpoch: 1 });
  const later = new JsonRpcProvider(second.url, undefined, { staticNetwork: true });
  expect(await later.getBalance(payee)).toBe(7n);
  expect((await later.getTransactionReceipt(String(receipt?.hash)))?.blockNumber).toBe(receipt?.blockNumber);
  later.destroy();
  await second.stop();
  rmSync(folder, { recursive: true });
});

test('blocks by time, another chain id, free gas', async () => {
  const anvil = await startAnvil({ blockSeconds: 0.1, chainId: 4242, freeGas: true });
  const provider = new JsonRpcProvider(anvil.url, undefined, { staticNetwork: true, cacheTimeout: -1 });
  const sender = Wallet.createRandom().connect(provider);
  const sent = await sender.sendTransaction({ to: sender.address, gasPrice: 0n });
  expect((await sent.wait())?.status).toBe(1);
  expect((await provider.getNetwork()).chainId).toBe(4242n);
  const block = await provider.getBlockNumber();
  while ((await provider.getBlockNumber()) < block + 2) await new Promise((done) => setTimeout(done, 20));
  provider.destroy();
  await anvil.stop();
});

test.each(['exit', 'SIGTERM', 'SIGKILL'])('ends with its process (%s)', async (how) => {
  const library = await compileLibrary();
  const { child, said } = await runScript(`
    import { startAnvil } from ${JSON.stringify(library)};
    const anvil = await startAnvil();
    console.log(JSON.stringify({ pid: anvil.pid }));
    setTimeout(() => process.exit(0), ${how === 'exit' ? 50 : 60_000});`);
  if (how !== 'exit') child.kill(how as NodeJS.Signals);
  await once(child, 'exit');
  expect(await waitUntilGone(Number(said.pid), 5000)).toBe(true);
});

test('bad options and a taken port are named', async () => {
  await expect(startAnvil({ blockSeconds: 0 })).rejects.toMatchObject({ code: 'anvil-option-invalid' });
  await expect(startAnvil({ hardfork: 'nonsense' })).rejects.toMatchObject({ code: 'anvil-start-failed' });
  const anvil = await startAnvil();
  await expect(startAnvil({ port: anvil.port })).rejects.toMatchObject({ code: 'anvil-start-failed' });
  await anvil.stop();
});
