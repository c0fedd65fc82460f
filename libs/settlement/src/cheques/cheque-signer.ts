import { type BaseWallet, getBytes, Signature } from 'ethers';
import { z } from 'zod';
import { ChainError, SettlementError } from '../errors.js';
import { rpcRequest } from '../json-rpc.js';
import { checkAddress } from '../payee.js';
import type { RemoteSignerOptions } from '../remote-signer.js';
import {
  type ChequeTerms,
  checkedCheque,
  isSignedByIssuer,
  issueCheque,
  type SignedCheque,
} from './signed-cheque.js';

/** Whoever holds the key of a chequebook's issuer: a keystore in this process, or a signer elsewhere. */
export interface ChequeSigner {
  /** EIP-55. */
  readonly address: string;
  /** A cheque is final: sign only what nothing can change any more. */
  signCheque(terms: ChequeTerms): Promise<SignedCheque>;
}

/** A signer whose key is in this process. The same terms always give the same cheque (RFC 6979). */
export function walletChequeSigner(wallet: BaseWallet): ChequeSigner {
  return {
    address: wallet.address,
    signCheque: async (terms) => issueCheque(terms, getBytes(wallet.privateKey)),
  };
}

const signature = z.string().regex(/^0x[0-9a-fA-F]{130}$/);

/**
 * A signer elsewhere (web3signer …), asked by JSON-RPC for `eth_signTypedData` (EIP-712). `signCheque` rejects with a
 * SettlementError `signer_unreachable`, `signer_refused`, or `signer_mismatch` when what it answers is not the
 * account's signature of this very cheque; with a ChequeError `cheque_malformed`.
 */
export function remoteChequeSigner({ url, address, timeoutMs = 30_000 }: RemoteSignerOptions): ChequeSigner {
  const issuer = checkAddress(address);
  return {
    address: issuer,
    async signCheque(terms) {
      const unsigned = checkedCheque({ ...terms, issuer, signature: `0x${'00'.repeat(65)}` });
      const answer = signature.safeParse(await ask(url, unsigned, timeoutMs));
      const cheque = answer.success && normalized(unsigned, answer.data);
      if (!cheque || !isSignedByIssuer(cheque))
        throw new SettlementError('signer_mismatch', 'the signer did not sign this cheque with its key', {
          issuer,
        });
      return cheque;
    },
  };
}

async function ask(url: string, cheque: SignedCheque, timeoutMs: number): Promise<unknown> {
  try {
    return await rpcRequest(url, 'eth_signTypedData', [cheque.issuer, typedData(cheque)], timeoutMs);
  } catch (cause) {
    if (!(cause instanceof ChainError)) throw cause;
    const code = cause.code === 'chain_unreachable' ? 'signer_unreachable' : 'signer_refused';
    throw new SettlementError(code, cause.message, {}, { cause });
  }
}

/** With v of 27 or 28, as the contract wants it; null: no signature. */
function normalized(cheque: SignedCheque, text: string): SignedCheque | null {
  try {
    return { ...cheque, signature: Signature.from(text).serialized };
  } catch {
    return null;
  }
}

/** As EIP-712 writes it in JSON; see `libs/swarm/src/cheque.ts` for what is hashed of it. */
const typedData = ({ chainId, chequebook, beneficiary, cumulativePayout }: SignedCheque) => ({
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
    ],
    Cheque: [
      { name: 'chequebook', type: 'address' },
      { name: 'beneficiary', type: 'address' },
      { name: 'cumulativePayout', type: 'uint256' },
    ],
  },
  primaryType: 'Cheque',
  domain: { name: 'Chequebook', version: '1.0', chainId },
  message: { chequebook, beneficiary, cumulativePayout: `${cumulativePayout}` },
});
