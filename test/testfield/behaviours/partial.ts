import type { RoundMessage } from '#libs/protocol';
import { Behaviour } from '../behaviour.js';
import type { ScriptedClient } from '../scripted-client.js';

/** Keeps only a part of every plot, from the beginning of the first day. */
class Partial extends Behaviour {
  constructor(
    private readonly kept: number,
    name = `keeps ${kept * 100} % of every plot`,
  ) {
    super(name);
  }

  override hourly(client: ScriptedClient) {
    for (const plot of client.disk.values()) {
      if (plot.kept === this.kept) continue;
      plot.kept = this.kept;
      client.cheatsSince ??= client.doors.nowMs();
    }
  }
}

/** The same, and it keeps silent when its first proof comes late in the walk, to look whole by the rest. */
class SilentPartial extends Partial {
  override answer(client: ScriptedClient, round: RoundMessage, plotId: string) {
    const { subIndex } = client.prove(round, plotId);
    return subIndex !== null && subIndex < 3
      ? super.answer(client, round, plotId)
      : [{ afterMs: 15_000, from: client, message: null }];
  }
}

export const keeps70 = new Partial(0.7);
export const keeps90 = new Partial(0.9);
export const keeps70Silently = new SilentPartial(0.7, 'keeps 70 % and hides it by silence');
