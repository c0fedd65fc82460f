import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bee } from '#libs/bee';
import { freePort } from '#libs/local-services';
import { DemoBees, type ToldBees } from './bee-nodes.js';
import type { CenterApi } from './center-api.js';
import { patiently } from './patience.js';
import { runOnce, Supervised, type Watch } from './supervised.js';

const CONTENT_BYTES = 1_000_000;
const REPLICAS = 2;
/** A reserve is evidence only where a neighbour of another account has the same. */
const BEES = 2;
const ON_SWARM_WITHIN_MS = 60_000;

/** Part of the report with `--swarm`. */
export interface SwarmReport {
  /** Swarm reference of the data set. */
  dataSet: string;
  /** Replicas that are proved. */
  replicas: number;
  /** Whether the center gave the content back byte for byte. */
  readBack: boolean;
  /** Swarm reference of a bundle. */
  bundle: string;
  /** Whether `croft verify bzz://…` found it sound. */
  verified: boolean;
  /** Checks of each Bee node in which it was found to have its reserve. */
  beeChecks: number[];
  /** What each Bee node earned in the campaign, base units. */
  beeEarned: string[];
}

interface DataSets {
  items: { id: string; name: string; arrived: number; proved: number }[];
}

/** The demo's link to Swarm: fake Bees in a process of their own, linked, and a data set that is kept in replicas. */
export class DemoSwarm {
  private readonly content = randomBytes(CONTENT_BYTES);
  private reference = '';

  private constructor(
    readonly bee: Supervised,
    readonly bees: DemoBees,
    readonly beeUrl: string,
    readonly batch: string,
    private readonly croft: string,
  ) {}

  /**
   * @param script of the fake Bees
   * @param croft script of the client
   */
  static async start(script: string, croft: string, run: string, watch: Watch): Promise<DemoSwarm> {
    // ports for good, so that who knows one finds the Bee again after it was started anew
    const args: string[] = [];
    for (let i = 0; i < BEES; i++) args.push(String(await freePort()));
    const program = { name: 'Bee', key: 'bee', script, args, env: {} };
    const bee = new Supervised({ ...program, logFile: join(run, 'bee.log') }, watch);
    const told = await bee.message<ToldBees>(30_000);
    const { url, batch } = told.bees[0]!;
    return new DemoSwarm(bee, await DemoBees.stake(told, run), url, batch, croft);
  }

  /** For the center. */
  settings(): Record<string, string> {
    return { BEE_URL: this.beeUrl, SWARM_BATCH: this.batch, ...this.bees.settings() };
  }

  /** Puts content on Swarm and has a campaign pay for two replicas of it. Returns its reference. */
  async makeDataSet(admin: CenterApi, campaignId: string): Promise<string> {
    this.reference = await new Bee(this.beeUrl).upload(once(this.content), this.batch);
    const request = { name: 'Field notes', source: 'reference', reference: this.reference };
    await patiently(async () => {
      if ((await this.dataSets(admin)).length > 0) return;
      await admin.post('/admin/data-sets', { ...request, campaignId, wanted: REPLICAS });
    });
    return this.reference;
  }

  /** Tells how replicas and Bee nodes come along; returns whether all are proved. */
  async look(admin: CenterApi, tell: (key: string, text: string) => void): Promise<boolean> {
    const [dataSet] = await this.dataSets(admin);
    if (!dataSet) return false;
    const { arrived, proved } = dataSet;
    for (let i = 1; i <= arrived + proved; i++)
      tell(`replica ${i} there`, `Replica ${i} placed: an encoding of the data set for its keeper alone`);
    for (let i = 1; i <= proved; i++)
      tell(`replica ${i}`, `Replica ${i} proved by four fresh challenges: accepted`);
    return (await this.bees.look(tell)) && proved >= REPLICAS;
  }

  /**
   * Reads the data set back and verifies a bundle that lies on Swarm.
   *
   * @param data folder of a client that is paired with the center, whose key the bundle must have
   */
  async check(admin: CenterApi, campaignId: string, data: string): Promise<SwarmReport> {
    const [dataSet] = await this.dataSets(admin);
    const back = await admin.bytes(`/admin/data-sets/${dataSet?.id}/content`);
    const bundle = await this.newestBundle(admin, campaignId);
    const args = ['verify', `bzz://${bundle}`, '--bee', this.beeUrl, '--data', data];
    const verified = await runOnce(this.croft, args).then(
      () => true,
      () => false,
    );
    const { reference: dataSetReference } = this;
    const readBack = sha256(back) === sha256(this.content);
    const beeChecks = (await this.bees.held()).map((held) => held ?? 0);
    const beeEarned = (await this.bees.earned()).map(String);
    const replicas = dataSet?.proved ?? 0;
    return { dataSet: dataSetReference, replicas, readBack, bundle, verified, beeChecks, beeEarned };
  }

  private async newestBundle(admin: CenterApi, campaignId: string): Promise<string> {
    const deadline = Date.now() + ON_SWARM_WITHIN_MS;
    while (Date.now() < deadline) {
      const { items } = await admin.get<{ items: { swarmReference: string | null }[] }>(
        `/bundles/${campaignId}`,
      );
      const found = items.find(({ swarmReference }) => swarmReference !== null)?.swarmReference;
      if (found) return found;
      await sleep(250);
    }
    throw new Error(`no bundle came to lie on Swarm within ${ON_SWARM_WITHIN_MS / 1000} s`);
  }

  private async dataSets(admin: CenterApi): Promise<DataSets['items']> {
    return (await admin.get<DataSets>('/admin/data-sets')).items;
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
