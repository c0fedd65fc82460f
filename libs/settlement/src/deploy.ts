import { setTimeout as sleep } from 'node:timers/promises';
import { AbiCoder, concat, Interface, type InterfaceAbi, ZeroHash } from 'ethers';
import type { EncodedCall } from './campaign-calls.js';
import type { ChainPort, ChainReceipt } from './chain.js';
import { factoryInterface, tokenInterface } from './contract-interfaces.js';
import { SettlementError } from './errors.js';
import { CroftToken, PayoutCampaignFactory } from './generated/artifacts.js';
import { suggestFees, type TransactionSigner } from './transaction.js';

/** Who sends, and where. */
export interface Sender {
  chain: ChainPort;
  signer: TransactionSigner;
}

export interface Deployed {
  /** EIP-55. */
  readonly address: string;
  /** Receipt of the transaction that made it. */
  readonly receipt: ChainReceipt;
}

/** Terms of a new campaign; see contracts/IPayoutCampaign.sol, Config. */
export interface CampaignConfig {
  token: string;
  /** Base units in one unit. */
  unitSize: bigint;
  activationDelaySeconds: number;
  claimDelaySeconds: number;
  /** Default 90 days. */
  closeGraceSeconds?: number;
  /** Default 150 000. */
  transferGas?: number;
  /** Units by which one root may raise the total. */
  epochLimit: bigint;
  admin: string;
  proposer: string;
  approver: string;
  guardian: string;
}

/**
 * Sends one transaction and waits for its receipt. For deployments, the demo and tests: it keeps no record, so payouts
 * go through the center's outbox instead.
 * @throws ChainError, SettlementError `transaction_reverted`, `deployment_failed` (no receipt within `timeoutMs`)
 */
export async function sendAndWait(
  { chain, signer }: Sender,
  call: { to: string | null; data: string; gasLimit?: bigint },
  { timeoutMs = 60_000, pollMs = 50 } = {},
): Promise<ChainReceipt> {
  const { to, data } = call;
  const [chainId, nonce, fees, gas] = await Promise.all([
    chain.chainId(),
    chain.getTransactionCount(signer.address, 'pending'),
    suggestFees(chain),
    call.gasLimit ?? chain.estimateGas({ to, data, from: signer.address }),
  ]);
  const gasLimit = call.gasLimit ?? gas + gas / 10n;
  const { raw, hash } = await signer.sign({ chainId, nonce, to, data, gasLimit, fees });
  await chain.broadcast(raw);
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const receipt = await chain.getReceipt(hash);
    if (receipt?.status === 'reverted')
      throw new SettlementError('transaction_reverted', 'the transaction reverted', { hash });
    if (receipt) return receipt;
    if (Date.now() > deadline) throw new SettlementError('deployment_failed', 'no receipt in time', { hash });
    await sleep(pollMs);
  }
}

/** Deploys any contract. `args` are ABI-encoded for its constructor. */
export async function deployContract(
  sender: Sender,
  artifact: { abi: InterfaceAbi; bytecode: string },
  args: readonly unknown[] = [],
): Promise<Deployed> {
  const data = concat([artifact.bytecode, new Interface(artifact.abi).encodeDeploy(args)]);
  const receipt = await sendAndWait(sender, { to: null, data });
  if (!receipt.contractAddress)
    throw new SettlementError('deployment_failed', 'no contract was made', { hash: receipt.hash });
  return { address: receipt.contractAddress, receipt };
}

/** Deploys CroftToken: 18 decimals, `supply` base units minted to `holder`. */
export function deployToken(
  sender: Sender,
  token: { name: string; symbol: string; supply: bigint; holder: string },
): Promise<Deployed> {
  return deployContract(sender, CroftToken, [token.name, token.symbol, token.supply, token.holder]);
}

export function deployFactory(sender: Sender): Promise<Deployed> {
  return deployContract(sender, PayoutCampaignFactory);
}

/**
 * Makes a campaign through the factory. With the same salt and config it is the same campaign: a repeated call changes
 * nothing and gives the same address.
 * @param salt 32 bytes as 0x hex; default zero
 */
export async function deployCampaign(
  sender: Sender,
  factory: string,
  config: CampaignConfig,
  salt: string = ZeroHash,
): Promise<Deployed> {
  const args = [salt, configTuple(config)];
  const predicted = await sender.chain.call({
    to: factory,
    data: factoryInterface.encodeFunctionData('predict', args),
  });
  const address: string = AbiCoder.defaultAbiCoder().decode(['address'], predicted)[0];
  const data = factoryInterface.encodeFunctionData('create', args);
  return { address, receipt: await sendAndWait(sender, { to: factory, data }) };
}

/** The ERC-20 transfer of `baseUnits`, e.g. to fund a campaign. */
export function encodeTokenTransfer(token: string, to: string, baseUnits: bigint): EncodedCall {
  return { to: token, data: tokenInterface.encodeFunctionData('transfer', [to, baseUnits]) };
}

/** The ERC-20 approval that `fund` needs. */
export function encodeTokenApproval(token: string, spender: string, baseUnits: bigint): EncodedCall {
  return { to: token, data: tokenInterface.encodeFunctionData('approve', [spender, baseUnits]) };
}

const NINETY_DAYS = 90 * 86_400;

function configTuple(config: CampaignConfig): unknown[] {
  return [
    config.token,
    config.unitSize,
    config.activationDelaySeconds,
    config.claimDelaySeconds,
    config.closeGraceSeconds ?? NINETY_DAYS,
    config.transferGas ?? 150_000,
    config.epochLimit,
    config.admin,
    config.proposer,
    config.approver,
    config.guardian,
  ];
}
