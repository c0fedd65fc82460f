import { useEffect, useRef, useState } from 'react';
import { type CashableCheque, planCashing } from '#libs/claims';
import { ApiError } from '../../api/api-error.js';
import { api } from '../../api/client.js';
import type { Cheque } from '../../api/models.js';
import { claimFee, sendClaim, walletChain, whenMined } from '../../claims/wallet-chain.js';
import type { Connected } from '../../wallet/connect-wallet.js';

/** What cashing brings; `fee` in wei at most, null: the wallet does not say. */
export interface Due extends CashableCheque {
  fee: bigint | null;
}

export type CashingState =
  | { at: 'idle' | 'checking' }
  | { at: 'due' | 'sending'; due: Due }
  | { at: 'mining'; due: Due; hash: string }
  | { at: 'done'; hash: string; blockNumber: number; ok: boolean }
  | { at: 'failed'; error: unknown };

/** From a cheque and a wallet to its cashing in a block: looked at first, by the chain as the wallet sees it. */
export function useCashing({ id, beneficiary }: Cheque, connected: Connected | null) {
  const [state, setState] = useState<CashingState>({ at: 'idle' });
  const left = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    return () => controller.abort();
  }, []);

  const look = async () => {
    if (!connected) return;
    setState({ at: 'checking' });
    const { provider } = connected.wallet;
    try {
      // by address, since only there the cheque itself is in the answer
      const found = (await api.chequesAt(beneficiary)).items.find((item) => item.id === id);
      if (!found) throw new ApiError('not_found', 'a newer cheque has taken its place');
      const planned = await planCashing(found.file, walletChain(provider));
      setState({ at: 'due', due: { ...planned, fee: await claimFee(provider, connected.account, planned) } });
    } catch (error) {
      setState({ at: 'failed', error });
    }
  };

  const cash = async (due: Due) => {
    if (!connected) return;
    const { provider } = connected.wallet;
    setState({ at: 'sending', due });
    try {
      const hash = await sendClaim(provider, connected.account, due);
      setState({ at: 'mining', due, hash });
      const { ok, blockNumber } = await whenMined(provider, hash, left.current.signal);
      setState({ at: 'done', hash, blockNumber, ok });
    } catch (error) {
      if (!left.current.signal.aborted) setState({ at: 'failed', error });
    }
  };
  return { state, look, cash };
}
