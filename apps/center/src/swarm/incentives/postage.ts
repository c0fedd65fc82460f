import { Interface } from 'ethers';
import { hexToBytes } from '#libs/protocol';
import { type ChainPort, readContract } from '#libs/settlement';
import type { LivingBatch } from '#libs/swarm';
import type { SwarmDeployment } from '../../platform/swarm-chain.js';

type Contract = SwarmDeployment['postageStamp'];

const abis: Readonly<Record<Contract['abi'], Interface>> = {
  '0.9': new Interface([
    'function batches(bytes32) view returns (address owner, uint8 depth, uint8 bucketDepth, bool immutableFlag, uint256 normalisedBalance, uint256 lastUpdatedBlockNumber)',
    'function currentTotalOutPayment() view returns (uint256)',
  ]),
};

/**
 * A batch (32 bytes hex) as of a block; null when there is none, or its balance is used up.
 * @throws ChainError
 */
export async function readBatch(
  port: ChainPort,
  { abi, address }: Contract,
  id: string,
  block: number,
): Promise<LivingBatch | null> {
  const read = (name: string, args: unknown[]) => readContract(port, abis[abi], address, name, args, block);
  const [batch, [outPayment]] = await Promise.all([
    read('batches', [`0x${id}`]),
    read('currentTotalOutPayment', []),
  ]);
  const { owner, depth, bucketDepth, normalisedBalance, lastUpdatedBlockNumber } = batch;
  if (normalisedBalance <= outPayment) return null;
  return {
    owner: hexToBytes(owner.slice(2)),
    depth: Number(depth),
    bucketDepth: Number(bucketDepth),
    sinceBlock: Number(lastUpdatedBlockNumber),
  };
}
