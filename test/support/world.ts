import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { farmerSecretKey, keyGen, observerSecretKey, publicKey } from '#libs/chia';
import { bytesToHex } from '#libs/protocol';
import { AccountsService } from '../../apps/center/src/accounts/accounts.service.js';
import { createCenter } from '../../apps/center/src/center.js';
import { loadCenterKey } from '../../apps/center/src/platform/center-key.js';
import { Chores } from '../../apps/center/src/platform/chores.js';
import { loadConfig } from '../../apps/center/src/platform/config.js';
import { SystemEntropy } from '../../apps/center/src/platform/entropy.js';
import type { Ports } from '../../apps/center/src/platform/platform.module.js';
import { chiaV1Plots } from '../../apps/center/src/platform/plot-kinds/chia-v1-plots.js';
import { PlotKinds } from '../../apps/center/src/platform/plot-kinds/plot-kinds.js';
import { swarmReplicas } from '../../apps/center/src/platform/plot-kinds/swarm-replicas.js';
import { startTestChain, type TestChain, TOKEN } from './chain.js';
import { Client } from './client.js';
import { freshDatabase } from './database.js';
import { Person } from './person.js';
import { TestClock } from './test-clock.js';

/** Order in which a working center would come to its chores. */
const CHORES = [
  'leases',
  'queue',
  'data-sets',
  'replicas',
  'close-rounds',
  'doubts',
  'standings',
  'spot-checks',
  'rounds',
  'funding',
  'close-epochs',
  'bundle-uploads',
  'payouts',
  'cheques',
];

/** Of a round; clients count it in real time. */
export const DEADLINE_MS = 20_000;
/** Only a machine that was held up has not come to an end of it by then. */
const HELD_UP_MS = 35_000;

const master = keyGen(new Uint8Array(32).fill(5));
export const farmerKey = bytesToHex(publicKey(farmerSecretKey(master)));

export interface WorldOptions {
  funds?: bigint;
  settings?: Record<string, string>;
  /** What the outside world is, where it is not as usual. */
  ports?: (chain: TestChain) => Partial<Ports>;
}

/**
 * The whole of Croft in one process: a real center on a real port with its own PostgreSQL database and chain, real
 * clients, and the clock and the chores in the test's hand.
 */
export class World {
  readonly clock = new TestClock();
  readonly clients: Client[] = [];
  app!: NestExpressApplication;
  chain!: TestChain;
  url!: string;
  admin!: Person;
  private folder = mkdtempSync(join(tmpdir(), 'croft-center-'));
  private database!: Awaited<ReturnType<typeof freshDatabase>>;
  private people = 0;
  private port = 0;

  static async begin(options: WorldOptions = {}): Promise<World> {
    const world = new World(options);
    [world.database, world.chain] = await Promise.all([
      freshDatabase(),
      startTestChain(options.funds ?? 1_000_000n * TOKEN),
    ]);
    await world.startCenter();
    const accounts = world.app.get(AccountsService);
    await accounts.register(
      { email: 'admin@test.example', password: 'correct horse', displayName: 'admin' },
      'admin',
    );
    world.admin = new Person(world.url);
    await world.admin.must('POST', '/auth/password', {
      email: 'admin@test.example',
      password: 'correct horse',
    });
    return world;
  }

  private constructor(private readonly options: WorldOptions) {}

  /** Starts the center on what it left behind. */
  async startCenter(): Promise<void> {
    const config = loadConfig({
      CROFT_DATA: this.folder,
      PORT: String(this.port),
      FARMER_PUBLIC_KEY: farmerKey,
      CHIA_OBSERVER_KEY: bytesToHex(publicKey(observerSecretKey(master))),
      CHAIN_RPC_URL: this.chain.url,
      CHAIN_ID: '31337',
      CHAIN_FINALITY: '1',
      PROPOSER_KEY_FILE: 'in the test',
      PAYOUT_APPROVAL: 'automatic',
      SMALL_PLOTS: 'allowed',
      LEASE_SECONDS: '60',
      NODE_PING_SECONDS: '1',
      REQUESTS_PER_MINUTE: '100000',
      SIGN_INS_PER_MINUTE: '100000',
      LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
      ...this.options.settings,
    });
    this.app = await createCenter(
      {
        config,
        databaseUrl: this.database.url,
        clock: this.clock,
        entropy: new SystemEntropy(),
        chain: this.chain.chain,
        plotKinds: new PlotKinds([chiaV1Plots, swarmReplicas]),
        signers: {
          proposer: this.chain.proposer,
          approver: this.chain.approver,
          issuer: this.chain.issuer,
        },
        key: loadCenterKey(config),
        ...this.options.ports?.(this.chain),
      },
      { chores: false },
    );
    await this.app.listen(this.port, '127.0.0.1');
    this.url = (await this.app.getUrl()).replace('[::1]', '127.0.0.1');
    this.port = Number(new URL(this.url).port);
  }

  stopCenter(): Promise<void> {
    return this.app.close();
  }

  /** A campaign of k=18 plots with hour-long epochs, starting now. */
  async campaign(changes: Record<string, unknown> = {}): Promise<string> {
    const now = this.clock.now().getTime();
    const { id } = await this.admin.must<{ id: string }>('POST', '/admin/campaigns', {
      name: 'Test campaign',
      tokenAddress: this.chain.token,
      payoutContract: this.chain.payoutContract,
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + 400 * 86_400_000).toISOString(),
      epochSeconds: 3600,
      roundSeconds: 600,
      checksPerPlotPerDay: 86_400,
      deadlineMs: DEADLINE_MS,
      minK: 18,
      taskK: 18,
      plotTarget: 1,
      retentionSeconds: 7200,
      rates: {
        plottingPerPlot: { '18': (100n * TOKEN).toString() },
        immediateBps: 6000,
        storagePerPlotEquivalentHour: (28_782n * TOKEN).toString(),
      },
      ...changes,
    });
    return id;
  }

  async person(): Promise<Person> {
    return new Person(this.url).register(`person${++this.people}`);
  }

  /** A person with a running client. */
  async contributor(offer: { store: string; plot?: boolean }): Promise<Client> {
    const client = await Client.join(await this.person(), offer);
    this.clients.push(client);
    return client.start();
  }

  chore(name: string): Promise<void> {
    return this.app.get(Chores).trigger(name);
  }

  /** Every chore once, in order. */
  async allChores(): Promise<void> {
    for (const name of CHORES) await this.chore(name);
  }

  /**
   * Chores over and over, while real clients do their part, until something holds. The clock stands still, but for
   * when that takes very long: a client that was held up past a deadline is asked again only after it.
   */
  async until(what: string, holds: () => Promise<boolean>, timeoutMs = 200_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let heldUpAt = Date.now() + HELD_UP_MS;
    while (!(await holds())) {
      if (Date.now() > deadline)
        throw new Error(`not within ${timeoutMs} ms: ${what}\n${await this.whatThereIs()}`);
      if (Date.now() > heldUpAt) {
        heldUpAt += HELD_UP_MS;
        this.clock.advance(DEADLINE_MS + 10_000);
      }
      await this.allChores();
      await sleep(100);
    }
  }

  query<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.app.get(DataSource).query(sql, values);
  }

  async count(sql: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.query<{ count: string }>(`SELECT COUNT(*) AS count FROM ${sql}`, values);
    return Number(row!.count);
  }

  /** What something that does not happen may be seen from. */
  private async whatThereIs(): Promise<string> {
    const tables = ['tasks', 'leases', 'plots', 'checks', 'alerts'];
    const states = await Promise.all(
      tables.map(async (table) => [table, await this.query(`SELECT * FROM ${table} LIMIT 5`)]),
    );
    const said = this.clients.map((client) => client.said.slice(-12));
    return JSON.stringify({ ...Object.fromEntries(states), said }, null, 1);
  }

  /** Everything that is kept, but for when a node was last heard of: equal before and after means nothing changed. */
  async contents(): Promise<string> {
    const tables = await this.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const row = name === 'nodes' ? `(to_jsonb(t) - 'lastSeenAt')::text` : 't::text';
      const [{ hash }] = (await this.query(
        `SELECT md5(COALESCE(string_agg(${row}, '|' ORDER BY t::text), '')) AS hash FROM "${name}" t`,
      )) as [{ hash: string }];
      parts.push(`${name} ${hash}`);
    }
    return parts.join('\n');
  }

  async end(): Promise<void> {
    for (const client of this.clients) await client.remove();
    await this.app.close();
    await this.chain.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
