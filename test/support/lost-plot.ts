import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from './client.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;

/** How fast a campaign of `losePlot` confirms and lets appeals wait. */
export const LOSS_TIMES = { confirmAfterSeconds: 3600, appealSeconds: 7200 };

/** The client's plots are gone from its disk, and it goes on. */
export function deletePlots(client: Client): void {
  for (const file of readdirSync(client.root, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.plot')) rmSync(join(client.root, file));
  }
}

const lastSeenMs = async (world: World) => {
  const [node] = await world.query<{ at: Date }>('SELECT "lastSeenAt" AS at FROM nodes');
  return node!.at.getTime();
};

/** A round that the only client answers with nothing, and its closing: a doubt. */
export async function vainRound(world: World): Promise<void> {
  world.clock.advance(HOUR_MS / 6);
  await world.chore('rounds');
  world.clock.advance(15_000);
  await world.until(
    'the client was heard of while it should have answered',
    async () => (await lastSeenMs(world)) >= world.clock.now().getTime() - 5_000,
  );
  world.clock.advance(10_000);
  await world.chore('close-rounds');
}

/** The pause after a doubt goes by, and the plot is asked for again until it is lost. */
export async function confirmLoss(world: World): Promise<void> {
  world.clock.advance(HOUR_MS);
  for (let i = 0; i < 40 && (await world.count(`plots WHERE state = 'lost'`)) === 0; i++) {
    world.clock.advance(HOUR_MS / 4);
    await world.until(
      'the client is online',
      async () => (await lastSeenMs(world)) >= world.clock.now().getTime(),
    );
    await world.chore('doubts');
  }
}
