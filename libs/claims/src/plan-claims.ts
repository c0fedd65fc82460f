import { type TreeEntry, treeProof } from '#libs/bundle';
import { addressWord, bytesWords, selectorOf, wordOf } from './abi.js';
import { readContract } from './campaign-reads.js';
import type { ChainReader } from './chain-reader.js';
import { ClaimError } from './errors.js';
import { findPaidVector } from './paid-vector.js';
import type { Claimable } from './read-claimable.js';
import { CHUNK, unitsAt } from './vector.js';

const CLAIM = '(uint256,address,uint48,bytes32,bytes32,bytes,bytes32[])';

/** A claim that the contract would take now. */
export interface PlannedClaim {
  index: number;
  /** Whom the root pays; 0x and lower-case. */
  account: string;
  /** Cumulative in the root, and paid of it before. */
  units: bigint;
  paidUnits: bigint;
  /** Base units that it moves. */
  amount: bigint;
  /** What to send to the contract: `claimTo` with a recipient, else `claim`. */
  to: string;
  data: string;
}

/**
 * What an address may claim under the contract's active root, from the bundle and the chain alone. A claim of a chunk
 * changes what was paid to it: send one, wait for it, and plan again for the next.
 *
 * @param recipient who gets the tokens instead of the address; then only the address itself may send it
 * @throws ClaimError; whatever the reader throws
 */
export async function planClaims(
  claimable: Claimable,
  account: string,
  chain: ChainReader,
  recipient?: string,
): Promise<PlannedClaim[]> {
  const { campaign, entries, root } = claimable;
  const contract = campaign.payoutContract;
  if (campaign.payoutKind === 'cheques') throw new ClaimError('paid_by_cheques', { chequebook: contract });
  const mine = entries.filter(({ address }) => address === account.toLowerCase());
  if (mine.length === 0) throw new ClaimError('not_in_bundle', { account });
  const chainId = await chain.chainId();
  if (chainId !== campaign.chainId)
    throw new ClaimError('wrong_chain', { chainId, wanted: campaign.chainId });
  const state = await readContract(chain, contract);
  if (state.root !== root) {
    throw new ClaimError('root_not_active', { active: state.root, manifestHash: state.dataHash });
  }
  const claims: PlannedClaim[] = [];
  for (const entry of mine) {
    const paid = await findPaidVector(chain, contract, Math.floor(entry.index / CHUNK));
    const paidUnits = paid ? unitsAt(paid, entry.index % CHUNK) : 0n;
    const units = BigInt(entry.units);
    if (units <= paidUnits) continue;
    const amount = (units - paidUnits) * BigInt(campaign.unitSize);
    const data = claimCall(entries, entry, paid, recipient);
    claims.push({
      index: entry.index,
      account: entry.address!,
      units,
      paidUnits,
      amount,
      to: contract,
      data,
    });
  }
  if (claims.length === 0) throw new ClaimError('nothing_due', { units: mine[0]!.units });
  const now = await chain.time();
  if (state.pausedUntil > now) throw new ClaimError('payouts_paused', { until: state.pausedUntil });
  if (state.claimsOpenAt > now) throw new ClaimError('claims_closed', { opensAt: state.claimsOpenAt });
  return claims;
}

/** Calldata of `claim` or `claimTo` (contracts/IPayoutCampaign.sol). @param paid null: the chunk was never paid */
export function claimCall(
  entries: readonly TreeEntry[],
  { index, address, units }: TreeEntry,
  paid: Uint8Array | null,
  recipient?: string,
): string {
  const { addressesHash, amountsHash, siblings } = treeProof(entries, index);
  const paidWords = bytesWords(paid ?? new Uint8Array(0));
  const heads = 7 * 32;
  const claim = [
    wordOf(index),
    addressWord(address!),
    wordOf(BigInt(units)),
    addressesHash,
    amountsHash,
    wordOf(heads),
    wordOf(heads + paidWords.length / 2),
    paidWords,
    wordOf(siblings.length),
    ...siblings,
  ].join('');
  if (recipient === undefined) return `${selectorOf(`claim(${CLAIM})`)}${wordOf(32)}${claim}`;
  return `${selectorOf(`claimTo(${CLAIM},address)`)}${wordOf(64)}${addressWord(recipient)}${claim}`;
}
