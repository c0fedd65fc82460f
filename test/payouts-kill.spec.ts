import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import { type PayerKeys, PayerProcess, payerKeys, removePayerKeys } from './support/payer-process.js';
import type { Person } from './support/person.js';
import { World } from './support/world.js';

/** The full round is CROFT_KILL_RUNS=200. Repeat one with CROFT_SEED. */
const RUNS = Number(process.env.CROFT_KILL_RUNS ?? 6);
const seed = Number(process.env.CROFT_SEED ?? Math.floor(Math.random() * 2 ** 32));

/** Numbers 0 … below-1, from a linear congruential generator (Numerical Recipes), high bits. */
function dice(state: number) {
  let at = state >>> 0;
  return (below: number): number => {
    at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
    return Math.floor((at / 2 ** 32) * below);
  };
}

/**
 * Two payers at once, of which one has the lock. Each is killed at some step of its own, so that now the one and now
 * the other takes over, whose replacement starts meanwhile.
 */
class Payers {
  kills = 0;
  private readonly alive = new Set<PayerProcess>();
  private readonly starting = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly world: World,
    private readonly keys: PayerKeys,
    private readonly random: (below: number) => number,
  ) {}

  async start(): Promise<void> {
    await Promise.all([this.one(), this.one()]);
  }

  /** One of the payers gets a moment to be killed at; it may have the lock, or take it over before that. */
  arm(): void {
    const payers = [...this.alive];
    payers[this.random(payers.length)]?.dieAt(this.moment());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.allSettled(this.starting);
    await Promise.all([...this.alive].map((payer) => payer.end()));
  }

  story(): string {
    return [...this.alive].map((payer) => payer.story()).join('\n---\n');
  }

  /** A pass that does something makes 10 to 45 calls. */
  private moment() {
    const { random } = this;
    return {
      calls: 1 + random(45),
      reachesChain: random(2) === 1,
      afterMs: random(3) === 0 ? random(12) : 0,
    };
  }

  private one(): Promise<void> {
    const start = PayerProcess.start(this.world, this.keys).then((payer) => {
      this.alive.add(payer);
      void payer.killed.then(() => {
        this.alive.delete(payer);
        if (this.stopped) return;
        this.kills++;
        void this.one();
      });
    });
    this.starting.add(start);
    return start.finally(() => this.starting.delete(start));
  }
}

test(
  `${RUNS} epochs paid by processes that are killed at random steps: each account exactly once (seed ${seed})`,
  async () => {
    const random = dice(seed);
    const keys = payerKeys();
    const world = await World.begin();
    const payers = new Payers(world, keys, random);
    try {
      const campaignId = await world.campaign({ plotTarget: 0 });
      await world.chore('funding');
      const people: Person[] = [await world.person(), await world.person(), await world.person()];
      const ids = await Promise.all(
        people.map(async (person) => (await person.must<{ id: string }>('GET', '/me')).id),
      );
      const earned = people.map(() => 0n);
      await payers.start();
      for (let epoch = 0; epoch < RUNS; epoch++) {
        const amounts = people.map((person) => [person, BigInt(1 + random(1000)) * (TOKEN / 100n)] as const);
        payers.arm();
        await earnEpoch(world, campaignId, epoch, amounts);
        for (const [i, [, amount]] of amounts.entries()) earned[i] = earned[i]! + amount;
        const deadline = performance.now() + 200_000;
        while ((await world.count(`payout_roots WHERE state = 'paid'`)) <= epoch) {
          if (performance.now() > deadline) throw new Error(`epoch ${epoch} was not paid\n${payers.story()}`);
          await sleep(25);
        }
        const booked = new Map(
          (
            await world.query<{ owner: string; sum: string }>(
              `SELECT owner, SUM(amount) AS sum FROM ledger_postings WHERE account = 'contributor:paid' GROUP BY owner`,
            )
          ).map(({ owner, sum }) => [owner, BigInt(sum)]),
        );
        for (const [i, person] of people.entries()) {
          const onChain = await world.chain.chain.tokenBalance(world.chain.token, person.wallet.address);
          expect([onChain, booked.get(ids[i]!)]).toEqual([earned[i], earned[i]]);
        }
      }
      expect(await world.count(`payouts WHERE state = 'confirmed'`)).toBe(RUNS * people.length);
      console.log(`${payers.kills} kills in ${RUNS} epochs`);
      // who does not have the lock makes no calls, and lives on
      expect(payers.kills).toBeGreaterThanOrEqual(Math.floor(RUNS / 4));
    } finally {
      await payers.stop();
      await world.end();
      removePayerKeys(keys);
    }
  },
  Math.max(300_000, RUNS * 60_000),
);

test(
  `${RUNS} epochs of cheques by processes that are killed at random steps: each is issued once (seed ${seed})`,
  async () => {
    const random = dice(seed);
    const keys = payerKeys();
    const world = await World.begin();
    const payers = new Payers(world, keys, random);
    try {
      const campaignId = await world.campaign({
        plotTarget: 0,
        payoutKind: 'cheques',
        payoutContract: await world.chain.chequebook(100_000n * TOKEN),
        disputeSeconds: 0,
      });
      await world.chore('funding');
      const people: Person[] = [await world.person(), await world.person(), await world.person()];
      await payers.start();
      let earned = 0n;
      for (let epoch = 0; epoch < RUNS; epoch++) {
        const amounts = people.map((person) => [person, BigInt(1 + random(1000)) * (TOKEN / 100n)] as const);
        payers.arm();
        await earnEpoch(world, campaignId, epoch, amounts);
        for (const [, amount] of amounts) earned += amount;
        const deadline = performance.now() + 200_000;
        while ((await world.count('cheques WHERE signature IS NOT NULL')) < (epoch + 1) * people.length) {
          if (performance.now() > deadline)
            throw new Error(`epoch ${epoch} is not in cheques\n${payers.story()}`);
          await sleep(25);
        }
        const [booked] = await world.query<{ sum: string }>(
          `SELECT SUM(amount) AS sum FROM ledger_postings WHERE account = 'contributor:published'`,
        );
        expect(booked!.sum).toBe(`${earned}`);
      }
      const rows = await world.query<Cheque>('SELECT * FROM cheques');
      expect(rows).toHaveLength(RUNS * people.length);
      for (const { signature, cumulativePayout, ...row } of rows) {
        const terms = { ...row, token: world.chain.token, cumulativePayout: BigInt(cumulativePayout) };
        expect((await world.chain.issuer.signCheque(terms)).signature).toBe(signature);
      }
      console.log(`${payers.kills} kills in ${RUNS} epochs of cheques`);
    } finally {
      await payers.stop();
      await world.end();
      removePayerKeys(keys);
    }
  },
  Math.max(300_000, RUNS * 60_000),
);

type Cheque = Record<'chequebook' | 'beneficiary' | 'cumulativePayout' | 'signature', string> & {
  chainId: number;
};
