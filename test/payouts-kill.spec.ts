import { expect, test } from 'vitest';
import { ChainError, type ChainPort } from '#libs/settlement';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { World } from './support/world.js';

/** The full round is CROFT_KILL_RUNS=200. Repeat one with CROFT_SEED. */
const RUNS = Number(process.env.CROFT_KILL_RUNS ?? 5);
const seed = Number(process.env.CROFT_SEED ?? Math.floor(Math.random() * 2 ** 32));

/** Numbers 0 … below-1, from a linear congruential generator (Numerical Recipes), high bits. */
function dice(state: number) {
  let at = state >>> 0;
  return (below: number): number => {
    at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
    return Math.floor((at / 2 ** 32) * below);
  };
}

/** Every step of the sender touches the chain; here it can end with any of them, before or after it took effect. */
class MortalChain {
  private left = Number.POSITIVE_INFINITY;
  private afterEffect = false;
  dead = false;

  constructor(chain: ChainPort) {
    const port = chain as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const methods = ['call', 'estimateGas', 'feeData', 'broadcast', 'getReceipt', 'getBlock', 'blockNumber'];
    for (const name of [...methods, 'getTransactionCount', 'getLogs', 'getTransaction', 'tokenBalance']) {
      const alive = port[name]!.bind(chain);
      port[name] = (...args) => this.step(() => alive(...args));
    }
  }

  dieAt(call: number, afterEffect: boolean): void {
    this.left = call;
    this.afterEffect = afterEffect;
  }

  revive(): void {
    this.dead = false;
    this.left = Number.POSITIVE_INFINITY;
  }

  private async step(work: () => Promise<unknown>): Promise<unknown> {
    const gone = () => new ChainError('chain_unreachable', 'the process has ended');
    if (this.dead) throw gone();
    if (--this.left > 0) return work();
    this.dead = true;
    if (this.afterEffect) await work();
    throw gone();
  }
}

test(
  `${RUNS} epochs paid by a sender that ends at random steps: each account exactly once (seed ${seed})`,
  async () => {
    const random = dice(seed);
    const world = await World.begin();
    try {
      const campaignId = await world.campaign({ plotTarget: 0 });
      await world.chore('funding');
      const people: Person[] = [await world.person(), await world.person(), await world.person()];
      const earned = people.map(() => 0n);
      const mortal = new MortalChain(world.chain.chain);
      let kills = 0;
      for (let epoch = 0; epoch < RUNS; epoch++) {
        const amounts = people.map((person) => [person, BigInt(1 + random(1000)) * (TOKEN / 100n)] as const);
        await earnEpoch(world, campaignId, epoch, amounts);
        for (const [i, [, amount]] of amounts.entries()) earned[i] = earned[i]! + amount;
        for (let tries = 0; ; tries++) {
          if (tries === 60) throw new Error(`epoch ${epoch} was not paid`);
          // few kills are enough once it has been at it for long
          if (tries < 15) mortal.dieAt(1 + random(45), random(2) === 1);
          await world.chore('payouts').catch(() => {});
          if (mortal.dead) {
            kills++;
            await world.stopCenter();
            mortal.revive();
            await world.startCenter();
          }
          mortal.revive();
          const paid = await world.count(`payout_roots WHERE state = 'paid'`);
          if (paid === epoch + 1) break;
        }
        for (const [i, person] of people.entries())
          expect(await world.chain.chain.tokenBalance(world.chain.token, person.wallet.address)).toBe(
            earned[i],
          );
      }
      expect(await world.count(`payouts WHERE state = 'confirmed'`)).toBe(RUNS * people.length);
      console.log(`${kills} kills in ${RUNS} epochs`);
      expect(kills).toBeGreaterThan(RUNS);
    } finally {
      await world.end();
    }
  },
  Math.max(120_000, RUNS * 10_000),
);
