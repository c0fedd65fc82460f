import type { Answer, RoundMessage } from '#libs/protocol';
import { Behaviour, PROMPT_MS } from '../behaviour.js';
import type { PlannedAnswer, ScriptedClient } from '../scripted-client.js';

/** Says everything three times, in the same words. It keeps its plots, so it loses nothing by it either. */
class Repeating extends Behaviour {
  override answer(client: ScriptedClient, round: RoundMessage, plotId: string): PlannedAnswer[] {
    const [once] = super.answer(client, round, plotId);
    return [once!, once!, { ...once!, afterMs: PROMPT_MS * 2 }];
  }
}

/** Keeps its plots for a day and its proofs for ever: then it deletes the plots and signs old proofs anew. */
class Replaying extends Behaviour {
  private readonly old = new Map<string, Answer>();

  override hourly(client: ScriptedClient, hour: number) {
    if (hour === 24) client.drop(...client.disk.keys());
  }

  override answer(client: ScriptedClient, round: RoundMessage, plotId: string): PlannedAnswer[] {
    const known = this.old.get(plotId);
    if (client.disk.has(plotId)) {
      const answer = client.prove(round, plotId);
      if (answer.proof) this.old.set(plotId, answer);
      return [client.planned(PROMPT_MS, answer)];
    }
    const { proof = null, subIndex = null } = known ?? {};
    return [client.planned(PROMPT_MS, { ...client.prove(round, plotId), proof, subIndex })];
  }
}

export const repeating = new Repeating('repeats');
export const replaying = new Replaying('replays old proofs');
