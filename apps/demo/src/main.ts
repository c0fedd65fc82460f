import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { formatUnits, randomBytes } from 'ethers';
import { farmerSecretKey, keyGen, observerSecretKey, publicKey } from '#libs/chia';
import { freePort, portIsFree } from '#libs/local-services';
import { CenterApi } from './center-api.js';
import { type DemoChain, startDemoChain } from './chain.js';
import { type DemoDatabase, startDemoDatabase } from './database.js';
import { patiently } from './patience.js';
import { confirmedPayouts } from './payment-check.js';
import { Contributor, demoSignIns } from './people.js';
import { ProcessList } from './process-list.js';
import { makeReport, type Overview } from './report.js';
import { Screen } from './screen.js';
import { Supervised, type Watch } from './supervised.js';

const apps = join(dirname(fileURLToPath(import.meta.url)), '..');
const CENTER = join(apps, 'center/main.js');
const CROFT = join(apps, 'client/croft.js');

const once = process.argv.includes('--once');
const home = resolve(process.env.CROFT_DEMO_DATA ?? '.demo');
const run = join(home, 'run');
const screen = new Screen();
const token = (units: string | bigint) => `${Number(formatUnits(units, 18)).toFixed(4)} CROFT`;

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
async function startCenter(database: DemoDatabase, chain: DemoChain, signIns: unknown): Promise<string> {
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
        DEMO_SIGN_INS: file('sign-ins.json', JSON.stringify(signIns)),
      },
    },
    watch,
  );
  started.push(center);
  const { url } = await center.message<{ url: string }>(60_000);
  return url.replace('[::1]', '127.0.0.1');
}

async function createCampaign(admin: CenterApi, chain: DemoChain) {
  const { items } = await admin.get<{ items: unknown[] }>('/admin/campaigns');
  if (items.length > 0) return;
  const now = Date.now();
  await admin.post('/admin/campaigns', {
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
    },
  });
}

/** Tells what happens until each contributor has a payment that is final. */
async function untilPaid(admin: CenterApi, people: Contributor[]) {
  const told = new Set<string>();
  const tell = (key: string, text: string) => {
    if (told.has(key)) return;
    told.add(key);
    screen.step(text);
  };
  const deadline = Date.now() + 170_000;
  while (Date.now() < deadline) {
    // the center may be starting again just now
    const paid = await lookOnce(admin, people, tell).catch(() => 0);
    if (paid === people.length) return;
    await sleep(250);
  }
  throw new Error('no payout within 170 s');
}

async function lookOnce(admin: CenterApi, people: Contributor[], tell: (key: string, text: string) => void) {
  const { plots, checksLastDay } = await admin.get<Overview>('/admin/overview');
  const made = plots.registered + plots.accepted;
  for (let i = 1; i <= made; i++) tell(`made ${i}`, `Plot ${i} made (k=18, a real Chia plot)`);
  for (let i = 1; i <= plots.accepted; i++)
    tell(`plot ${i}`, `Plot ${i} proved by four fresh challenges: accepted`);
  const storer = people[1]!;
  const kept = await storer.api.get<{ items: { keptByMe: boolean }[] }>('/plots');
  const count = kept.items.filter((plot) => plot.keptByMe).length;
  for (let i = 1; i <= count; i++)
    tell(`kept ${i}`, `Plot ${i} copied to its keeper and proved there: custody passed`);
  if (count > 0 && checksLastDay.proved > 4 * plots.accepted * 2)
    tell('round', 'Rounds are broadcast; the keeper answers');
  let paid = 0;
  for (const person of people) {
    const { campaigns } = await person.api.get<{
      campaigns: Record<'released' | 'held' | 'published' | 'paid', string>[];
    }>('/earnings/summary');
    const [sums] = campaigns;
    const earned = sums
      ? BigInt(sums.released) + BigInt(sums.published) + BigInt(sums.paid) + BigInt(sums.held)
      : 0n;
    if (earned > 0n)
      tell(`line ${person.signIn.label}`, `${person.signIn.label}: first ledger line, ${token(earned)}`);
    const [first] = await confirmedPayouts(person);
    if (!first) continue;
    paid++;
    tell(
      `paid ${person.signIn.label}`,
      `${person.signIn.label}: paid ${token(first.amount)}, final in ${first.tx}`,
    );
  }
  return paid;
}

async function main() {
  rmSync(run, { recursive: true, force: true });
  mkdirSync(run, { recursive: true, mode: 0o755 });
  const [database, chain] = await Promise.all([startDemoDatabase(home), startDemoChain()]);
  started.push(database, chain);
  screen.step('PostgreSQL and a local EVM chain are up; token and payout contract deployed and funded');
  const signIns = demoSignIns();
  const portal = await startCenter(database, chain, signIns);
  const { token: tokenAddress, payoutContract } = chain;
  const where = { portal, chainUrl: chain.url, token: tokenAddress, payoutContract };
  writeFileSync(join(run, 'demo.json'), JSON.stringify(where));
  screen.step(`The center is up: ${portal}`);
  const admin = new CenterApi(portal);
  await admin.signIn(signIns[0].email, signIns[0].password);
  await patiently(() => createCampaign(admin, chain));
  screen.step('Campaign made: plots of k=18 and short epochs, for showing only');
  const folder = (name: string) => {
    const path = join(run, name);
    for (const part of ['croft', 'plots', 'temp']) mkdirSync(join(path, part), { recursive: true });
    return path;
  };
  const plotter = new Contributor(signIns[1], portal, 'plotter', folder('plotter'), CROFT);
  const storer = new Contributor(signIns[2], portal, 'storer', folder('storer'), CROFT);
  const temp = join(run, 'plotter/temp');
  await Promise.all([
    plotter.join(['--store', '0', '--plot', '--temp', temp], watch),
    storer.join(['--store', '500MB'], watch),
  ]);
  started.push(...[plotter, storer].flatMap((person) => person.client ?? []));
  screen.step('Two clients joined by code: one plots, one keeps');
  await untilPaid(admin, [plotter, storer]);
  if (once) {
    const report = await makeReport([plotter, storer], admin, chain, portal, screen.seconds());
    await stopAll();
    console.log(JSON.stringify(report));
    process.exit(report.ok ? 0 : 1);
  }
  screen.step('Everything works. The portal stays up until Ctrl-C:');
  screen.note(portal);
  for (const { label, email, password } of signIns) screen.note(`${label.padEnd(22)} ${email}  ${password}`);
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
