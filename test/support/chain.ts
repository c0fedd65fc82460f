import { HDNodeWallet, toBeHex, zeroPadValue } from 'ethers';
import { startAnvil } from '#libs/local-services';
import {
  type ChequeSigner,
  chequebookInterface,
  deployCampaign,
  deployChequebook,
  deployChequebookFactory,
  deployFactory,
  deployToken,
  encodeTokenTransfer,
  JsonRpcChain,
  sendAndWait,
  walletChequeSigner,
  walletSigner,
} from '#libs/settlement';
import { mustRpc } from './rpc-proxy.js';

const MNEMONIC = 'test test test test test test test test test test test junk';
export const TOKEN = 10n ** 18n;
export const UNIT_SIZE = 10n ** 12n;

/** Account `index` of the test chain: 0 admin, 1 proposer, 2 approver, 3 guardian, 4 issuer of cheques. */
export const testWallet = (index: number) => HDNodeWallet.fromPhrase(MNEMONIC, '', `m/44'/60'/0'/0/${index}`);

export interface TestChain {
  url: string;
  chain: JsonRpcChain;
  token: string;
  payoutContract: string;
  admin: ReturnType<typeof walletSigner>;
  proposer: ReturnType<typeof walletSigner>;
  approver: ReturnType<typeof walletSigner>;
  /** Who signs cheques. */
  issuer: ChequeSigner;
  /** A chequebook of the issuer's for the same token, with so much in it. */
  chequebook(amount: bigint): Promise<string>;
  /** The issuer takes tokens out of a chequebook. */
  withdraw(chequebook: string, amount: bigint): Promise<unknown>;
  /** Another payout contract for the same token, with as much in it. */
  anotherContract(): Promise<string>;
  /** Sends tokens to a contract. */
  fund(contract: string, amount: bigint): Promise<unknown>;
  /** Gives an account so much of the chain's own coin. */
  setCoins(account: string, wei: bigint): Promise<unknown>;
  /** An empty block. */
  mine(): Promise<unknown>;
  stop(): Promise<void>;
}

/** A chain that mines each transaction at once, with a token and a funded payout contract on it. */
export async function startTestChain(funds: bigint, chainId = 31337): Promise<TestChain> {
  const anvil = await startAnvil({ mnemonic: MNEMONIC, slotsInAnEpoch: 1, chainId });
  const chain = new JsonRpcChain({ url: anvil.url, chainId: anvil.chainId });
  const [admin, proposer, approver, guardian] = [0, 1, 2, 3].map((i) => walletSigner(testWallet(i))) as [
    ReturnType<typeof walletSigner>,
    ReturnType<typeof walletSigner>,
    ReturnType<typeof walletSigner>,
    ReturnType<typeof walletSigner>,
  ];
  const sender = { chain, signer: admin };
  const supply = funds * 2n;
  const token = await deployToken(sender, { name: 'Test', symbol: 'TST', supply, holder: admin.address });
  const factory = await deployFactory(sender);
  let contracts = 0;
  let chequebooks: ReturnType<typeof deployChequebookFactory> | undefined;
  const fundedContract = async () => {
    const terms = {
      token: token.address,
      unitSize: UNIT_SIZE,
      activationDelaySeconds: 0,
      claimDelaySeconds: 86_400,
      epochLimit: funds / UNIT_SIZE,
      admin: admin.address,
      proposer: proposer.address,
      approver: approver.address,
      guardian: guardian.address,
    };
    const salt = zeroPadValue(toBeHex(contracts++), 32);
    const campaign = await deployCampaign(sender, factory.address, terms, salt);
    await sendAndWait(sender, encodeTokenTransfer(token.address, campaign.address, funds));
    return campaign.address;
  };
  return {
    url: anvil.url,
    chain,
    token: token.address,
    payoutContract: await fundedContract(),
    admin,
    proposer,
    approver,
    issuer: walletChequeSigner(testWallet(4)),
    chequebook: async (amount) => {
      chequebooks ??= deployChequebookFactory(sender, token.address);
      const { address: books } = await chequebooks;
      const salt = zeroPadValue(toBeHex(contracts++), 32);
      const { address } = await deployChequebook(sender, books, testWallet(4).address, { salt });
      await sendAndWait(sender, encodeTokenTransfer(token.address, address, amount));
      return address;
    },
    withdraw: async (chequebook, amount) => {
      const signer = walletSigner(testWallet(4));
      const data = chequebookInterface.encodeFunctionData('withdraw', [amount]);
      await sendAndWait({ chain, signer }, { to: chequebook, data });
    },
    anotherContract: fundedContract,
    fund: (contract, amount) => sendAndWait(sender, encodeTokenTransfer(token.address, contract, amount)),
    setCoins: (account, wei) => mustRpc(anvil.url, 'anvil_setBalance', [account, `0x${wei.toString(16)}`]),
    mine: () => mustRpc(anvil.url, 'anvil_mine', ['0x1']),
    stop: () => anvil.stop(),
  };
}
