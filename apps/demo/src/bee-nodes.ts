import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hexToBytes } from '#libs/protocol';
import { type SwarmDoubles, startSwarmDoubles } from '#libs/swarm-doubles';
import type { Contributor } from './people.js';
import { token } from './progress.js';

/** What the process of the fake Bees tells (test/fake-bee/main.ts); bytes in hex. */
export interface ToldBees {
  /** Of the neighbourhood they are in. */
  depth: number;
  /** That their reserve was stamped with. */
  batch: { id: string; owner: string; depth: number; bucketDepth: number };
  bees: {
    url: string;
    /** That it may stamp with. */
    batch: string;
    key: string;
    ethereumAddress: string;
    nonce: string;
    overlay: string;
    height: number;
  }[];
}

/** A Bee node beside a contributor's client. */
export interface BesideBee {
  url: string;
  keyFile: string;
}

interface Earnings {
  items: { units: string }[];
}

interface BeeNodes {
  items: { overlay: string; checks: { held: number } }[];
}

/** In the neighbourhood that plays: another than that of the fake Bees. */
const ELSEWHERE = new Uint8Array(32).fill(0xa5);
/** Stakes count after two rounds of 152 blocks, batches in this demo after as many. */
const OLD_BLOCKS = 400;

/** The demo's Bee nodes: staked on doubles of Swarm's contracts, linked and checked. */
export class DemoBees {
  private readonly operators: Contributor[] = [];

  private constructor(
    private readonly told: ToldBees,
    private readonly doubles: SwarmDoubles,
    private readonly run: string,
  ) {}

  /** Stakes for them and lets so much time pass on their chain that they are asked; no block comes after that. */
  static async stake(told: ToldBees, run: string): Promise<DemoBees> {
    const doubles = await startSwarmDoubles();
    const nodes = told.bees.map(({ ethereumAddress, nonce, overlay, height }) => ({
      ethereumAddress: hexToBytes(ethereumAddress),
      nonce: hexToBytes(nonce),
      overlay: hexToBytes(overlay),
      height,
    }));
    const { id, owner, ...batch } = told.batch;
    await doubles.batch(hexToBytes(id), { ...batch, owner: hexToBytes(owner) });
    for (const node of nodes) await doubles.stake(node);
    await doubles.anchor(ELSEWHERE);
    await doubles.win(nodes[0]!, told.depth);
    await doubles.mine(OLD_BLOCKS);
    await doubles.toClaimPhase();
    return new DemoBees(told, doubles, run);
  }

  get count(): number {
    return this.told.bees.length;
  }

  /** For the center: the chain of the stakes, and checks every few seconds. */
  settings(): Record<string, string> {
    return {
      SWARM_RPC_URL: this.doubles.url,
      SWARM_DEPLOYMENT_FILE: this.file('swarm-contracts.json', JSON.stringify(this.doubles.deployment)),
      BEE_CHECK_SECONDS: '10',
      // the reserve was stamped with one batch
      BEE_BATCHES: '1',
      BEE_BATCH_BLOCKS: String(OLD_BLOCKS),
    };
  }

  /** The next Bee that is nobody's yet is from now on this contributor's. */
  beside(contributor: Contributor): BesideBee {
    const { url, key } = this.told.bees[this.operators.length]!;
    this.operators.push(contributor);
    return { url, keyFile: this.file(`bee-${this.operators.length}.key`, key) };
  }

  /** Tells how checks and pay come along; returns whether each Bee node was found to have its reserve, and earned. */
  async look(tell: (key: string, text: string) => void): Promise<boolean> {
    const held = await this.held();
    const earned = await this.earned();
    for (const [i, { signIn }] of this.operators.entries()) {
      const { label } = signIn;
      if (held[i] !== undefined) tell(`bee ${i}`, `${label}: Bee node linked by the key that staked for it`);
      if (held[i])
        tell(
          `bee checked ${i}`,
          `${label}: Bee node committed, opened and agrees with its neighbour: evidence`,
        );
      if (earned[i]! > 0n)
        tell(
          `bee earned ${i}`,
          `${label}: first share of what its Swarm neighbourhood earns, ${token(earned[i]!)}`,
        );
    }
    return held.every((checks) => (checks ?? 0) > 0) && earned.every((units) => units > 0n);
  }

  /** Checks of each Bee node that were evidence; undefined: not linked. */
  held(): Promise<(number | undefined)[]> {
    return Promise.all(
      this.operators.map(async ({ api }) => (await api.get<BeeNodes>('/me/bee-nodes')).items[0]?.checks.held),
    );
  }

  /** What each Bee node earned, base units. */
  earned(): Promise<bigint[]> {
    return Promise.all(
      this.operators.map(async ({ api }) => {
        const { items } = await api.get<Earnings>('/earnings/bee-nodes');
        return items.reduce((sum, { units }) => sum + BigInt(units), 0n);
      }),
    );
  }

  stop(): Promise<void> {
    return this.doubles.stop();
  }

  private file(name: string, content: string): string {
    const path = join(this.run, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }
}
