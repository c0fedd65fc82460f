import type { RoundMessage } from '#libs/protocol';
import { Behaviour } from '../behaviour.js';
import type { ScriptedClient } from '../scripted-client.js';

/** An old disk and a long line: it needs three quarters of the time there is, and that is soon enough. */
class Slow extends Behaviour {
  override answer(client: ScriptedClient, round: RoundMessage, plotId: string) {
    return [client.planned(15_000, client.prove(round, plotId))];
  }
}

export const slow = new Slow('slow');
