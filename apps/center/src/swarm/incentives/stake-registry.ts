import { Interface, type Result } from 'ethers';
import { type ChainPort, readContract } from '#libs/settlement';
import type { Stake } from '#libs/swarm';
import type { SwarmDeployment } from '../../platform/swarm-chain.js';

interface Reader {
  abi: Interface;
  /** What `stakes(owner)` answers, at a block. */
  read(answer: Result, block: number): Stake;
}

/** How each version of the contract is read. */
const readers: Readonly<Record<SwarmDeployment['stakeRegistry']['abi'], Reader>> = {
  /** v0.9: frozen means that the last update lies in the future. */
  '0.9': {
    abi: new Interface([
      'function stakes(address) view returns (bytes32 overlay, uint256 committedStake, uint256 potentialStake, uint256 lastUpdatedBlockNumber, uint8 height)',
    ]),
    // what is committed is counted in prices of the oracle, the tokens are the potential stake
    read: ([overlay, _committed, potential, updated, height], block) => ({
      overlay: overlay.slice(2),
      plur: potential,
      height: Number(height),
      sinceBlock: Number(updated),
      frozenUntilBlock: updated >= BigInt(block) && updated > 0n ? Number(updated) : null,
    }),
  },
  /** storage-incentives#309: updates are queued, freezing has a field of its own. */
  queued: {
    abi: new Interface([
      'function stakes(address) view returns (tuple(bytes32 overlay, uint256 balance, uint256 lastUpdatedBlockNumber, uint256 frozenUntilBlock, uint8 height))',
    ]),
    read: ([[overlay, balance, updated, frozenUntil, height]], block) => ({
      overlay: overlay.slice(2),
      plur: balance,
      height: Number(height),
      sinceBlock: Number(updated),
      frozenUntilBlock: frozenUntil >= BigInt(block) && frozenUntil > 0n ? Number(frozenUntil) : null,
    }),
  },
};

/**
 * The stake of an owner (0x address) as of a block; null when it never staked.
 * @throws ChainError
 */
export async function readStake(
  port: ChainPort,
  { abi, address }: SwarmDeployment['stakeRegistry'],
  owner: string,
  block: number,
): Promise<Stake | null> {
  const reader = readers[abi];
  const stake = reader.read(await readContract(port, reader.abi, address, 'stakes', [owner], block), block);
  return /^0+$/.test(stake.overlay) ? null : stake;
}
