import { HDNodeWallet, Interface, Wallet } from 'ethers';
import { expect } from 'vitest';
import { type Anvil, startAnvil } from '#libs/local-services';
import type { AmountVector } from '../amount-vector.js';
import type { CampaignCalls, EncodedCall } from '../campaign-calls.js';
import type { ChainReceipt } from '../chain.js';
import {
  type CampaignConfig,
  deployCampaign,
  deployContract,
  deployFactory,
  deployToken,
  encodeTokenTransfer,
  sendAndWait,
} from '../deploy.js';
import type { ChainError } from '../errors.js';
import { FaultyToken } from '../generated/test-artifacts.js';
import { rpcRequest } from '../json-rpc.js';
import { JsonRpcChain } from '../json-rpc-chain.js';
import { PayoutCampaignContract } from '../payout-campaign-contract.js';
import type { PayoutEntry, PayoutTree } from '../payout-tree.js';
import { planPushes, requiredTotalUnits } from '../push-plan.js';
import { type PushOutcome, parsePushReceipt } from '../push-receipt.js';
import { walletSigner } from '../transaction.js';

export const MNEMONIC = 'test test test test test test test test test test test junk';
export const UNIT = 10n ** 12n;
export const DATA_HASH = `0x${'da'.repeat(32)}`;
export const faultyToken = new Interface(FaultyToken.abi);
export const Fault = {
  None: 0,
  Revert: 1,
  ReturnFalse: 2,
  BurnGas: 3,
  ReturnBomb: 4,
  ReturnNothing: 5,
  Reenter: 6,
  KeepFee: 7,
  /** Needs 900 000 gas, and then pays. */
  Costly: 8,
  /** Fails at once when it is given less than 900 000 gas. */
  Careful: 9,
};

/** An address of its own for every index. */
export const payee = (index: number): string => `0x${(0xc0ffee0000 + index).toString(16).padStart(40, '0')}`;
export const entry = (index: number, units: number): PayoutEntry => ({
  index,
  account: payee(index),
  units: BigInt(units),
});
/** Matches the ChainError of a call that reverts with this error of the contract. */
export const reverts = (name: string): ChainError =>
  expect.objectContaining({ code: 'would_revert', revert: expect.objectContaining({ name }) });

export type RoleName = 'admin' | 'proposer' | 'approver' | 'guardian' | 'stranger';

/** A campaign on a real chain with the four roles in separate wallets, and what a center would remember of it. */
export interface CampaignFixture {
  anvil: Anvil;
  chain: JsonRpcChain;
  campaign: PayoutCampaignContract;
  calls: CampaignCalls;
  token: string;
  wallets: Record<RoleName, Wallet>;
  /** Vectors applied so far, by chunk. */
  paid: Map<number, AmountVector>;
  send(role: RoleName, call: EncodedCall & { gasLimit?: bigint }): Promise<ChainReceipt>;
  /** Rejects as the node does for the call as `role`. */
  simulate(role: RoleName, call: EncodedCall & { gas?: bigint }): Promise<string>;
  balance(account: string): Promise<bigint>;
  setFault(account: string, fault: number): Promise<void>;
  /** Moves the chain's clock and makes a block. */
  wait(seconds: number): Promise<void>;
  /** Proposes, approves and activates; gives the epoch. */
  publish(tree: PayoutTree): Promise<number>;
  /** Pushes everything due and books the outcome. */
  pushAll(tree: PayoutTree, options?: { skip?: ReadonlySet<number> }): Promise<PushOutcome[]>;
  stop(): Promise<void>;
}

export async function startCampaign(
  terms: Partial<CampaignConfig> = {},
  supply = 10n ** 30n,
  kind: 'faulty' | 'plain' = 'faulty',
): Promise<CampaignFixture> {
  const anvil = await startAnvil({ mnemonic: MNEMONIC });
  const chain = new JsonRpcChain({ url: anvil.url, chainId: anvil.chainId });
  const wallet = (i: number): Wallet =>
    new Wallet(HDNodeWallet.fromPhrase(MNEMONIC, '', `m/44'/60'/0'/0/${i}`).privateKey);
  const wallets = {
    admin: wallet(0),
    proposer: wallet(1),
    approver: wallet(2),
    guardian: wallet(3),
    stranger: wallet(4),
  };
  const admin = { chain, signer: walletSigner(wallets.admin) };
  const holder = wallets.admin.address;
  const { address: token } =
    kind === 'plain'
      ? await deployToken(admin, { name: 'Plain', symbol: 'PLN', supply, holder })
      : await deployContract(admin, FaultyToken, [supply, holder]);
  const factory = (await deployFactory(admin)).address;
  const config: CampaignConfig = {
    token,
    unitSize: UNIT,
    activationDelaySeconds: 0,
    claimDelaySeconds: 0,
    epochLimit: 10n ** 12n,
    admin: wallets.admin.address,
    proposer: wallets.proposer.address,
    approver: wallets.approver.address,
    guardian: wallets.guardian.address,
    ...terms,
  };
  const { address } = await deployCampaign(admin, factory, config);
  await sendAndWait(admin, encodeTokenTransfer(token, address, supply / 2n));
  const campaign = new PayoutCampaignContract(chain, address);
  const { calls } = campaign;
  const paid = new Map<number, AmountVector>();
  const send: CampaignFixture['send'] = (role, call) =>
    sendAndWait({ chain, signer: walletSigner(wallets[role]) }, call, { pollMs: 5 });
  return {
    anvil,
    chain,
    campaign,
    calls,
    token,
    wallets,
    paid,
    send,
    simulate: (role, call) => chain.call({ ...call, from: wallets[role].address }),
    balance: (account) => chain.tokenBalance(token, account),
    async setFault(account, fault) {
      await send('stranger', {
        to: token,
        data: faultyToken.encodeFunctionData('setFault', [account, fault]),
      });
    },
    async wait(seconds) {
      await rpcRequest(anvil.url, 'evm_increaseTime', [seconds], 5000);
      await rpcRequest(anvil.url, 'evm_mine', [], 5000);
    },
    async publish(tree) {
      const { root: prevRoot, epoch: before } = await campaign.state();
      const totalUnits = requiredTotalUnits(tree, paid);
      const proposal = { epoch: before + 1, prevRoot, root: tree.root, totalUnits, dataHash: DATA_HASH };
      await send('proposer', calls.propose(proposal));
      await send('approver', calls.approve(proposal));
      await send('stranger', calls.activate(tree.root));
      return proposal.epoch;
    },
    async pushAll(tree, options = {}) {
      const outcomes: PushOutcome[] = [];
      for (const { group } of planPushes(tree, (chunk) => paid.get(chunk) ?? null, options)) {
        const call = calls.pushGroup(group);
        const receipt = await send('proposer', { ...call, gasLimit: 16_000_000n });
        const context = { campaign: campaign.address, token, unitSize: UNIT };
        const outcome = parsePushReceipt(context, call.data, receipt);
        for (const { chunk, paid: vector } of outcome.vectors) paid.set(chunk, vector);
        outcomes.push(outcome);
      }
      return outcomes;
    },
    stop: () => anvil.stop(),
  };
}
