import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'ethers';
import { farmerSecretKey, keyGen, observerSecretKey, publicKey } from '#libs/chia';
import { freePort, portIsFree } from '#libs/local-services';
import { CenterApi } from './center-api.js';
import { type DemoChain, startDemoChain } from './chain.js';
import { type DemoDatabase, startDemoDatabase } from './database.js';
import { patiently } from './patience.js';
import { Contributor, demoSignIns } from './people.js';
import { ProcessList } from './process-list.js';
import { untilPaid } from './progress.js';
import { makeReport } from './report.js';
import { Screen } from './screen.js';
import { Supervised, type Watch } from './supervised.js';
import { DemoSwarm } from './swarm.js';

const apps = join(dirname(fileURLToPath(import.meta.url)), '..');
const CENTER = join(apps, 'center/main.js');
const CROFT = join(apps, 'client/croft.js');

/** A process of its own: apps know nothing of tests. */
const FAKE_BEE = join(apps, '../test/fake-bee/main.js');

const once = process.argv.includes('--once');
const withSwarm = process.argv.includes('--swarm');
const home = resolve(process.env.CROFT_DEMO_DATA ?? '.demo');
const run = join(home, 'run');
const screen = new Screen();

/** What was started and must be gone at the end, newest first. */
const started: { stop(): Promise<unknown>; letGo?(): void }[] = [];
let ending: Promise<void> | undefined;

function stopAll(): Promise<void> {
  ending ??= (async () => {
    // a Ctrl-C reaches every program of the terminal at once: none of them ends unexpectedly
    for (const service of started) service.letGo?.();
    for (const service of started.splice(0).reverse()) await service.stop().catch(() => undefined);
  })();
  return ending;
}

const processes = new ProcessList(join(run, 'processes.json'));
const watch: Watch = {
  started: (key, pid) => processes.set(key, pid),
  ended: (name) => screen.step(`${name} ended unexpectedly; starting it again`),
};

/** Settings of a center for showing: small plots, short epochs, payouts approved by themselves. */
async function startCenter(
  database: DemoDatabase,
  chain: DemoChain,
  signIns: unknown,
  swarm: DemoSwarm | null,
): Promise<string> {
  const file = (name: string, content: string) => {
    const path = join(run, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const master = keyGen(randomBytes(32));
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  // the usual port is for people; another demo may take it while a killed center is starting again
  const port = !once && (await portIsFree(8080)) ? 8080 : await freePort();
  const center = new Supervised(
    {
      name: 'The center',
      key: 'center',
      script: CENTER,
      args: [],
      logFile: join(run, 'center.log'),
      env: {
        PORT: String(port),
        DATABASE_URL: database.url,
        CROFT_DATA: join(run, 'center'),
        FARMER_PUBLIC_KEY: hex(publicKey(farmerSecretKey(master))),
        CHIA_OBSERVER_KEY: hex(publicKey(observerSecretKey(master))),
        CHAIN_RPC_URL: chain.url,
        CHAIN_ID: '31337',
        CHAIN_NAME: 'local chain of the demo',
        PROPOSER_KEY_FILE: file('proposer.key', chain.keys.proposer),
        APPROVER_KEY_FILE: file('approver.key', chain.keys.approver),
        PAYOUT_APPROVAL: 'automatic',
        SMALL_PLOTS: 'allowed',
        LEASE_SECONDS: '10',
        CHORE_SECONDS: '0.25',
        NETWORK_PING_SECONDS: '15',
        NETWORK_PAYLOAD_SECONDS: '30',
        REQUESTS_PER_MINUTE: '100000',
        SIGN_INS_PER_MINUTE: '1000',
        ...swarm?.settings(),
        DEMO_SIGN_INS: file('sign-ins.json', JSON.stringify(signIns)),
      },
    },
    watch,
  );
  started.push(center);
  const { url } = await center.message<{ url: string }>(60_000);
  return url.replace('[::1]', '127.0.0.1');
}

/** Returns its id. */
async function createCampaign(admin: CenterApi, chain: DemoChain, withBees: boolean): Promise<string> {
  const { items } = await admin.get<{ items: { id: string }[] }>('/admin/campaigns');
  if (items[0]) return items[0].id;
  const now = Date.now();
  const { id } = await admin.post<{ id: string }>('/admin/campaigns', {
    name: 'Demo campaign',
    tokenAddress: chain.token,
    payoutContract: chain.payoutContract,
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 7 * 86_400_000).toISOString(),
    epochSeconds: once ? 5 : 20,
    roundSeconds: 2,
    checksPerPlotPerDay: 86_400,
    deadlineMs: 1500,
    minK: 18,
    taskK: 18,
    // one plot earns its maker one payment before the retention time is over
    plotTarget: once ? 1 : 8,
    retentionSeconds: 120,
    rates: {
      plottingPerPlot: { '18': (100n * 10n ** 18n).toString() },
      immediateBps: 6000,
      storagePerPlotEquivalentHour: (10_000_000n * 10n ** 18n).toString(),
      ...(withBees ? { beePerNeighbourhoodDay: (86_400n * 10n ** 18n).toString() } : {}),
    },
  });
  return id;
}

async function main() {
  rmSync(run, { recursive: true, force: true });
  mkdirSync(run, { recursive: true, mode: 0o755 });
  const [database, chain] = await Promise.all([startDemoDatabase(home), startDemoChain()]);
  started.push(database, chain);
  screen.step('PostgreSQL and a local EVM chain are up; token and payout contract deployed and funded');
  const swarm = withSwarm ? await DemoSwarm.start(FAKE_BEE, CROFT, run, watch) : null;
  if (swarm) {
    started.push(swarm.bee, swarm.bees);
    screen.step(
      `${swarm.bees.count} fake Bee nodes are up (the API of real ones, small stores): ${swarm.beeUrl} …`,
    );
    screen.step('A chain with doubles of Swarm’s contracts is up; the Bee nodes have staked 10 BZZ each');
  }
  const signIns = demoSignIns();
  const usedSignIns = swarm ? signIns : signIns.slice(0, 3);
  const portal = await startCenter(database, chain, usedSignIns, swarm);
  const { token: tokenAddress, payoutContract } = chain;
  const where = { portal, chainUrl: chain.url, token: tokenAddress, payoutContract };
  writeFileSync(join(run, 'demo.json'), JSON.stringify(where));
  screen.step(`The center is up: ${portal}`);
  const admin = new CenterApi(portal);
  await admin.signIn(signIns[0].email, signIns[0].password);
  const campaignId = await patiently(() => createCampaign(admin, chain, swarm !== null));
  screen.step('Campaign made: plots of k=18 and short epochs, for showing only');
  const folder = (name: string) => {
    const path = join(run, name);
    for (const part of ['croft', 'plots', 'temp']) mkdirSync(join(path, part), { recursive: true });
    return path;
  };
  const plotter = new Contributor(signIns[1], portal, 'plotter', folder('plotter'), CROFT);
  const storer = new Contributor(signIns[2], portal, 'storer', folder('storer'), CROFT);
  // too small for a plot, large enough for a replica
  const keeper = swarm && new Contributor(signIns[3], portal, 'keeper', folder('keeper'), CROFT);
  const temp = join(run, 'plotter/temp');
  if (swarm) {
    const reference = await swarm.makeDataSet(admin, campaignId);
    screen.step(`Data set of 1 MB on Swarm as ${reference}: two replicas wanted`);
  }
  await Promise.all([
    plotter.join(['--store', '0', '--plot', '--temp', temp], watch),
    storer.join(['--store', '500MB'], watch, swarm?.bees.beside(storer)),
    keeper?.join(['--store', '3MB'], watch, swarm?.bees.beside(keeper)),
  ]);
  const people = [plotter, storer, ...(keeper ? [keeper] : [])];
  started.push(...people.flatMap((person) => person.client ?? []));
  screen.step(
    keeper
      ? 'Three clients joined by code: one plots, one keeps, one keeps nothing but replicas; two speak for a Bee node'
      : 'Two clients joined by code: one plots, one keeps',
  );
  await untilPaid(screen, admin, people, swarm);
  const found = await swarm?.check(admin, campaignId, join(run, 'storer/croft'));
  if (found) {
    const { readBack, bundle, verified } = found;
    screen.step(`Data set read back from its keepers: ${readBack ? 'whole, byte for byte' : 'it differs'}`);
    screen.step(`croft verify bzz://${bundle}: ${verified ? 'sound' : 'not sound'}`);
  }
  const isSound = !found || (found.readBack && found.verified);
  if (once) {
    const paid = await makeReport(people, admin, chain, portal, screen.seconds());
    const report = found ? { ...paid, ok: paid.ok && isSound, swarm: found } : paid;
    await stopAll();
    console.log(JSON.stringify(report));
    process.exit(report.ok ? 0 : 1);
  }
  if (!isSound) throw new Error('what lies on Swarm is not what was put there');
  screen.step('Everything works. The portal stays up until Ctrl-C:');
  screen.note(portal);
  if (swarm) screen.note(`Bee: ${swarm.beeUrl} (croft verify bzz://… --bee ${swarm.beeUrl})`);
  for (const { label, email, password } of usedSignIns)
    screen.note(`${label.padEnd(22)} ${email}  ${password}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // more than once: a launcher passes on what the terminal has already said to all
  process.on(signal, () => {
    if (!once && !ending) screen.step('Ending');
    void stopAll().then(() => process.exit(0));
  });
}

main().catch(async (error: unknown) => {
  if (!ending) {
    screen.step(`The demo failed: ${error instanceof Error ? error.message : error}`);
    screen.note(`Logs are in ${run}`);
  }
  await stopAll();
  if (once) console.log(JSON.stringify({ ok: false, error: String(error) }));
  process.exit(1);
});
