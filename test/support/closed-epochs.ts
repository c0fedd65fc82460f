import type { Client } from './client.js';
import type { World } from './world.js';

const QUARTER_MS = 900_000;

/** A contributor with one plot that counts, made and checked. */
export async function keeper(world: World): Promise<Client> {
  const client = await world.contributor({ store: '100MB', plot: true });
  await world.until(
    'its plot is accepted',
    async () => (await world.count(`plots WHERE state = 'accepted'`)) > 0,
  );
  return client;
}

/** Hour-long epochs go by, each with three rounds that are answered, until so many bundles are published. */
export async function closeEpochs(world: World, bundles: number): Promise<void> {
  while ((await world.count('bundles')) < bundles) {
    const before = await world.count('bundles');
    for (let i = 0; i < 3; i++) {
      world.clock.advance(QUARTER_MS);
      await world.chore('rounds');
      await world.until(
        'the round is answered',
        async () => (await world.count('checks WHERE verdict IS NULL')) === 0,
      );
    }
    world.clock.advance(QUARTER_MS + 30_000);
    await world.until('the epoch is closed', async () => (await world.count('bundles')) > before);
  }
}
