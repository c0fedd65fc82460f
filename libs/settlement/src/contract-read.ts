import type { Interface, Result } from 'ethers';
import type { BlockTag, ChainPort } from './chain.js';
import { ChainError } from './errors.js';

/** One view call. @throws ChainError `rpc_refused` when the answer is not that of such a contract */
export async function readContract(
  chain: ChainPort,
  abi: Interface,
  address: string,
  name: string,
  args: readonly unknown[],
  tag: BlockTag,
): Promise<Result> {
  const answer = await chain.call({ to: address, data: abi.encodeFunctionData(name, args) }, tag);
  try {
    return abi.decodeFunctionResult(name, answer);
  } catch (cause) {
    throw new ChainError('rpc_refused', `${address} does not answer ${name}()`, undefined, { cause });
  }
}
