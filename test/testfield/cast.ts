import type { Behaviour } from './behaviour.js';
import { deletesAll, deletesTenth } from './behaviours/deleting.js';
import { flaky } from './behaviours/flaky.js';
import { Forging } from './behaviours/forging.js';
import { honest } from './behaviours/honest.js';
import { late } from './behaviours/late.js';
import { CLAIMED, Lying } from './behaviours/lying.js';
import { keeps70, keeps70Silently, keeps90 } from './behaviours/partial.js';
import { PlotThenDelete } from './behaviours/plot-then-delete.js';
import { repeating, replaying } from './behaviours/replaying.js';
import { slow } from './behaviours/slow.js';
import type { Field } from './field.js';
import type { ScriptedClient } from './scripted-client.js';

/** How many plots each of them makes: one in ten is a tenth. */
export const PLOTS = 10;

/** Those whose behaviour is looked at one by one; all came in through the center's doors. */
export interface Cast {
  honest: ScriptedClient[];
  flaky: ScriptedClient;
  slow: ScriptedClient;
  late: ScriptedClient;
  deletesTenth: ScriptedClient[];
  deletesAll: ScriptedClient;
  keeps70: ScriptedClient;
  keeps70Silently: ScriptedClient;
  keeps90: ScriptedClient;
  repeating: ScriptedClient;
  replaying: ScriptedClient;
  forging: ScriptedClient;
  plotThenDelete: ScriptedClient;
  /** Makes plots for others to keep. */
  plotter: ScriptedClient;
  lying: ScriptedClient;
}

/** Everybody joins, and makes plots. */
export async function assemble(field: Field): Promise<Cast> {
  const some = async (behaviour: Behaviour, count: number) => {
    const clients: ScriptedClient[] = [];
    for (let i = 0; i < count; i++) clients.push(await field.join(behaviour));
    return clients;
  };
  const one = (behaviour: Behaviour) => field.join(behaviour);
  const victims = await some(honest, 3);
  const cast: Cast = {
    honest: victims,
    flaky: await one(flaky),
    slow: await one(slow),
    late: await one(late),
    deletesTenth: await some(deletesTenth, 2),
    deletesAll: await one(deletesAll),
    keeps70: await one(keeps70),
    keeps70Silently: await one(keeps70Silently),
    keeps90: await one(keeps90),
    repeating: await one(repeating),
    replaying: await one(replaying),
    forging: await one(new Forging(victims[0]!)),
    plotThenDelete: await one(new PlotThenDelete(field)),
    plotter: await field.join(honest, { roles: ['plotter'], report: { storeBytes: 0 } }),
    lying: await field.join(new Lying(field), { roles: ['storer'], report: CLAIMED }),
  };
  const { plotThenDelete, plotter, lying, ...rest } = cast;
  await field.plot(Object.values(rest).flat(), PLOTS);
  await field.plot([plotter], 2);
  return cast;
}
