import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { JsonRpcChain } from '#libs/settlement';
import type { Chain } from './chain.js';
import { type CenterConfig, ConfigError } from './config.js';

/** Injection token of the chain that Swarm's incentives live on; null when none is set up. */
export const SWARM_CHAIN = Symbol('SWARM_CHAIN');

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);

/**
 * Where Swarm's contracts are, and by which version of them each is read. A new version is a new name beside the old
 * one: storage-incentives#309 will alter stakes and with them the others.
 */
const deployment = z.strictObject({
  name: z.string().min(1).max(60),
  chainId: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  /** Enters overlay addresses. */
  networkId: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  blockSeconds: z.number().min(0.1).max(600),
  /** After so many blocks an event is taken for final. */
  confirmations: z.number().int().min(1).max(10_000).default(12),
  stakeRegistry: z.strictObject({ abi: z.enum(['0.9', 'queued']), address }),
  redistribution: z.strictObject({ abi: z.enum(['0.9']), address, fromBlock: z.number().int().min(0) }),
  postageStamp: z.strictObject({ abi: z.enum(['0.9']), address }),
});
export type SwarmDeployment = z.output<typeof deployment>;

export interface SwarmChain {
  readonly deployment: SwarmDeployment;
  readonly port: Chain;
}

/** Gnosis and Sepolia as of storage-incentives v0.9.4. */
export const swarmDeployments: Readonly<Record<'gnosis' | 'sepolia', SwarmDeployment>> = {
  gnosis: {
    name: 'Gnosis',
    chainId: 100,
    networkId: 1,
    blockSeconds: 5,
    confirmations: 12,
    stakeRegistry: { abi: '0.9', address: '0xda2a16EE889E7F04980A8d597b48c8D51B9518F4' },
    redistribution: {
      abi: '0.9',
      address: '0x5069cdfB3D9E56d23B1cAeE83CE6109A7E4fd62d',
      fromBlock: 41_105_199,
    },
    postageStamp: { abi: '0.9', address: '0x45a1502382541Cd610CC9068e88727426b696293' },
  },
  sepolia: {
    name: 'Sepolia',
    chainId: 11_155_111,
    networkId: 10,
    blockSeconds: 12,
    confirmations: 12,
    stakeRegistry: { abi: '0.9', address: '0xEEF13Ef9eD9cDD169701eeF3cd832df298dD1bB4' },
    redistribution: { abi: '0.9', address: '0x5b718E36F5Ce2F2F7e25A397040436Ce6af3e89e', fromBlock: 0 },
    postageStamp: { abi: '0.9', address: '0xcdfdC3752caaA826fE62531E0000C40546eC56A6' },
  },
};

/**
 * The chain of SWARM_RPC_URL with the contracts of SWARM_NETWORK, or of SWARM_DEPLOYMENT_FILE; null without a URL.
 * Throws a ConfigError.
 */
export function openSwarmChain(config: CenterConfig): SwarmChain | null {
  if (!config.SWARM_RPC_URL) return null;
  const found = config.SWARM_DEPLOYMENT_FILE
    ? readDeployment(config.SWARM_DEPLOYMENT_FILE)
    : swarmDeployments[config.SWARM_NETWORK];
  return {
    deployment: found,
    port: new JsonRpcChain({ url: config.SWARM_RPC_URL, chainId: found.chainId }),
  };
}

function readDeployment(file: string): SwarmDeployment {
  try {
    return deployment.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new ConfigError([`SWARM_DEPLOYMENT_FILE: ${problem}`]);
  }
}
