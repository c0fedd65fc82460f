import { formatEther, formatUnits } from 'ethers';
import { BundleFault } from '#libs/bundle';
import { type Claimable, ClaimError, type PlannedClaim, planClaims, readClaimable } from '#libs/claims';
import {
  ChainError,
  type ChainReceipt,
  JsonRpcChain,
  type Sender,
  SettlementError,
  sendAndWait,
  suggestFees,
  type TransactionSigner,
} from '#libs/settlement';
import { sourceOf } from '../bundles/sources.js';
import { ClientError } from '../client-error.js';
import { claimReader } from './claim-chain.js';
import { signerOf } from './claim-key.js';
import type { CommandIo } from './io.js';

export interface ClaimOptions {
  account: string;
  keyFile?: string;
  passwordFile?: string;
  rpc: string;
  to?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** A claim as it is told; amounts in base units. */
interface Told {
  index: number;
  units: string;
  paidUnits: string;
  amount: string;
  gas: string;
  /** Wei of the chain's own coin, at most. */
  fee: string;
  transaction?: string;
  blockNumber?: number;
}

/**
 * `croft claim`: what a payout address has not been paid under the active root, claimed with a key of one's own, from a
 * published bundle and the chain alone. Returns whether anything was due. Errors: claim_options_invalid, key_unreadable,
 * bundle_unreadable, bundle_unsound, chain_refused, and those of ClaimError but `nothing_due`.
 */
export async function claimCommand(where: string, options: ClaimOptions, io: CommandIo): Promise<boolean> {
  for (const address of [options.account, options.to]) {
    if (address !== undefined && !/^0x[0-9a-fA-F]{40}$/.test(address))
      throw new ClientError('claim_options_invalid', address);
  }
  if (!/^https?:\/\//.test(options.rpc))
    throw new ClientError('claim_options_invalid', `--rpc ${options.rpc}`);
  if (!options.dryRun && !options.keyFile) throw new ClientError('claim_options_invalid', '--key-file');
  const signer = options.keyFile ? await signerOf(options.keyFile, options.passwordFile) : null;
  const isOwner = signer?.address.toLowerCase() === options.account.toLowerCase();
  if (options.to && signer && !isOwner) throw new ClientError('claim_not_owner', signer.address);
  try {
    const claimable = await readClaimable(sourceOf(where));
    const chain = new JsonRpcChain({ url: options.rpc, chainId: claimable.campaign.chainId });
    await chain.verify();
    return await claimAll({ claimable, chain, signer, options, io });
  } catch (error) {
    throw typed(error);
  }
}

interface Work {
  claimable: Claimable;
  chain: JsonRpcChain;
  signer: TransactionSigner | null;
  options: ClaimOptions;
  io: CommandIo;
}

/** One after another: each changes what was paid to its chunk. */
async function claimAll(work: Work): Promise<boolean> {
  const { claimable, chain, signer, options, io } = work;
  const told: Told[] = [];
  const done = new Set<number>();
  for (;;) {
    const claims = await due(work);
    const next = claims.find(({ index }) => !done.has(index));
    if (!next) break;
    done.add(next.index);
    const { gas, fee } = await cost(work, next);
    const one: Told = {
      index: next.index,
      units: `${next.units}`,
      paidUnits: `${next.paidUnits}`,
      amount: `${next.amount}`,
      gas: `${gas}`,
      fee: `${fee}`,
    };
    told.push(one);
    say(work, 'claim_due', { ...one, amount: amountText(claimable, next.amount), fee: formatEther(fee) });
    if (options.dryRun || !signer) continue;
    const receipt = await send({ chain, signer }, next, gas);
    one.transaction = receipt.hash;
    one.blockNumber = receipt.blockNumber;
    const to = options.to ?? next.account;
    const amount = amountText(claimable, next.amount);
    say(work, 'claim_done', { amount, to, transaction: receipt.hash, block: receipt.blockNumber });
  }
  const { epochIndex: epoch, manifestHash } = claimable;
  if (options.json) {
    io.out(JSON.stringify({ ok: true, dryRun: !!options.dryRun, epoch, manifestHash, claims: told }));
  } else if (told.length === 0) io.out(io.speak('claim_nothing', { account: options.account }));
  else if (options.dryRun) io.out(io.speak('claim_dry_run'));
  return told.length > 0;
}

const due = ({ claimable, chain, options }: Work): Promise<PlannedClaim[]> =>
  planClaims(claimable, options.account, claimReader(chain), options.to).catch((error: unknown) => {
    if (error instanceof ClaimError && error.code === 'nothing_due') return [];
    throw error;
  });

async function cost({ chain, signer, options }: Work, { to, data, account }: PlannedClaim) {
  const from = options.to ? account : (signer?.address ?? account);
  const [gas, { maxFeePerGas }] = await Promise.all([
    chain.estimateGas({ to, data, from }),
    suggestFees(chain),
  ]);
  return { gas, fee: gas * maxFeePerGas };
}

const send = (sender: Sender, { to, data }: PlannedClaim, gas: bigint): Promise<ChainReceipt> =>
  // a token may take a little more gas a moment later
  sendAndWait(sender, { to, data, gasLimit: (gas * 12n) / 10n }, { timeoutMs: 300_000, pollMs: 500 });

const amountText = ({ campaign: { tokenDecimals, tokenSymbol } }: Claimable, amount: bigint) =>
  `${formatUnits(amount, tokenDecimals)} ${tokenSymbol}`;

function say(
  { options, io }: Work,
  key: 'claim_due' | 'claim_done',
  values: Record<string, string | number>,
) {
  if (!options.json) io.out(io.speak(key, values));
}

/** Everything a person may have to act on has a code of its own. */
function typed(error: unknown): unknown {
  if (error instanceof ClaimError) {
    const detail = Object.entries(error.details).map(([name, value]) => `${name} ${value}`);
    return new ClientError(`claim_${error.code}`, detail.join(', '), { cause: error });
  }
  if (error instanceof BundleFault) return new ClientError('bundle_unsound', error.message, { cause: error });
  if (error instanceof ChainError || error instanceof SettlementError) {
    return new ClientError('chain_refused', error.message, { cause: error });
  }
  return error;
}
