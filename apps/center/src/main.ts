import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { startPostgres } from '#libs/local-services';
import { createCenter } from './center.js';
import { ensureFirstAdmin } from './first-admin.js';
import { loadCenterKey } from './platform/center-key.js';
import { openChain, openMoreChains } from './platform/chains.js';
import { SystemClock } from './platform/clock.js';
import { ConfigError, dataPath, loadConfig } from './platform/config.js';
import { migrate } from './platform/database/migrate.js';
import { SystemEntropy } from './platform/entropy.js';
import { chiaV1Plots } from './platform/plot-kinds/chia-v1-plots.js';
import { PlotKinds } from './platform/plot-kinds/plot-kinds.js';
import { swarmReplicas } from './platform/plot-kinds/swarm-replicas.js';
import { loadSigners } from './platform/signers.js';
import { openSwarmChain } from './platform/swarm-chain.js';

/** Starts the center of an operator. Exits with 2 when a setting is missing. */
async function main() {
  const config = loadConfig(process.env);
  mkdirSync(config.CROFT_DATA, { recursive: true, mode: 0o755 });
  const postgres = config.DATABASE_URL
    ? null
    : await startPostgres({ dataDir: dataPath(config, 'postgres') });
  const databaseUrl = config.DATABASE_URL ?? postgres!.url;
  await migrate(databaseUrl);
  const chain = openChain(config.CHAIN_RPC_URL, config.CHAIN_ID);
  const app = await createCenter(
    {
      config,
      databaseUrl,
      clock: new SystemClock(),
      entropy: new SystemEntropy(),
      chain,
      moreChains: openMoreChains(config),
      swarmChain: openSwarmChain(config),
      plotKinds: new PlotKinds([chiaV1Plots, swarmReplicas]),
      signers: await loadSigners(config),
      key: loadCenterKey(config),
    },
    { chores: true },
  );
  await ensureFirstAdmin(app, config);
  await app.listen(config.PORT, config.HOST);
  const url = config.PUBLIC_URL ?? (await app.getUrl());
  process.send?.({ ready: true, url });
  console.log(`${config.CENTER_NAME} is up: ${url}  (API: ${url}/api/docs)`);
  const stop = async () => {
    await app.close();
    await postgres?.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  // started by a launcher: do not outlive it
  process.once('disconnect', () => void stop());
}

main().catch((error) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
});
