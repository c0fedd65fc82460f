import { Interface } from 'ethers';
import { type ChainLog, type ChainPort, readContract } from '#libs/settlement';
import type { SwarmDeployment } from '../../platform/swarm-chain.js';

/** One thing that happened in the game. Addresses and hashes are hex without 0x. */
export type GameEvent = { block: number; logIndex: number } & (
  | { kind: 'anchor'; round: number; anchor: string }
  | { kind: 'committed'; round: number; overlay: string }
  | { kind: 'won'; overlay: string }
  | { kind: 'frozen'; overlay: string }
);

type Contract = SwarmDeployment['redistribution'];

const abis: Readonly<Record<Contract['abi'], Interface>> = {
  '0.9': new Interface([
    'function currentRoundAnchor() view returns (bytes32)',
    'function winner() view returns (bytes32 overlay, address owner, uint8 depth, uint256 stake, uint256 stakeDensity, bytes32 hash)',
    'event WinnerSelected(tuple(bytes32 overlay, address owner, uint8 depth, uint256 stake, uint256 stakeDensity, bytes32 hash) winner)',
    'event CurrentRevealAnchor(uint256 roundNumber, bytes32 anchor)',
    'event Committed(uint256 roundNumber, bytes32 overlay, uint8 height)',
  ]),
};
/** The same in every version so far. */
const freezing = new Interface(['event StakeFrozen(address frozen, bytes32 overlay, uint256 time)']);

/**
 * The anchor of the current round, or in its claim phase of the next one: whose overlay is near enough plays (32 bytes
 * hex).
 * @throws ChainError
 */
export async function readAnchor(port: ChainPort, contract: Contract, block: number): Promise<string> {
  const { abi, address } = contract;
  const [anchor] = await readContract(port, abis[abi], address, 'currentRoundAnchor', [], block);
  return anchor.slice(2);
}

/**
 * Depth that the network last agreed on, with stakes at risk; null before any round was won.
 * @throws ChainError
 */
export async function readDepth(port: ChainPort, contract: Contract, block: number): Promise<number | null> {
  const { abi, address } = contract;
  const winner = await readContract(port, abis[abi], address, 'winner', [], block);
  return /^0x0+$/.test(winner.overlay) ? null : Number(winner.depth);
}

/**
 * The game's events of some blocks, in their order. Hardly any of its events can be asked for by overlay, so all are
 * read and the caller keeps its own.
 * @throws ChainError
 */
export async function readGame(
  port: ChainPort,
  { redistribution, stakeRegistry }: Pick<SwarmDeployment, 'redistribution' | 'stakeRegistry'>,
  fromBlock: number,
  toBlock: number,
): Promise<GameEvent[]> {
  const abi = abis[redistribution.abi];
  const asked = [
    ...['WinnerSelected', 'CurrentRevealAnchor', 'Committed'].map((name) => ({
      abi,
      name,
      address: redistribution.address,
    })),
    { abi: freezing, name: 'StakeFrozen', address: stakeRegistry.address },
  ];
  const found = await Promise.all(
    asked.map(async ({ abi, name, address }) => {
      const topic = abi.getEvent(name)!.topicHash;
      const logs = await port.getLogs({ address, topic, fromBlock, toBlock });
      return logs.map((log) => eventOf(abi, name, log));
    }),
  );
  return found.flat().sort((a, b) => a.block - b.block || a.logIndex - b.logIndex);
}

function eventOf(abi: Interface, name: string, log: ChainLog): GameEvent {
  const at = { block: log.blockNumber, logIndex: log.logIndex };
  const told = abi.decodeEventLog(name, log.data, log.topics);
  const hex = (text: string) => text.slice(2).toLowerCase();
  switch (name) {
    case 'WinnerSelected':
      return { ...at, kind: 'won', overlay: hex(told.winner.overlay) };
    case 'CurrentRevealAnchor':
      return { ...at, kind: 'anchor', round: Number(told.roundNumber), anchor: hex(told.anchor) };
    case 'Committed':
      return { ...at, kind: 'committed', round: Number(told.roundNumber), overlay: hex(told.overlay) };
    default:
      return { ...at, kind: 'frozen', overlay: hex(told.overlay) };
  }
}
