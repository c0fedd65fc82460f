import type { BlockTag, ChainPort } from './chain.js';
import { campaignInterface, tokenInterface } from './contract-interfaces.js';
import { readContract } from './contract-read.js';

/** What never changes in a campaign contract. */
export interface CampaignTerms {
  /** EIP-55. */
  readonly token: string;
  /** The token's own symbol, at most 32 characters. */
  readonly symbol: string;
  readonly decimals: number;
  /** Base units of the token in one unit. */
  readonly unitSize: bigint;
  readonly activationDelaySeconds: number;
  readonly claimDelaySeconds: number;
  readonly closeGraceSeconds: number;
  readonly transferGas: bigint;
}

/** The terms of the campaign contract at `address` and its token's symbol and decimals. @throws ChainError */
export async function readCampaignTerms(
  chain: ChainPort,
  address: string,
  tag: BlockTag = 'latest',
): Promise<CampaignTerms> {
  const ofCampaign = async (name: string) =>
    (await readContract(chain, campaignInterface, address, name, [], tag))[0];
  const token: string = await ofCampaign('token');
  const ofToken = async (name: string) =>
    (await readContract(chain, tokenInterface, token, name, [], tag))[0];
  const [symbol, decimals, unitSize, activationDelay, claimDelay, closeGrace, transferGas] =
    await Promise.all([
      ofToken('symbol'),
      ofToken('decimals'),
      ...['unitSize', 'activationDelay', 'claimDelay', 'closeGrace', 'transferGas'].map(ofCampaign),
    ]);
  return {
    token,
    symbol: symbol.slice(0, 32),
    decimals: Number(decimals),
    unitSize,
    activationDelaySeconds: Number(activationDelay),
    claimDelaySeconds: Number(claimDelay),
    closeGraceSeconds: Number(closeGrace),
    transferGas,
  };
}
