import { Interface } from 'ethers';
import type { DecodedRevert } from './errors.js';
import {
  Chequebook,
  ChequebookFactory,
  CroftToken,
  PayoutCampaign,
  PayoutCampaignFactory,
} from './generated/artifacts.js';

export const campaignInterface = new Interface(PayoutCampaign.abi);
export const factoryInterface = new Interface(PayoutCampaignFactory.abi);
export const chequebookInterface = new Interface(Chequebook.abi);
export const chequebookFactoryInterface = new Interface(ChequebookFactory.abi);
/** ERC-20 with its standard errors (EIP-6093). */
export const tokenInterface = new Interface(CroftToken.abi);

const solidityErrors = new Interface(['error Error(string)', 'error Panic(uint256)']);

/** Names a revert from its raw data; never throws. */
export function decodeRevert(data: string): DecodedRevert {
  const known = [
    campaignInterface,
    factoryInterface,
    chequebookInterface,
    chequebookFactoryInterface,
    tokenInterface,
    solidityErrors,
  ];
  for (const abi of known) {
    try {
      const found = abi.parseError(data);
      if (found) return { name: found.name, args: found.args.map(String), data };
    } catch {
      // data too short or of another shape: the next ABI, or unknown
    }
  }
  return { name: 'unknown', args: [], data };
}
