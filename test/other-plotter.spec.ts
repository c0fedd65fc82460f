import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installStandIn } from '../libs/chia/src/plotters/testing/stand-in.js';
import { Client } from './support/client.js';
import { World } from './support/world.js';

let world: World;
let client: Client;
beforeAll(async () => {
  world = await World.begin();
  await world.campaign();
});
afterAll(() => world.end());

test('a plot of an installed plotter is registered, asked four times and accepted, once', async () => {
  client = await Client.join(await world.person(), { store: '100MB', plot: true, plotter: 'madmax' });
  world.clients.push(client);
  const bin = join(client.root, 'bin');
  const report = join(client.root, 'report.json');
  // it draws the keys itself and makes a real plot for them
  installStandIn(bin, { name: 'madmax', file: 'chia_plot', report });
  client.env = { PATH: bin, HOME: bin };
  await client.start();
  await world.until(
    'the plot is accepted',
    async () => (await world.count(`plots WHERE state = 'accepted'`)) === 1,
  );
  const [plot] = await world.query<{ plotId: string }>('SELECT "plotId" FROM plots');
  expect(readdirSync(client.path)).toEqual([`plot-k18-2026-01-01-00-00-${plot!.plotId}.plot`]);
  expect(JSON.parse(readFileSync(report, 'utf8')).args).toContain('-c');
  expect(await world.count(`checks WHERE verdict <> 'proved'`)).toBe(0);
  expect(await world.count('plots')).toBe(1);
  expect(readdirSync(join(client.data, 'leases'))).toEqual([]);
});
