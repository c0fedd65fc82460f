import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK, unitsAt, vectorSum } from './amount-vector.js';
import { buildPayoutTree } from './build-payout-tree.js';
import type { PayoutEntry, PayoutTree } from './payout-tree.js';
import { applyClaim, planPushes, vectorHash } from './push-plan.js';
import { type CampaignFixture, Fault, payee, startCampaign, UNIT } from './testing/campaign-fixture.js';

/** Places over three chunks, one of them without neighbours. */
const indices = [0, 1, 127, 128, 200, 300];

type Action =
  | { kind: 'publish'; units: number[] }
  | { kind: 'push'; skip: number[] }
  | { kind: 'replay' }
  | { kind: 'claim'; index: number }
  | { kind: 'fault'; index: number; fault: number };

const indexOf = fc.constantFrom(...indices);
const action: fc.Arbitrary<Action> = fc.oneof(
  // whole new amounts, so that many of them are lower than before
  fc.record({
    kind: fc.constant('publish' as const),
    units: fc.array(fc.integer({ min: 0, max: 5000 }), {
      minLength: indices.length,
      maxLength: indices.length,
    }),
  }),
  fc.record({ kind: fc.constant('push' as const), skip: fc.subarray(indices, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('replay' as const) }),
  fc.record({ kind: fc.constant('claim' as const), index: indexOf }),
  fc.record({
    kind: fc.constant('fault' as const),
    index: indexOf,
    fault: fc.constantFrom(Fault.None, Fault.Revert, Fault.ReturnFalse, Fault.BurnGas),
  }),
);

/** A campaign with what the test must remember to judge it. */
class Story {
  tree: PayoutTree | null = null;
  readonly highest = new Map<number, bigint>();
  private readonly sent: { to: string; data: string }[] = [];

  constructor(readonly chain: CampaignFixture) {}

  async step(next: Action): Promise<void> {
    const { chain, tree } = this;
    if (next.kind === 'publish') return this.publish(next.units);
    if (next.kind === 'fault') return chain.setFault(payee(next.index), next.fault);
    if (!tree) return;
    const paidOf = (chunk: number) => chain.paid.get(chunk) ?? null;
    if (next.kind === 'push') {
      const skip = new Set(next.skip);
      const plan = planPushes(tree, paidOf, { skip });
      const outcomes = await chain.pushAll(tree, { skip });
      // a push in which anybody was paid can never be accepted again
      for (const [i, { units }] of outcomes.entries())
        if (units > 0n) this.sent.push(chain.calls.pushGroup(plan[i]!.group));
    }
    if (next.kind === 'replay')
      for (const call of this.sent) await expect(chain.simulate('stranger', call)).rejects.toThrow();
    if (next.kind === 'claim') await this.claim(next.index, tree);
  }

  private async publish(units: number[]): Promise<void> {
    const entries: PayoutEntry[] = indices.map((index, i) => ({
      index,
      account: payee(index),
      units: BigInt(units[i]!),
    }));
    this.tree = buildPayoutTree(entries);
    await this.chain.publish(this.tree);
    for (const entry of entries)
      if (entry.units > (this.highest.get(entry.index) ?? 0n)) this.highest.set(entry.index, entry.units);
  }

  private async claim(index: number, tree: PayoutTree): Promise<void> {
    const { chain } = this;
    const chunk = Math.floor(index / CHUNK);
    const paid = chain.paid.get(chunk) ?? null;
    const proof = tree.claimProof(index);
    const call = chain.calls.claim(proof, paid);
    const due = proof.units - (paid ? unitsAt(paid, index % CHUNK) : 0n);
    const outcome = await chain.send('stranger', { ...call, gasLimit: 3_000_000n }).catch(() => null);
    if (due <= 0n) expect(outcome).toBeNull();
    if (outcome) chain.paid.set(chunk, applyClaim(paid, index, proof.units));
  }

  async judge(): Promise<void> {
    const { chain } = this;
    const state = await chain.campaign.state();
    let sum = 0n;
    for (const [chunk, vector] of chain.paid) {
      sum += vectorSum(vector);
      expect(await chain.campaign.applied(chunk)).toBe(vectorHash(vector));
    }
    expect(state.paidUnits).toBe(sum);
    expect(state.paidUnits).toBeLessThanOrEqual(state.totalUnits);
    expect(state.tokenBalance).toBeGreaterThanOrEqual((state.totalUnits - state.paidUnits) * UNIT);
    for (const index of indices) {
      const vector = chain.paid.get(Math.floor(index / CHUNK));
      const paid = vector ? unitsAt(vector, index % CHUNK) : 0n;
      expect(await chain.balance(payee(index))).toBe(paid * UNIT);
      expect(paid).toBeLessThanOrEqual(this.highest.get(index) ?? 0n);
    }
  }
}

test('whatever is published, pushed, replayed and claimed: paid is what arrived and never more than approved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 16 }), async (actions) => {
      const chain = await startCampaign();
      try {
        const story = new Story(chain);
        await story.step({ kind: 'publish', units: indices.map((index) => index + 1) });
        for (const next of actions) {
          await story.step(next);
          await story.judge();
        }
      } finally {
        await chain.stop();
      }
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 240_000);
