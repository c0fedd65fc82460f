import { HDNodeWallet, Interface, type InterfaceAbi } from 'ethers';
import { startAnvil } from '#libs/local-services';
import { bytesToHex } from '#libs/protocol';
import { deployContract, JsonRpcChain, sendAndWait, testContracts, walletSigner } from '#libs/settlement';
import { type Batch, ROUND_BLOCKS } from '#libs/swarm';

const MNEMONIC = 'test test test test test test test test test test test junk';
const CHAIN_ID = 1338;
const { StakeRegistryDouble, RedistributionDouble, PostageStampDouble } = testContracts;
const hex = (bytes: Uint8Array) => `0x${bytesToHex(bytes)}`;

/** PLUR: the least that Swarm takes, 10 BZZ. */
export const STAKE = 10n ** 17n;

/** A Bee node that stakes. */
export interface Staker {
  ethereumAddress: Uint8Array;
  nonce: Uint8Array;
  overlay: Uint8Array;
  /** By how many bits its reserve is doubled. */
  height: number;
}

export interface SwarmDoublesOptions {
  /** Enters overlay addresses. */
  networkId?: number;
}

export type SwarmDoubles = Awaited<ReturnType<typeof startSwarmDoubles>>;

/**
 * A chain of its own with doubles of Swarm's contracts (contracts/test), whose stakes, rounds and batches are said by
 * who starts it. Blocks come with transactions and `mine` only.
 */
export async function startSwarmDoubles({ networkId = 10 }: SwarmDoublesOptions = {}) {
  const anvil = await startAnvil({ mnemonic: MNEMONIC, chainId: CHAIN_ID });
  const port = new JsonRpcChain({ url: anvil.url, chainId: CHAIN_ID });
  const sender = { chain: port, signer: walletSigner(HDNodeWallet.fromPhrase(MNEMONIC)) };
  const stakes = await deployContract(sender, StakeRegistryDouble, [networkId]);
  const game = await deployContract(sender, RedistributionDouble);
  const stamps = await deployContract(sender, PostageStampDouble);
  const send = ({ address: to }: { address: string }, { abi }: { abi: InterfaceAbi }) => {
    const contract = new Interface(abi);
    return (name: string, ...args: unknown[]) =>
      sendAndWait(sender, { to, data: contract.encodeFunctionData(name, args) });
  };
  const [stake, play, stamp] = [
    send(stakes, StakeRegistryDouble),
    send(game, RedistributionDouble),
    send(stamps, PostageStampDouble),
  ] as const;

  const mine = async (blocks: number): Promise<void> => {
    const params = [`0x${blocks.toString(16)}`];
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_mine', params });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(anvil.url, { method: 'POST', headers, body });
    const { error } = (await response.json()) as { error?: { message: string } };
    if (error) throw new Error(`anvil_mine: ${error.message}`);
  };

  return {
    url: anvil.url,
    port,
    /** As the center's SWARM_DEPLOYMENT_FILE has it. */
    deployment: {
      name: 'doubles',
      chainId: CHAIN_ID,
      networkId,
      blockSeconds: 5,
      confirmations: 1,
      stakeRegistry: { abi: '0.9' as const, address: stakes.address },
      redistribution: { abi: '0.9' as const, address: game.address, fromBlock: 0 },
      postageStamp: { abi: '0.9' as const, address: stamps.address },
    },

    /** Stakes for a Bee node under the overlay it has. */
    stake: ({ ethereumAddress, nonce, height }: Staker, plur = STAKE) =>
      stake('stakeOf', hex(ethereumAddress), hex(nonce), plur, height),

    freeze: ({ ethereumAddress }: Staker, blocks: number) =>
      stake('freezeDeposit', hex(ethereumAddress), blocks),

    batch: (id: Uint8Array, { owner, depth, bucketDepth }: Batch) =>
      stamp('createBatch', hex(id), hex(owner), depth, bucketDepth),

    /** Whose neighbourhood plays. */
    anchor: (near: Uint8Array) => play('setAnchor', hex(near)),

    /** A node plays a round and wins it at a depth. */
    async win({ overlay, ethereumAddress }: Staker, depth: number): Promise<void> {
      const reveal = [hex(overlay), hex(ethereumAddress), depth, STAKE, STAKE, hex(overlay)];
      await play('commit', hex(overlay), 0);
      await play('reveal', reveal);
      await play('claim', reveal);
    },

    mine,

    /** Goes on to the first blocks of the next claim phase. */
    async toClaimPhase(): Promise<void> {
      const block = await port.blockNumber('latest');
      await mine(ROUND_BLOCKS - (block % ROUND_BLOCKS) + ROUND_BLOCKS / 2 + 1);
    },

    stop: () => anvil.stop(),
  };
}
