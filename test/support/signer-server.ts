import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BaseWallet } from 'ethers';
import { Transaction } from 'ethers';

/** How it answers: as web3signer (the bytes), as geth and clef (an object), or as it should not. */
export type SignerManner = 'web3signer' | 'clef' | 'refuses' | 'other-nonce' | 'other-key' | 'nonsense';

export interface SignerServer {
  url: string;
  /** Transactions it was asked to sign. */
  asked: number;
  manner: SignerManner;
  stop(): Promise<void>;
}

/** A signer with a key of its own behind `eth_signTransaction`. */
export async function startSigner(wallet: BaseWallet, other: BaseWallet): Promise<SignerServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString('utf8');
    });
    request.on('end', () => {
      const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: Fields[] };
      signer.asked++;
      const refused = method !== 'eth_signTransaction' || signer.manner === 'refuses';
      const answer = refused
        ? { error: { code: -32_000, message: 'Request denied' } }
        : { result: signed(params[0]!) };
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
    });
  });
  const signed = (fields: Fields): unknown => {
    if (signer.manner === 'nonsense') return { signature: '0x00' };
    const transaction = Transaction.from({
      type: 2,
      chainId: fields.chainId,
      nonce: Number(fields.nonce) + (signer.manner === 'other-nonce' ? 1 : 0),
      to: fields.to ?? null,
      data: fields.data,
      value: fields.value,
      gasLimit: fields.gas,
      maxFeePerGas: fields.maxFeePerGas,
      maxPriorityFeePerGas: fields.maxPriorityFeePerGas,
    });
    const key = signer.manner === 'other-key' ? other : wallet;
    transaction.signature = key.signingKey.sign(transaction.unsignedHash);
    return signer.manner === 'clef' ? { raw: transaction.serialized, tx: {} } : transaction.serialized;
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const signer: SignerServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: 0,
    manner: 'web3signer',
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return signer;
}

type Fields = Record<
  'chainId' | 'nonce' | 'data' | 'value' | 'gas' | 'maxFeePerGas' | 'maxPriorityFeePerGas',
  string
> & { to?: string };
