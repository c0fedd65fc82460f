import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesToHex } from '#libs/protocol';
import type { BeeCheckView, BeeNodesAnswer, BeeNodeView } from '../../apps/center/src/swarm/bee-nodes/dto.js';
import { FakeBee, FakeReserve } from '../fake-bee/index.js';
import { Client } from './client.js';
import type { Person } from './person.js';
import { TestSwarmChain } from './swarm-chain.js';
import { World } from './world.js';

const NEIGHBOURHOOD = new Uint8Array(32).fill(0x5a);
const ELSEWHERE = new Uint8Array(32).fill(0xa5);
const DEPTH = 2;
export const CHECK_SECONDS = 1000;

/** A contributor, the client, and the Bee node beside it. */
export interface Operator {
  bee: FakeBee;
  person: Person;
  client: Client;
}

/** A neighbourhood of Swarm on a chain of its own, in which contributors run Bee nodes with one reserve. */
export class BeeField {
  readonly operators: Operator[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'croft-bee-field-'));

  private constructor(
    readonly swarm: TestSwarmChain,
    readonly world: World,
    private readonly reserve: FakeReserve,
  ) {}

  static async begin(nodes: number): Promise<BeeField> {
    const swarm = await TestSwarmChain.start();
    const place = { neighbourhood: NEIGHBOURHOOD, depth: DEPTH };
    const reserve = new FakeReserve({ ...place, chunks: 200, stampedAtNs: 0n, largeSpans: true });
    await swarm.batch(reserve.issuer.batchId, reserve.issuer.batch);
    await swarm.anchor(ELSEWHERE);
    const world = await World.begin({
      settings: { BEE_CHECK_SECONDS: String(CHECK_SECONDS), BEE_BATCHES: '1', BEE_BATCH_BLOCKS: '300' },
      ports: () => ({ swarmChain: swarm.chain }),
    });
    const field = new BeeField(swarm, world, reserve);
    for (let i = 1; i <= nodes; i++) field.operators.push(await field.operate(i));
    await swarm.win(field.operators[0]!.bee.node, DEPTH);
    await swarm.mine(400);
    await field.until('all are linked', async () => (await world.count('bee_nodes')) === nodes);
    // fixes when each is asked
    await world.chore('bee-challenges');
    return field;
  }

  async viewOf({ person }: Pick<Operator, 'person'>): Promise<BeeNodeView> {
    const { items } = await person.must<BeeNodesAnswer>('GET', '/me/bee-nodes');
    return items[0]!;
  }

  /** Everybody is asked, in the claim phase of a round that nobody here plays; each operator's check. */
  async challenge(): Promise<BeeCheckView[]> {
    const { world } = this;
    await this.swarm.toClaimPhase();
    world.clock.advance(2 * CHECK_SECONDS * 1000);
    await this.until('everybody is there', async () =>
      (await Promise.all(this.operators.map((operator) => this.viewOf(operator)))).every(
        ({ online }) => online,
      ),
    );
    await world.chore('bee-challenges');
    await this.until(
      'all checks are decided',
      async () => (await world.count('bee_checks WHERE verdict IS NULL')) === 0,
    );
    return Promise.all(this.operators.map(async (operator) => (await this.viewOf(operator)).lastCheck!));
  }

  async end(): Promise<void> {
    await this.world.end();
    for (const { bee } of this.operators) await bee.stop();
    await this.swarm.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async operate(number: number): Promise<Operator> {
    const privateKey = new Uint8Array(32).fill(0x10 + number);
    const bee = await FakeBee.start({ reserve: this.reserve, privateKey, neighbourhood: NEIGHBOURHOOD });
    await this.swarm.stake(bee.node);
    const beeKeyFile = join(this.folder, `${number}`);
    writeFileSync(beeKeyFile, bytesToHex(privateKey));
    const person = await this.world.person();
    const client = await Client.join(person, { store: '0', bee: bee.url, beeKeyFile });
    this.world.clients.push(await client.start());
    return { bee, person, client };
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        const checks = await this.world.query('SELECT * FROM bee_checks ORDER BY "startedAt" DESC LIMIT 5');
        throw new Error(`not in time: ${what}\n${JSON.stringify(checks, null, 1).slice(0, 4000)}`);
      }
      await this.world.chore('bee-checks');
      await sleep(50);
    }
  }
}
