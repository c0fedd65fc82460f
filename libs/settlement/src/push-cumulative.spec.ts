import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPayoutTree } from './build-payout-tree.js';
import { planPushes, vectorHash } from './push-plan.js';
import {
  type CampaignFixture,
  entry,
  payee,
  reverts,
  startCampaign,
  UNIT,
} from './testing/campaign-fixture.js';

describe('a campaign without delays', () => {
  let chain: CampaignFixture;
  beforeAll(async () => {
    chain = await startCampaign();
  });
  afterAll(() => chain.stop());

  test('two roots are cumulative; a batch that was paid reverts when it is sent again', async () => {
    const first = buildPayoutTree([entry(0, 100), entry(1, 200), entry(130, 300)]);
    const epoch = await chain.publish(first);
    const [group] = planPushes(first, () => null);
    const [outcome] = await chain.pushAll(first);
    expect(outcome).toMatchObject({ epoch, firstChunk: 0, units: 600n, failed: [] });
    expect(outcome!.payments.map(({ index, units }) => [index, units])).toEqual([
      [0, 100n],
      [1, 200n],
      [130, 300n],
    ]);
    expect(await chain.balance(payee(130))).toBe(300n * UNIT);
    await expect(chain.simulate('proposer', chain.calls.pushGroup(group!.group))).rejects.toThrow(
      reverts('StaleVector'),
    );

    const second = buildPayoutTree([entry(0, 150), entry(1, 200), entry(130, 301)]);
    await chain.publish(second);
    const [update] = planPushes(second, (chunk) => chain.paid.get(chunk) ?? null);
    const [again] = await chain.pushAll(second);
    await expect(chain.simulate('proposer', chain.calls.pushGroup(update!.group))).rejects.toThrow(
      reverts('StaleVector'),
    );
    expect(again!.payments.map(({ index, units }) => [index, units])).toEqual([
      [0, 50n],
      [130, 1n],
    ]);
    expect(await chain.balance(payee(0))).toBe(150n * UNIT);
    const state = await chain.campaign.state();
    expect(state).toMatchObject({ root: second.root, paidUnits: 651n, totalUnits: 651n, pending: null });
    expect(await chain.campaign.applied(0)).toBe(vectorHash(chain.paid.get(0)!));
  });

  test('a root that lowers an amount does not lower what was paid, so a later root pays only the rest', async () => {
    const high = buildPayoutTree([entry(0, 1000), entry(1, 200), entry(130, 301)]);
    await chain.publish(high);
    await chain.pushAll(high);
    const low = buildPayoutTree([entry(0, 10), entry(1, 210), entry(130, 301)]);
    await chain.publish(low);
    const [outcome] = await chain.pushAll(low);
    expect(outcome!.payments.map(({ index, units }) => [index, units])).toEqual([[1, 10n]]);
    const back = buildPayoutTree([entry(0, 1001), entry(1, 210), entry(130, 301)]);
    await chain.publish(back);
    const [last] = await chain.pushAll(back);
    expect(last!.payments.map(({ index, units }) => [index, units])).toEqual([[0, 1n]]);
    expect(await chain.balance(payee(0))).toBe(1001n * UNIT);
  });
});
