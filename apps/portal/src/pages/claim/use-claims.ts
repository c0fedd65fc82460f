import { useEffect, useRef, useState } from 'react';
import { type PlannedClaim, planClaims, readClaimable } from '#libs/claims';
import { bundleAt, type FoundBundle, openedSource } from '../../claims/find-bundle.js';
import { claimFee, sendClaim, walletChain, whenMined } from '../../claims/wallet-chain.js';
import type { Connected } from '../../wallet/connect-wallet.js';
import type { Where } from './claim-page.js';

export interface Due extends FoundBundle {
  claims: PlannedClaim[];
  /** Of the first of them, which is the next to be sent; wei, null: unknown. */
  fee: bigint | null;
}

export type ClaimState =
  | { at: 'idle' | 'checking' }
  | { at: 'due'; due: Due }
  | { at: 'sending' | 'mining'; due: Due; hash?: string }
  | { at: 'done'; due: Due; hash: string; blockNumber: number; ok: boolean }
  | { at: 'failed'; error: unknown; due?: Due };

/** From a bundle and a wallet to a claim in a block. */
export function useClaims(where: Where | null, connected: Connected | null, recipient: string | null) {
  const [state, setState] = useState<ClaimState>({ at: 'idle' });
  const left = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    return () => controller.abort();
  }, []);

  const check = async () => {
    if (!where || !connected) return;
    setState({ at: 'checking' });
    const { wallet, account } = connected;
    const chain = walletChain(wallet.provider);
    try {
      const { claimable, swarmReference }: FoundBundle =
        'url' in where
          ? await bundleAt(where.url, chain)
          : { claimable: await readClaimable(openedSource(where.files)), swarmReference: undefined };
      const claims = await planClaims(claimable, account, chain, recipient ?? undefined);
      const fee = claims[0] ? await claimFee(wallet.provider, account, claims[0]) : null;
      setState({ at: 'due', due: { claimable, swarmReference, claims, fee } });
    } catch (error) {
      setState({ at: 'failed', error });
    }
  };

  const claim = async (due: Due) => {
    const next = due.claims[0];
    if (!connected || !next) return;
    const { provider } = connected.wallet;
    setState({ at: 'sending', due });
    try {
      const hash = await sendClaim(provider, connected.account, next);
      setState({ at: 'mining', due, hash });
      const { ok, blockNumber } = await whenMined(provider, hash, left.current.signal);
      setState({ at: 'done', due, hash, blockNumber, ok });
    } catch (error) {
      if (!left.current.signal.aborted) setState({ at: 'failed', error, due });
    }
  };
  return { state, check, claim };
}
