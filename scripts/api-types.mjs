// npm run api-types: the description of the REST API (docs/openapi.json) from the center itself, and from that the
// portal's types (apps/portal/src/api/schema.ts).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeApiMetadata } from './api-metadata.mjs';
import { build } from './build.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const description = join(root, 'docs/openapi.json');
const types = join(root, 'apps/portal/src/api/schema.ts');
const compiled = (path) => import(pathToFileURL(join(root, 'dist', path)).href);

/** A center on an empty database. Its chain and keys are never reached for: nothing here calls a route. */
async function describeCenter(folder) {
  await import('reflect-metadata');
  const { startPostgres } = await compiled('libs/local-services/index.js');
  const { JsonRpcChain, walletSigner } = await compiled('libs/settlement/index.js');
  const { Wallet } = await import('ethers');
  const { createCenter } = await compiled('apps/center/center.js');
  const { apiDescription } = await compiled('apps/center/platform/api-description.js');
  const { loadCenterKey } = await compiled('apps/center/platform/center-key.js');
  const { SystemClock } = await compiled('apps/center/platform/clock.js');
  const { loadConfig } = await compiled('apps/center/platform/config.js');
  const { migrate } = await compiled('apps/center/platform/database/migrate.js');
  const { SystemEntropy } = await compiled('apps/center/platform/entropy.js');
  const config = loadConfig({
    CROFT_DATA: join(folder, 'center'),
    FARMER_PUBLIC_KEY: '00'.repeat(48),
    CHIA_OBSERVER_KEY: '00'.repeat(48),
    CHAIN_RPC_URL: 'http://127.0.0.1:9',
    CHAIN_ID: '31337',
    PROPOSER_KEY_FILE: 'none',
    LOG_LEVEL: 'error',
  });
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  try {
    await migrate(postgres.url);
    const ports = {
      config,
      databaseUrl: postgres.url,
      clock: new SystemClock(),
      entropy: new SystemEntropy(),
      chain: new JsonRpcChain({ url: config.CHAIN_RPC_URL[0], chainId: config.CHAIN_ID }),
      signers: { proposer: walletSigner(Wallet.createRandom()), approver: null, issuer: null },
      key: loadCenterKey(config),
    };
    const app = await createCenter(ports, { chores: false });
    try {
      return await apiDescription(app);
    } finally {
      await app.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function writeTypes(api) {
  const { default: openapiTypescript, astToString } = await import('openapi-typescript');
  const head = '// Written by scripts/api-types.mjs from docs/openapi.json.\n';
  writeFileSync(types, head + astToString(await openapiTypescript(api)));
}

writeApiMetadata();
await build();
const folder = mkdtempSync(join(tmpdir(), 'croft-api-'));
try {
  writeFileSync(description, `${JSON.stringify(await describeCenter(folder), null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
await writeTypes(JSON.parse(readFileSync(description, 'utf8')));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
execFileSync(process.execPath, [biome, 'check', '--write', description, types], {
  cwd: root,
  stdio: 'inherit',
});
