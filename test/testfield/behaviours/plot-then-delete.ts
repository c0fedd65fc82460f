import { Behaviour } from '../behaviour.js';
import type { Field } from '../field.js';
import type { ScriptedClient } from '../scripted-client.js';

/** Plots as long as it is given work, a plot every six hours, and deletes each as soon as it has counted. */
export class PlotThenDelete extends Behaviour {
  /** How many plots it was given work for. */
  made = 0;

  constructor(private readonly field: Field) {
    super('plots, then deletes');
  }

  override async hourly(client: ScriptedClient, hour: number) {
    client.drop(...client.disk.keys());
    if (hour % 6 !== 0) return;
    await this.field.world.chore('queue');
    if (!(await this.field.plotOne(client))) return;
    this.made++;
    await this.field.settleNew();
  }
}
