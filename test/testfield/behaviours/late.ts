import type { RoundMessage } from '#libs/protocol';
import { Behaviour } from '../behaviour.js';
import type { ScriptedClient } from '../scripted-client.js';

/** Answers rightly, but a second or five seconds after the deadline: as somebody would who makes plots anew on demand. */
class Late extends Behaviour {
  override answer(client: ScriptedClient, round: RoundMessage, plotId: string) {
    const afterMs = client.random() < 0.5 ? 21_000 : 25_000;
    return [client.planned(afterMs, client.prove(round, plotId))];
  }
}

export const late = new Late('late');
