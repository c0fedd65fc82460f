import { type SwarmDoubles, startSwarmDoubles } from '#libs/swarm-doubles';
import type { SwarmChain } from '../../apps/center/src/platform/swarm-chain.js';

export { STAKE } from '#libs/swarm-doubles';

/** Doubles of Swarm's contracts, and the center's view of them. */
export type TestSwarmChain = SwarmDoubles & { chain: SwarmChain };

export const TestSwarmChain = {
  async start(): Promise<TestSwarmChain> {
    const doubles = await startSwarmDoubles();
    const { deployment, port } = doubles;
    return { ...doubles, chain: { deployment, port } };
  },
};
