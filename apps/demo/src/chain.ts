import { HDNodeWallet, Mnemonic, randomBytes } from 'ethers';
import { startAnvil } from '#libs/local-services';
import {
  deployCampaign,
  deployFactory,
  deployToken,
  encodeTokenTransfer,
  JsonRpcChain,
  sendAndWait,
  walletSigner,
} from '#libs/settlement';

const CHAIN_ID = 31337;
const TOKEN = 10n ** 18n;
const SUPPLY = 10_000_000n * TOKEN;
const FUNDS = 1_000_000n * TOKEN;

/** A chain of our own with the demo's token and payout contract on it. */
export interface DemoChain {
  url: string;
  chain: JsonRpcChain;
  token: string;
  payoutContract: string;
  /** Hex keys of who sends transactions for the center. */
  keys: { proposer: string; approver: string };
  stop(): Promise<void>;
}

/** Starts anvil with fresh keys, deploys token and payout contract, funds the campaign, and mines. */
export async function startDemoChain(): Promise<DemoChain> {
  const mnemonic = Mnemonic.fromEntropy(randomBytes(16)).phrase;
  const anvil = await startAnvil({ chainId: CHAIN_ID, mnemonic, slotsInAnEpoch: 1 });
  const chain = new JsonRpcChain({ url: anvil.url, chainId: CHAIN_ID });
  const [admin, proposer, approver, guardian] = [0, 1, 2, 3].map((i) =>
    HDNodeWallet.fromPhrase(mnemonic, '', `m/44'/60'/0'/0/${i}`),
  ) as [HDNodeWallet, HDNodeWallet, HDNodeWallet, HDNodeWallet];
  const sender = { chain, signer: walletSigner(admin) };
  const token = await deployToken(sender, {
    name: 'Croft demo',
    symbol: 'CROFT',
    supply: SUPPLY,
    holder: admin.address,
  });
  const factory = await deployFactory(sender);
  const campaign = await deployCampaign(sender, factory.address, {
    token: token.address,
    unitSize: 10n ** 12n,
    activationDelaySeconds: 0,
    claimDelaySeconds: 86_400,
    epochLimit: FUNDS / 10n ** 12n,
    admin: admin.address,
    proposer: proposer.address,
    approver: approver.address,
    guardian: guardian.address,
  });
  await sendAndWait(sender, encodeTokenTransfer(token.address, campaign.address, FUNDS));
  const stopMining = mineEverySecond(anvil.url);
  return {
    url: anvil.url,
    chain,
    token: token.address,
    payoutContract: campaign.address,
    keys: { proposer: proposer.privateKey, approver: approver.privateKey },
    stop: () => {
      stopMining();
      return anvil.stop();
    },
  };
}

/**
 * Transactions are mined as they come; beside that a block a second, so that blocks become final although nothing
 * happens. Returns what ends it.
 */
function mineEverySecond(url: string): () => void {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'evm_mine', params: [] });
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  // a block that is not mined is made up for by the next
  const timer = setInterval(() => void fetch(url, request).catch(() => undefined), 1000);
  return () => clearInterval(timer);
}
