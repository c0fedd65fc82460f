import { Interface, type InterfaceAbi } from 'ethers';
import { startAnvil } from '#libs/local-services';
import { bytesToHex } from '#libs/protocol';
import { deployContract, JsonRpcChain, sendAndWait, testContracts, walletSigner } from '#libs/settlement';
import { type Batch, ROUND_BLOCKS } from '#libs/swarm';
import type { SwarmChain } from '../../apps/center/src/platform/swarm-chain.js';
import type { FakeNode } from '../fake-bee/index.js';
import { testWallet } from './chain.js';
import { mustRpc } from './rpc-proxy.js';

const MNEMONIC = 'test test test test test test test test test test test junk';
const { StakeRegistryDouble, RedistributionDouble, PostageStampDouble } = testContracts;
const hex = (bytes: Uint8Array) => `0x${bytesToHex(bytes)}`;

export const STAKE = 10n ** 17n;

/** A chain with doubles of Swarm's contracts, whose stakes, rounds and batches are said by the test. */
export class TestSwarmChain {
  private constructor(
    private readonly anvil: Awaited<ReturnType<typeof startAnvil>>,
    readonly chain: SwarmChain,
    private readonly send: (
      contract: { abi: InterfaceAbi },
      name: string,
      args: unknown[],
    ) => Promise<unknown>,
  ) {}

  static async start(networkId = 10): Promise<TestSwarmChain> {
    const anvil = await startAnvil({ mnemonic: MNEMONIC, chainId: 1338 });
    const port = new JsonRpcChain({ url: anvil.url, chainId: 1338 });
    const sender = { chain: port, signer: walletSigner(testWallet(0)) };
    const stakes = await deployContract(sender, StakeRegistryDouble, [networkId]);
    const game = await deployContract(sender, RedistributionDouble);
    const stamps = await deployContract(sender, PostageStampDouble);
    const addresses = new Map([
      [StakeRegistryDouble, stakes.address],
      [RedistributionDouble, game.address],
      [PostageStampDouble, stamps.address],
    ]);
    const deployment = {
      name: 'test',
      chainId: 1338,
      networkId,
      blockSeconds: 5,
      confirmations: 1,
      stakeRegistry: { abi: '0.9' as const, address: stakes.address },
      redistribution: { abi: '0.9' as const, address: game.address, fromBlock: 0 },
      postageStamp: { abi: '0.9' as const, address: stamps.address },
    };
    return new TestSwarmChain(anvil, { deployment, port }, (contract, name, args) => {
      const data = new Interface(contract.abi).encodeFunctionData(name, args);
      return sendAndWait(sender, { to: addresses.get(contract as never)!, data });
    });
  }

  stop(): Promise<void> {
    return this.anvil.stop();
  }

  /** Stakes for a Bee node under the overlay it has. */
  stake({ ethereumAddress, nonce, height }: FakeNode, plur = STAKE): Promise<unknown> {
    return this.send(StakeRegistryDouble, 'stakeOf', [hex(ethereumAddress), hex(nonce), plur, height]);
  }

  freeze({ ethereumAddress }: FakeNode, blocks: number): Promise<unknown> {
    return this.send(StakeRegistryDouble, 'freezeDeposit', [hex(ethereumAddress), blocks]);
  }

  batch(id: Uint8Array, { owner, depth, bucketDepth }: Batch): Promise<unknown> {
    return this.send(PostageStampDouble, 'createBatch', [hex(id), hex(owner), depth, bucketDepth]);
  }

  /** Whose neighbourhood plays. */
  anchor(near: Uint8Array): Promise<unknown> {
    return this.send(RedistributionDouble, 'setAnchor', [hex(near)]);
  }

  /** A node plays a round and wins it at a depth. */
  async win({ overlay, ethereumAddress }: FakeNode, depth: number): Promise<void> {
    const reveal = [hex(overlay), hex(ethereumAddress), depth, STAKE, STAKE, hex(overlay)];
    await this.send(RedistributionDouble, 'commit', [hex(overlay), 0]);
    await this.send(RedistributionDouble, 'reveal', [reveal]);
    await this.send(RedistributionDouble, 'claim', [reveal]);
  }

  async mine(blocks: number): Promise<void> {
    await mustRpc(this.anvil.url, 'anvil_mine', [`0x${blocks.toString(16)}`]);
  }

  /** Goes on to the first blocks of the next claim phase. */
  async toClaimPhase(): Promise<void> {
    const block = await this.chain.port.blockNumber('latest');
    await this.mine(ROUND_BLOCKS - (block % ROUND_BLOCKS) + ROUND_BLOCKS / 2 + 1);
  }
}
