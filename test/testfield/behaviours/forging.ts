import type { RoundMessage } from '#libs/protocol';
import { Behaviour, PROMPT_MS } from '../behaviour.js';
import type { PlannedAnswer, ScriptedClient } from '../scripted-client.js';

/**
 * Is honest with its own plots, and beside each answer of its own sends three for a victim: in the victim's name with
 * its own signature, in its own name for the victim's plot, and the victim's own words a second before the victim.
 */
export class Forging extends Behaviour {
  constructor(private readonly victim: ScriptedClient) {
    super('forges and answers for others');
  }

  override answer(client: ScriptedClient, round: RoundMessage, plotId: string): PlannedAnswer[] {
    const { victim } = this;
    const [target] = victim.claimed;
    const honest = super.answer(client, round, plotId);
    if (!target) return honest;
    const early = PROMPT_MS - 1_000;
    const inTheirName = victim.prove(round, target);
    const nothing = { ...inTheirName, subIndex: null, proof: null };
    const inItsOwn = { ...nothing, nodeId: client.nodeId };
    return [
      client.planned(early, nothing),
      client.planned(early, inItsOwn),
      { ...victim.planned(early, inTheirName), from: client },
      ...honest,
    ];
  }
}
