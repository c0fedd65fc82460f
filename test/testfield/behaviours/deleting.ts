import { Behaviour } from '../behaviour.js';
import type { ScriptedClient } from '../scripted-client.js';

/** Keeps its plots for two days, then deletes a part of them and goes on as if it had them. */
class Deleting extends Behaviour {
  constructor(private readonly part: number) {
    super(`deletes ${part * 100} %`);
  }

  override hourly(client: ScriptedClient, hour: number) {
    if (hour === 48)
      client.drop(...[...client.disk.keys()].slice(0, Math.ceil(client.disk.size * this.part)));
  }
}

export const deletesTenth = new Deleting(0.1);
export const deletesAll = new Deleting(1);
