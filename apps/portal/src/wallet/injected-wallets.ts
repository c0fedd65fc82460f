import { useSyncExternalStore } from 'react';

/** EIP-1193. */
export interface WalletProvider {
  request(call: { method: string; params?: readonly unknown[] }): Promise<unknown>;
}

/** EIP-6963: a wallet announces itself; `icon` is a data: URI. */
export interface InjectedWallet {
  info: { uuid: string; name: string; icon: string; rdns: string };
  provider: WalletProvider;
}

let wallets: readonly InjectedWallet[] = [];
const listeners = new Set<() => void>();
let asked = false;

function onAnnounce(event: Event): void {
  const { detail } = event as CustomEvent<InjectedWallet | undefined>;
  if (!detail?.info?.uuid || !detail.provider) return;
  if (wallets.some((wallet) => wallet.info.uuid === detail.info.uuid)) return;
  wallets = [...wallets, detail];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    window.addEventListener('eip6963:announceProvider', onAnnounce);
    window.dispatchEvent(new Event('eip6963:requestProvider'));
  }
  return () => listeners.delete(listener);
}

/** The wallets this browser has, as they announce themselves. */
export function useInjectedWallets(): readonly InjectedWallet[] {
  return useSyncExternalStore(subscribe, () => wallets);
}
