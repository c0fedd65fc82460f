import type { PlotTask } from '#libs/protocol';
import { type BlockTag, type ChainBlock, JsonRpcChain } from '#libs/settlement';
import { PlotKinds } from '../../apps/center/src/platform/plot-kinds/plot-kinds.js';
import { type TestChain, TOKEN } from '../support/chain.js';
import { World } from '../support/world.js';
import type { Behaviour } from './behaviour.js';
import { Doors } from './doors.js';
import { keyedPlots } from './keyed-plots.js';
import { type Joining, join } from './population.js';
import { K, type PlannedAnswer, type ScriptedClient } from './scripted-client.js';
import { SeededEntropy } from './seeded.js';
import { settle } from './settle.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const DEADLINE_MS = 20_000;
/** Deadline, time for what is late, and a second more: every round is over. */
const ROUND_OVER_MS = DEADLINE_MS + 3_000;
/** Answers that are on their way at once. */
const AT_ONCE = 256;

/** The real chain; only the hash of its newest block is always the same, so that a seed draws the same checks again. */
class RepeatableChain extends JsonRpcChain {
  override async getBlock(which: BlockTag | string): Promise<ChainBlock | null> {
    const block = await super.getBlock(which);
    return block && which === 'latest' ? { ...block, hash: `0x${'5e'.repeat(32)}` } : block;
  }
}

/** What a plot earns: as plotting, and kept for an hour (just under one token at this rate). */
export const PLOTTING = 100n * TOKEN;
export const STORAGE_RATE = 28_782n * TOKEN;
export const IMMEDIATE_BPS = 6000;

/**
 * The real center with its PostgreSQL and chain, the clock in the test's hand, and clients that follow a script. What a
 * client says goes through the center's message handlers (right behind the socket; see Wire); chores run in the order a
 * working center comes to them. Plots are keyed (see keyed-plots).
 */
export class Field {
  readonly clients: ScriptedClient[] = [];
  readonly entropy: SeededEntropy;
  readonly doors: Doors;
  /** Since when days are counted, milliseconds since 1970. */
  readonly startMs: number;
  answers = 0;
  hours = 0;

  static async open(seed: number): Promise<Field> {
    const entropy = new SeededEntropy(seed);
    const ports = (chain: TestChain) => ({
      plotKinds: new PlotKinds([keyedPlots]),
      entropy,
      chain: new RepeatableChain({ url: chain.url, chainId: 31337 }),
    });
    return new Field(await World.begin({ funds: 20_000_000n * TOKEN, ports }), entropy);
  }

  private constructor(
    readonly world: World,
    entropy: SeededEntropy,
  ) {
    this.entropy = entropy;
    this.doors = new Doors(world.app);
    this.startMs = world.clock.now().getTime();
  }

  /** A campaign with day-long epochs that asks each node `nodeChecksPerDay` times a day, and each plot once. */
  campaign({ referralBps, ...changes }: Record<string, unknown>): Promise<string> {
    return this.world.campaign({
      epochSeconds: 86_400,
      roundSeconds: 3600,
      checksPerPlotPerDay: 1,
      nodeChecksPerDay: 48,
      deadlineMs: DEADLINE_MS,
      confirmAfterSeconds: 6 * 3600,
      appealSeconds: 86_400,
      plotTarget: 100_000,
      retentionSeconds: 4 * 86_400,
      rates: {
        plottingPerPlot: { [K]: PLOTTING.toString() },
        immediateBps: IMMEDIATE_BPS,
        storagePerPlotEquivalentHour: STORAGE_RATE.toString(),
        ...(referralBps === undefined ? {} : { referralBps }),
      },
      ...changes,
    });
  }

  async join(behaviour: Behaviour, joining?: Joining): Promise<ScriptedClient> {
    const client = await join(this.world, this.doors, this.entropy, behaviour, joining);
    this.clients.push(client);
    return client;
  }

  async settle(campaignId: string, wanted: readonly { behaviour: Behaviour; plots: number }[]) {
    const clients = await settle(this.world, this.doors, this.entropy, campaignId, wanted);
    for (const client of clients) client.connected();
    this.clients.push(...clients);
    return clients;
  }

  /** Each of these clients makes so many plots more; they are spot-checked, and count. */
  async plot(clients: readonly ScriptedClient[], count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      await this.world.chore('queue');
      for (const client of clients) await this.plotOne(client);
    }
    await this.settleNew();
  }

  /** One plot, if the center gives work; its id, not yet accepted. */
  async plotOne(client: ScriptedClient): Promise<string | null> {
    const task = (await client.ask()).find((one): one is PlotTask => one.kind === 'plot');
    return task ? client.plot(task, this.entropy.bytes(32)) : null;
  }

  /** Spot checks of what is new. */
  async settleNew(): Promise<void> {
    await this.world.chore('spot-checks');
    await this.answerRounds();
    await this.world.chore('close-rounds');
    await this.world.chore('spot-checks');
  }

  /** Goes on for so many virtual hours. */
  async run(hours: number): Promise<void> {
    for (let i = 0; i < hours; i++) await this.hour();
  }

  private async hour() {
    const { world } = this;
    world.clock.moveTo(this.startMs + ++this.hours * HOUR);
    await world.chore('leases');
    for (const client of this.clients) {
      client.up = client.behaviour.isUp(client, this.hours);
      await client.behaviour.hourly(client, this.hours);
    }
    await world.chore('rounds');
    await this.answerRounds();
    await world.chore('close-rounds');
    await this.doubts();
    if (this.hours % 24 === 0) {
      for (const chore of ['standings', 'funding', 'close-epochs', 'watch']) await this.tolerant(chore);
    }
  }

  /** As the timers of a center do: what fails now is tried again another time. */
  private async tolerant(chore: string) {
    try {
      await this.world.chore(chore);
    } catch (error) {
      this.failures.push(`${chore}: ${(error as Error).message}`);
    }
  }

  /** Chores that failed, in order. */
  readonly failures: string[] = [];

  /** Plots asked for in vain are asked for again. Of the calls of clients that are there, only those that matter are made. */
  private async doubts() {
    const now = this.world.clock.now();
    const due = await this.world.query<{ nodeId: string }>(
      `SELECT DISTINCT "nodeId" FROM doubts WHERE "closedAt" IS NULL AND "askAt" <= $1`,
      [now],
    );
    if (due.length === 0) return;
    const doubted = new Set(due.map((row) => row.nodeId));
    await inParallel(
      this.clients.filter((client) => client.up && doubted.has(client.nodeId)),
      (client) => client.ask(),
    );
    await this.world.chore('doubts');
    await this.answerRounds();
    await this.world.chore('close-rounds');
    await this.world.chore('doubts');
  }

  /** Every client answers what it was asked, each at its own time; afterwards the rounds are over. */
  async answerRounds(): Promise<void> {
    const sentMs = this.doors.nowMs();
    const planned = this.clients.flatMap((client) => client.plan());
    if (planned.length === 0) return;
    const times = new Map<number, PlannedAnswer[]>();
    for (const answer of planned) {
      const same = times.get(answer.afterMs);
      if (same) same.push(answer);
      else times.set(answer.afterMs, [answer]);
    }
    for (const afterMs of [...times.keys()].sort((a, b) => a - b)) {
      this.world.clock.moveTo(sentMs + afterMs);
      await inParallel(times.get(afterMs)!, (answer) => answer.from.send(answer));
    }
    this.answers += planned.length;
    this.world.clock.moveTo(sentMs + ROUND_OVER_MS);
  }

  end(): Promise<void> {
    return this.world.end();
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>) {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane));
}
