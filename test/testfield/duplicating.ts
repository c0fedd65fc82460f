import { CroftError, type PlotTask } from '#libs/protocol';
import { honest } from './behaviours/honest.js';
import type { Field } from './field.js';
import { keyedIdentity } from './keyed-plots.js';
import { registered, type ScriptedClient } from './scripted-client.js';

/**
 * One plot claimed again, three times: by another account under its own lease; by another node of the same account,
 * whose lease asks for the very same keys; and with another last byte, which does not enter the proof. What the center
 * said to each.
 */
export async function attemptDuplicates(
  field: Field,
  owner: ScriptedClient,
  other: ScriptedClient,
): Promise<string[]> {
  const secondNode = await field.join(honest, { accountId: owner.accountId });
  const plotKey = field.entropy.bytes(32);
  const lease = async (client: ScriptedClient) => {
    await field.world.chore('queue');
    return (await client.ask()).find((task): task is PlotTask => task.kind === 'plot')!;
  };
  const task = await lease(owner);
  const { plotId, memo } = keyedIdentity(task.farmerPublicKey, task.contractPuzzleHash, plotKey);
  const id = await owner.plot(task, plotKey);
  const changed = Buffer.from(plotId);
  changed[31]! ^= 1;
  const claim = async (client: ScriptedClient, claimed: string) => {
    const own = await lease(client);
    try {
      await client.register({ ...registered(own), plotId: claimed, memo });
      return 'taken';
    } catch (error) {
      return (error as CroftError).code;
    }
  };
  return [
    await claim(other, id),
    await claim(secondNode, id),
    await claim(secondNode, changed.toString('hex')),
  ];
}
