import { type HDNodeWallet, Transaction, type Wallet } from 'ethers';
import type { Page } from 'playwright-core';

interface Call {
  method: string;
  params?: readonly unknown[];
}

/**
 * A wallet in the browser, as extensions are there: announced by EIP-6963, reading through its own node, signing with its
 * own key, which the page never sees.
 */
export async function injectWallet(page: Page, wallet: Wallet | HDNodeWallet, rpcUrl: string): Promise<void> {
  await page.exposeFunction('croftTestWallet', (call: Call) => answer(call, wallet, rpcUrl));
  await page.addInitScript(() => {
    const ask = (window as unknown as { croftTestWallet(call: Call): Promise<{ value: unknown }> })
      .croftTestWallet;
    const detail = Object.freeze({
      info: { uuid: crypto.randomUUID(), name: 'Test Wallet', icon: 'data:,', rdns: 'example.test' },
      provider: { request: async (call: Call) => (await ask(call)).value },
    });
    const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
    window.addEventListener('eip6963:requestProvider', announce);
    announce();
  });
}

async function answer({ method, params = [] }: Call, wallet: Wallet | HDNodeWallet, rpcUrl: string) {
  if (method === 'eth_requestAccounts') return { value: [wallet.address.toLowerCase()] };
  if (method !== 'eth_sendTransaction') return { value: await rpc(rpcUrl, method, params) };
  const { from, to, data } = params[0] as { from: string; to: string; data: string };
  const [chainId, nonce, gas, price] = await Promise.all([
    rpc<string>(rpcUrl, 'eth_chainId'),
    rpc<string>(rpcUrl, 'eth_getTransactionCount', [from, 'pending']),
    rpc<string>(rpcUrl, 'eth_estimateGas', [{ from, to, data }]),
    rpc<string>(rpcUrl, 'eth_gasPrice'),
  ]);
  const transaction = Transaction.from({
    type: 2,
    chainId: BigInt(chainId),
    nonce: Number(nonce),
    to,
    data,
    gasLimit: (BigInt(gas) * 12n) / 10n,
    maxFeePerGas: 2n * BigInt(price),
    maxPriorityFeePerGas: 0n,
  });
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  return { value: await rpc(rpcUrl, 'eth_sendRawTransaction', [transaction.serialized]) };
}

/** One JSON-RPC call to a node of the tests. */
export async function rpc<T = unknown>(
  url: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
