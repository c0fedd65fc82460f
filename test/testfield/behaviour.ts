import type { RoundMessage } from '#libs/protocol';
import type { PlannedAnswer, ScriptedClient } from './scripted-client.js';

/** An honest node reads its disk and answers within this. */
export const PROMPT_MS = 2_000;

/**
 * How a scripted client behaves. As it stands here it is honest: always there, keeps every plot whole, answers each
 * round once, in time, with the first proof. Whoever cheats changes one thing.
 */
export class Behaviour {
  constructor(readonly name: string) {}

  /** Whether its machine runs in this hour (since the field began). */
  isUp(_client: ScriptedClient, _hour: number): boolean {
    return true;
  }

  /** What it does with its disk at the full hour, before the next round. */
  hourly(_client: ScriptedClient, _hour: number): void | Promise<void> {}

  /** What becomes of a plot when the center has accepted it. */
  accepted(_client: ScriptedClient, _plotId: string): void {}

  /** What it sends when a round asks for one of its plots. */
  answer(client: ScriptedClient, round: RoundMessage, plotId: string): PlannedAnswer[] {
    return [client.planned(PROMPT_MS, client.prove(round, plotId))];
  }
}
