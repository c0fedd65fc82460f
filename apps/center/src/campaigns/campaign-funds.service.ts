import { Injectable } from '@nestjs/common';
import { ChequebookContract, PayoutCampaignContract } from '#libs/settlement';
import { Chains } from '../platform/chains.js';
import type { Campaign } from './campaign.entity.js';

/** What a campaign's contract has paid by, and holds at, a final block; base units. */
export interface FundsOnChain {
  readonly paid: bigint;
  readonly balance: bigint;
}

/** The money of campaigns as the chain has it, however they pay. */
@Injectable()
export class CampaignFunds {
  constructor(private readonly chains: Chains) {}

  /** Rejects with a ChainError when the contract cannot be read: then nothing is known. */
  async read({ chainId, payoutKind, payoutContract, unitSize }: Campaign): Promise<FundsOnChain> {
    const { port } = this.chains.get(chainId);
    const block = await this.chains.finalBlock(chainId);
    if (payoutKind === 'cheques') {
      const { totalPaidOut, balance } = await new ChequebookContract(port, payoutContract).state(block);
      return { paid: totalPaidOut, balance };
    }
    const { tokenBalance, paidUnits } = await new PayoutCampaignContract(port, payoutContract).state(block);
    return { paid: paidUnits * unitSize, balance: tokenBalance };
  }
}
