import { Behaviour } from '../behaviour.js';
import type { ScriptedClient } from '../scripted-client.js';

/** Keeps everything, but its machine or line is off one hour in ten. */
class Flaky extends Behaviour {
  override isUp(client: ScriptedClient): boolean {
    return client.random() >= 0.1;
  }
}

export const flaky = new Flaky('flaky');
