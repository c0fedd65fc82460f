import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BaseWallet } from 'ethers';
import { Transaction, type TypedDataDomain, TypedDataEncoder, type TypedDataField } from 'ethers';

/** How it answers: as web3signer (the bytes), as geth and clef (an object), or as it should not. */
export type SignerManner = 'web3signer' | 'clef' | 'refuses' | 'other-nonce' | 'other-key' | 'nonsense';

export interface SignerServer {
  url: string;
  /** Transactions it was asked to sign. */
  asked: number;
  manner: SignerManner;
  stop(): Promise<void>;
}

/** A signer with a key of its own behind `eth_signTransaction` and `eth_signTypedData`. */
export async function startSigner(wallet: BaseWallet, other: BaseWallet): Promise<SignerServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString('utf8');
    });
    request.on('end', () => {
      const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: unknown[] };
      signer.asked++;
      const sign = {
        eth_signTransaction: () => signed(params[0] as Fields),
        eth_signTypedData: () => typed(params[1]),
      };
      const refused = !Object.hasOwn(sign, method) || signer.manner === 'refuses';
      const answer = refused
        ? { error: { code: -32_000, message: 'Request denied' } }
        : { result: sign[method as keyof typeof sign]() };
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
    });
  });
  const typed = (data: unknown): unknown => {
    if (signer.manner === 'nonsense') return '0x00';
    const { domain, types, message } = data as TypedData;
    const { EIP712Domain: _, ...own } = types;
    const key = signer.manner === 'other-key' ? other : wallet;
    return key.signingKey.sign(TypedDataEncoder.hash(domain, own, message)).serialized;
  };
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

interface TypedData {
  domain: TypedDataDomain;
  types: Record<string, TypedDataField[]>;
  message: Record<string, unknown>;
}

type Fields = Record<
  'chainId' | 'nonce' | 'data' | 'value' | 'gas' | 'maxFeePerGas' | 'maxPriorityFeePerGas',
  string
> & { to?: string };
