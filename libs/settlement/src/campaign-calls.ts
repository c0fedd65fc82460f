import { hexlify } from 'ethers';
import type { AmountVector } from './amount-vector.js';
import { campaignInterface } from './contract-interfaces.js';
import type { ClaimProof } from './payout-tree.js';

/** A contract call, ready to be sent. */
export interface EncodedCall {
  readonly to: string;
  /** 0x-prefixed calldata. */
  readonly data: string;
}

export interface RootProposal {
  /** Any number above the active epoch. */
  epoch: number;
  /** The active root the amounts were computed on; 32 zero bytes before the first. */
  prevRoot: string;
  root: string;
  /** Σ over all payees of max(new cumulative amount, amount already paid). */
  totalUnits: bigint;
  /** Hash of the published bundle, 0x and 64 hex digits. */
  dataHash: string;
}

/** One chunk of a push; see `planPushes`. */
export interface ChunkPush {
  readonly addresses: Uint8Array;
  /** The vector already paid; null when the chunk was never paid. */
  readonly paid: AmountVector | null;
  readonly amounts: AmountVector;
  readonly leavesRoot: string;
  /** Bit i set: leave index i of the chunk as it is. */
  readonly skip: bigint;
}

export interface GroupPush {
  readonly firstChunk: number;
  readonly chunks: readonly ChunkPush[];
  readonly proof: readonly string[];
}

const vectorBytes = (vector: AmountVector | null): string => (vector ? hexlify(vector) : '0x');

/** Pure encoders for the calls of one PayoutCampaign contract. Nothing is sent or read. */
export class CampaignCalls {
  constructor(readonly address: string) {}

  propose({ epoch, prevRoot, root, totalUnits, dataHash }: RootProposal): EncodedCall {
    return this.encode('propose', [epoch, prevRoot, root, totalUnits, dataHash]);
  }

  approve({ epoch, root, totalUnits, dataHash }: Omit<RootProposal, 'prevRoot'>): EncodedCall {
    return this.encode('approve', [epoch, root, totalUnits, dataHash]);
  }

  activate(root: string): EncodedCall {
    return this.encode('activate', [root]);
  }

  veto(root: string): EncodedCall {
    return this.encode('veto', [root]);
  }

  pause(): EncodedCall {
    return this.encode('pause', []);
  }

  unpause(): EncodedCall {
    return this.encode('unpause', []);
  }

  pushGroup({ firstChunk, chunks, proof }: GroupPush): EncodedCall {
    const parts = chunks.map(({ addresses, paid, amounts, leavesRoot, skip }) => [
      hexlify(addresses),
      vectorBytes(paid),
      hexlify(amounts),
      leavesRoot,
      skip,
    ]);
    return this.encode('pushGroup', [firstChunk, parts, proof]);
  }

  /** As `pushGroup`, each chunk's addresses taken from the book contract at `books[i]`. */
  pushGroupBook({ firstChunk, chunks, proof }: GroupPush, books: readonly string[]): EncodedCall {
    const parts = chunks.map(({ paid, amounts, leavesRoot, skip }, i) => [
      books[i],
      vectorBytes(paid),
      hexlify(amounts),
      leavesRoot,
      skip,
    ]);
    return this.encode('pushGroupBook', [firstChunk, parts, proof]);
  }

  writeBook(addresses: Uint8Array): EncodedCall {
    return this.encode('writeBook', [hexlify(addresses)]);
  }

  /** @param paid the chunk's vector already paid; null when the chunk was never paid */
  claim(proof: ClaimProof, paid: AmountVector | null): EncodedCall {
    return this.encode('claim', [claimTuple(proof, paid)]);
  }

  claimTo(proof: ClaimProof, paid: AmountVector | null, recipient: string): EncodedCall {
    return this.encode('claimTo', [claimTuple(proof, paid), recipient]);
  }

  fund(baseUnits: bigint): EncodedCall {
    return this.encode('fund', [baseUnits]);
  }

  sweep(asset: string, to: string): EncodedCall {
    return this.encode('sweep', [asset, to]);
  }

  close(): EncodedCall {
    return this.encode('close', []);
  }

  setRoles(proposer: string, approver: string, guardian: string): EncodedCall {
    return this.encode('setRoles', [proposer, approver, guardian]);
  }

  setEpochLimit(units: bigint): EncodedCall {
    return this.encode('setEpochLimit', [units]);
  }

  private encode(name: string, args: readonly unknown[]): EncodedCall {
    return { to: this.address, data: campaignInterface.encodeFunctionData(name, args) };
  }
}

function claimTuple(proof: ClaimProof, paid: AmountVector | null): unknown[] {
  const { index, account, units, addressesHash, amountsHash } = proof;
  return [index, account, units, addressesHash, amountsHash, vectorBytes(paid), proof.proof];
}
