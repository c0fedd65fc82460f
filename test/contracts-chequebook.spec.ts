import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getBytes, hexlify, Wallet } from 'ethers';
import { afterEach, expect, test } from 'vitest';
import { type Anvil, startAnvil } from '#libs/local-services';
import {
  ChequebookContract,
  chequebookFactoryInterface,
  chequebookInterface,
  deployChequebook,
  deployChequebookFactory,
  deployToken,
  encodeTokenTransfer,
  inspectCheque,
  issueCheque,
  JsonRpcChain,
  parseCheque,
  renderCheque,
  type Sender,
  type SignedCheque,
  sendAndWait,
  walletSigner,
} from '#libs/settlement';

interface Vectors {
  vectors: (Omit<SignedCheque, 'cumulativePayout' | 'token'> & { cumulativePayout: string })[];
  cashout: {
    domain: { chainId: number };
    message: Record<'chequebook' | 'sender' | 'requestPayout' | 'recipient' | 'callerPayout', string>;
    signature: string;
    signerPrivateKey: string;
  }[];
}

const file = join(import.meta.dirname, 'vectors/swarm/cheques-eip712.json');
const { vectors, cashout }: Vectors = JSON.parse(readFileSync(file, 'utf8'));
/** Anvil's first account. */
const payerKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const issuerKey = getBytes(`0x${'15'.repeat(32)}`);

/** A chain with a factory, on which a chequebook can lie at any address and any account can send. */
class Stage {
  private constructor(
    readonly anvil: Anvil,
    readonly sender: Sender,
    readonly token: string,
    readonly factory: string,
  ) {}

  static async begin(chainId: number): Promise<Stage> {
    const anvil = await startAnvil({ chainId });
    const chain = new JsonRpcChain({ url: anvil.url, chainId });
    const sender = { chain, signer: walletSigner(new Wallet(payerKey)) };
    const holder = sender.signer.address;
    const { address } = await deployToken(sender, { name: 'T', symbol: 'T', supply: 10n ** 30n, holder });
    return new Stage(anvil, sender, address, (await deployChequebookFactory(sender, address)).address);
  }

  get chain() {
    return this.sender.chain;
  }

  async rpc(method: string, ...params: unknown[]): Promise<string> {
    const answer = await fetch(this.anvil.url, {
      method: 'POST',
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      headers: { 'content-type': 'application/json' },
    });
    const { result, error } = (await answer.json()) as { result: string; error?: { message: string } };
    if (error) throw new Error(error.message);
    return result;
  }

  /** Puts the code of a chequebook at `address`, for `issuer`, with `amount` base units. */
  async place(address: string, issuer: string, amount: bigint): Promise<ChequebookContract> {
    const data = chequebookFactoryInterface.encodeFunctionData('master');
    const master = await this.chain.call({ to: this.factory, data });
    await this.rpc('anvil_setCode', address, await this.chain.getCode(`0x${master.slice(-40)}`));
    await this.send(address, 'init', issuer, this.token, 86_400);
    await this.fund(address, amount);
    return new ChequebookContract(this.chain, address);
  }

  fund = (address: string, amount: bigint) =>
    sendAndWait(this.sender, encodeTokenTransfer(this.token, address, amount), { pollMs: 5 });

  send = (to: string, name: string, ...args: unknown[]) =>
    sendAndWait(this.sender, { to, data: chequebookInterface.encodeFunctionData(name, args) }, { pollMs: 5 });

  /** Sends as any account, without its key; rejects when the call reverts. */
  async sendAs(from: string, to: string, name: string, ...args: unknown[]): Promise<void> {
    const call = { from, to, data: chequebookInterface.encodeFunctionData(name, args) };
    await this.chain.call(call);
    await this.rpc('anvil_impersonateAccount', from);
    await this.rpc('anvil_setBalance', from, '0xde0b6b3a7640000');
    await this.rpc('eth_sendTransaction', call);
  }

  balance = (account: string) => this.chain.tokenBalance(this.token, account);
}

const revertsAs = (name: string) =>
  expect.objectContaining({ code: 'would_revert', revert: expect.objectContaining({ name }) });

let stage: Stage;
afterEach(() => stage.anvil.stop());

test.each(vectors)('a cheque of Swarm’s form on chain $chainId is honoured', async (vector) => {
  stage = await Stage.begin(vector.chainId);
  const { chequebook, beneficiary, issuer, signature } = vector;
  const amount = BigInt(vector.cumulativePayout);
  const book = await stage.place(chequebook, issuer, amount + 10n);
  const cash = (by: string, sum: bigint) =>
    stage.sendAs(by, chequebook, 'cashChequeBeneficiary', beneficiary, sum, signature);
  await expect(cash(stage.token, amount)).rejects.toThrow(revertsAs('InvalidIssuerSignature'));
  await expect(cash(beneficiary, amount + 1n)).rejects.toThrow(revertsAs('InvalidIssuerSignature'));
  await cash(beneficiary, amount);
  await cash(beneficiary, amount);
  expect(await stage.balance(beneficiary)).toBe(amount);
  expect(await book.paidOut(beneficiary)).toBe(amount);
  expect(await book.state()).toMatchObject({
    issuer,
    bounced: false,
    liquidBalance: 10n,
    totalPaidOut: amount,
  });
});

test.each(cashout)('a cash-out pays recipient and caller', async (vector) => {
  const { domain, message, signature, signerPrivateKey } = vector;
  stage = await Stage.begin(domain.chainId);
  const beneficiary = new Wallet(signerPrivateKey).address;
  await stage.place(message.chequebook, new Wallet(hexlify(issuerKey)).address, 1_000n);
  const [sum, fee] = [BigInt(message.requestPayout), BigInt(message.callerPayout)];
  const terms = { chainId: domain.chainId, chequebook: message.chequebook, token: stage.token, beneficiary };
  const cheque = issueCheque({ ...terms, cumulativePayout: sum }, issuerKey);
  const cash = (by: string, keeps: bigint) => {
    const args = [beneficiary, message.recipient, sum, signature, keeps, cheque.signature];
    return stage.sendAs(by, message.chequebook, 'cashCheque', ...args);
  };
  await expect(cash(message.recipient, fee)).rejects.toThrow(revertsAs('InvalidBeneficiarySignature'));
  await expect(cash(message.sender, fee + 1n)).rejects.toThrow(revertsAs('InvalidBeneficiarySignature'));
  await cash(message.sender, fee);
  expect(await stage.balance(message.sender)).toBe(fee);
  expect(await stage.balance(message.recipient)).toBe(sum - fee);
});

test('a chequebook of the factory bounces, and pays the rest when it is filled again', async () => {
  stage = await Stage.begin(31_337);
  const { sender, token, chain, factory } = stage;
  const issuer = new Wallet(hexlify(issuerKey)).address;
  const { address, receipt } = await deployChequebook(sender, factory, issuer);
  expect(receipt.logs.map((log) => chequebookFactoryInterface.parseLog(log as never)?.args[0])).toEqual([
    address,
  ]);
  const beneficiary = sender.signer.address;
  const cheque = (cumulativePayout: bigint) => {
    const terms = { chainId: 31_337, chequebook: address, token, beneficiary, cumulativePayout };
    return parseCheque(renderCheque(issueCheque(terms, issuerKey)));
  };
  const book = new ChequebookContract(chain, address);
  const cash = (sum: bigint) => sendAndWait(sender, book.cashCall(cheque(sum), issuer), { pollMs: 5 });

  await stage.fund(address, 1_000n);
  expect(await inspectCheque(chain, cheque(300n), factory)).toEqual({
    due: 300n,
    payout: 300n,
    bounced: false,
  });
  const first = await cash(300n);
  const event = { beneficiary, recipient: issuer, caller: beneficiary, cumulativePayout: 300n };
  expect(book.cashedIn(first)).toEqual([
    { ...event, totalPayout: 300n, callerPayout: 0n, logIndex: expect.any(Number) },
  ]);
  // the topic under which Bee looks for it
  const topics = first.logs.filter((log) => log.address === address).map((log) => log.topics[0]);
  expect(topics).toEqual(['0x950494fc3642fae5221b6c32e0e45765c95ebb382a04a71b160db0843e74c99f']);
  await expect(inspectCheque(chain, cheque(300n))).rejects.toMatchObject({ code: 'cheque_nothing_due' });

  expect(await inspectCheque(chain, cheque(1_500n))).toEqual({ due: 1_200n, payout: 700n, bounced: false });
  await cash(1_500n);
  expect(await book.state()).toMatchObject({ bounced: true, balance: 0n, totalPaidOut: 1_000n });
  await stage.fund(address, 600n);
  expect(await inspectCheque(chain, cheque(1_500n))).toEqual({ due: 500n, payout: 500n, bounced: true });
  await cash(1_500n);
  expect([await stage.balance(issuer), await stage.balance(address)]).toEqual([1_500n, 100n]);
  await expect(chain.call({ ...book.cashCall(cheque(1_499n), issuer), from: beneficiary })).rejects.toThrow(
    revertsAs('ChequeOutdated'),
  );
});

test('what is no chequebook of ours, or not the one that the cheque names, is refused', async () => {
  stage = await Stage.begin(31_337);
  const { sender, token, chain, factory } = stage;
  const { address } = await deployChequebook(sender, factory, sender.signer.address);
  const terms = { chainId: 31_337, token, beneficiary: sender.signer.address, cumulativePayout: 5n };
  const foreign = issueCheque({ ...terms, chequebook: address }, issuerKey);
  await expect(inspectCheque(chain, foreign, factory)).rejects.toMatchObject({ code: 'chequebook_differs' });
  const elsewhere = issueCheque({ ...terms, chequebook: token }, issuerKey);
  await expect(inspectCheque(chain, elsewhere, factory)).rejects.toMatchObject({
    code: 'chequebook_unknown',
  });
  await expect(inspectCheque(chain, elsewhere)).rejects.toMatchObject({ name: 'ChainError' });
});
