import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPayoutTree } from './build-payout-tree.js';
import { ChainError } from './errors.js';
import { applyClaim, groupPush, vectorHash } from './push-plan.js';
import { parsePushReceipt } from './push-receipt.js';
import {
  type CampaignFixture,
  DATA_HASH,
  entry,
  Fault,
  faultyToken,
  payee,
  reverts,
  startCampaign,
  UNIT,
} from './testing/campaign-fixture.js';

describe('payees that fail', () => {
  let chain: CampaignFixture;
  beforeAll(async () => {
    chain = await startCampaign();
  });
  afterAll(() => chain.stop());
  const entries = Array.from({ length: 10 }, (_, i) => entry(i, 10 * (i + 1)));
  const tree = buildPayoutTree(entries);

  test.each(['Revert', 'ReturnFalse', 'BurnGas', 'ReturnBomb', 'Reenter'] as const)(
    '%s: the others are paid, the failed one later and once',
    async (name) => {
      const { publish, pushAll, balance, setFault } = chain;
      const bad = payee(3);
      await setFault(bad, Fault[name]);
      const before = await balance(bad);
      const sum = (await chain.campaign.state()).paidUnits;
      const more = BigInt((await chain.campaign.state()).epoch + 1) * 1000n;
      const next = buildPayoutTree(entries.map((e) => ({ ...e, units: e.units + more })));
      await publish(next);
      const reentry = chain.calls.pushGroup(groupPush(next, 0, 1, (chunk) => chain.paid.get(chunk) ?? null));
      await chain.send('stranger', {
        to: chain.token,
        data: faultyToken.encodeFunctionData('setReentry', [reentry.data]),
      });
      const [outcome] = await pushAll(next);
      expect(outcome!.failed.map(({ index }) => index)).toEqual([3]);
      expect(outcome!.payments.map(({ index }) => index)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
      expect(await balance(bad)).toBe(before);
      expect(await chain.campaign.applied(0)).toBe(vectorHash(chain.paid.get(0)!));

      await setFault(bad, Fault.ReturnNothing); // like older tokens; counts as paid
      const [retry] = await pushAll(next);
      expect(retry).toMatchObject({ failed: [], payments: [{ index: 3, units: outcome!.failed[0]!.units }] });
      expect(await balance(bad)).toBe((entries[3]!.units + more) * UNIT);
      expect((await chain.campaign.state()).paidUnits).toBeGreaterThan(sum);
      await setFault(bad, Fault.None);
    },
  );

  test('skipped payees keep what they have and are paid by the next push', async () => {
    const next = buildPayoutTree(entries.map((e) => ({ ...e, units: e.units + 600_000n })));
    await chain.publish(next);
    const [outcome] = await chain.pushAll(next, { skip: new Set([0, 9]) });
    expect(outcome!.payments.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await chain.campaign.applied(0)).toBe(vectorHash(chain.paid.get(0)!));
    const [rest] = await chain.pushAll(next);
    expect(rest!.payments.map(({ index }) => index)).toEqual([0, 9]);
    expect(tree.chunkCount).toBe(1);
  });

  test('a book push pays the same, and a wrong book reverts', async () => {
    const next = buildPayoutTree(entries.map((e) => ({ ...e, units: e.units + 700_000n })));
    await chain.publish(next);
    const group = groupPush(next, 0, 1, (chunk) => chain.paid.get(chunk) ?? null);
    const written = await chain.send('stranger', chain.calls.writeBook(next.chunk(0).addresses));
    const book = `0x${written.logs[0]!.data.slice(-40)}`;
    await expect(chain.simulate('stranger', chain.calls.pushGroupBook(group, [chain.token]))).rejects.toThrow(
      reverts('InvalidProof'),
    );
    const call = chain.calls.pushGroupBook(group, [book]);
    const receipt = await chain.send('proposer', call);
    const context = { campaign: chain.campaign.address, token: chain.token, unitSize: UNIT };
    expect(() => parsePushReceipt(context, call.data, receipt)).toThrow(
      expect.objectContaining({ code: 'addresses_needed' }),
    );
    const outcome = parsePushReceipt(
      { ...context, addressesOf: (chunk) => next.chunk(chunk).addresses },
      call.data,
      receipt,
    );
    expect(outcome.payments).toHaveLength(10);
    for (const { chunk, paid } of outcome.vectors) chain.paid.set(chunk, paid);
    expect(await chain.campaign.applied(0)).toBe(vectorHash(chain.paid.get(0)!));
  });

  test('a receipt whose events are not its payments is refused', async () => {
    const next = buildPayoutTree(entries.map((e) => ({ ...e, units: e.units + 800_000n })));
    await chain.publish(next);
    const call = chain.calls.pushGroup(groupPush(next, 0, 1, (chunk) => chain.paid.get(chunk) ?? null));
    const receipt = await chain.send('proposer', call);
    const context = { campaign: chain.campaign.address, token: chain.token, unitSize: UNIT };
    const parse =
      (changed: object, data = call.data) =>
      () =>
        parsePushReceipt(context, data, { ...receipt, ...changed });
    expect(parse({})().payments).toHaveLength(10);
    expect(parse({ logs: receipt.logs.slice(1) })).toThrow(
      expect.objectContaining({ code: 'receipt_mismatch' }),
    );
    expect(parse({ logs: receipt.logs.slice(0, -1) })).toThrow(
      expect.objectContaining({ code: 'receipt_mismatch' }),
    );
    expect(parse({ status: 'reverted' })).toThrow(expect.objectContaining({ code: 'transaction_reverted' }));
    expect(parse({ to: chain.token })).toThrow(expect.objectContaining({ code: 'not_a_push' }));
    expect(parse({}, '0x12345678')).toThrow(expect.objectContaining({ code: 'not_a_push' }));
  });
});

describe('a campaign with a generous gas allowance a transfer', () => {
  let chain: CampaignFixture;
  beforeAll(async () => {
    chain = await startCampaign({ transferGas: 1_000_000 });
  });
  afterAll(() => chain.stop());

  test('a push with too little gas reverts instead of starving a payee', async () => {
    const tree = buildPayoutTree([entry(0, 1)]);
    await chain.setFault(payee(0), Fault.Costly);
    await chain.publish(tree);
    const call = chain.calls.pushGroup(groupPush(tree, 0, 1, () => null));
    const names = new Set<string>();
    for (let gas = 700_000n; gas < 1_100_000n; gas += 10_000n) {
      const fault = await chain.simulate('stranger', { ...call, gas }).catch((error: ChainError) => error);
      if (fault instanceof ChainError) names.add(fault.revert?.name ?? 'out of gas');
      else {
        const receipt = await chain.send('stranger', { ...call, gasLimit: gas });
        const context = { campaign: chain.campaign.address, token: chain.token, unitSize: UNIT };
        expect(parsePushReceipt(context, call.data, receipt).failed).toEqual([]);
        break;
      }
    }
    expect(names).toContain('LowGas');
    expect(await chain.balance(payee(0))).toBe(UNIT);
  });

  test('a payee cannot re-enter, not even for another chunk', async () => {
    await chain.setFault(payee(0), Fault.None);
    const next = buildPayoutTree([entry(0, 1), entry(3, 5), entry(4, 6), entry(128, 5)]);
    await chain.publish(next);
    chain.paid.set(0, applyClaim(null, 0, 1n)); // by the test before
    const other = chain.calls.pushGroup(groupPush(next, 1, 1, () => null));
    const setReentry = faultyToken.encodeFunctionData('setReentry', [other.data]);
    await chain.send('stranger', { to: chain.token, data: setReentry });
    await chain.setFault(payee(3), Fault.Reenter);
    const call = chain.calls.pushGroup(groupPush(next, 0, 1, (chunk) => chain.paid.get(chunk) ?? null));
    const context = { campaign: chain.campaign.address, token: chain.token, unitSize: UNIT };
    const receipt = await chain.send('proposer', { ...call, gasLimit: 5_000_000n });
    const outcome = parsePushReceipt(context, call.data, receipt);
    expect(outcome.failed.map(({ index }) => index)).toEqual([3]);
    expect(outcome.payments.map(({ index }) => index)).toEqual([4]);
    expect(await chain.balance(payee(128))).toBe(0n);
    await chain.simulate('stranger', other);
  });

  test('a total that is too small lets nobody be paid beyond it', async () => {
    const { calls, simulate, send } = chain;
    const { root: prevRoot, epoch } = await chain.campaign.state();
    const tree = buildPayoutTree([entry(0, 50), entry(128, 10)]);
    const proposal = { epoch: epoch + 1, prevRoot, root: tree.root, dataHash: DATA_HASH };
    const below = { ...proposal, totalUnits: 0n };
    await expect(simulate('proposer', calls.propose(below))).rejects.toThrow(reverts('TotalBelowPaid'));
    const small = { ...proposal, totalUnits: 10n };
    await send('proposer', calls.propose(small));
    await send('approver', calls.approve(small));
    await send('stranger', calls.activate(tree.root));
    await chain.setFault(payee(0), Fault.None);
    const push = calls.pushGroup(groupPush(tree, 1, 1, () => null));
    await expect(simulate('stranger', push)).rejects.toThrow(reverts('OverTotal'));
    await expect(simulate('stranger', calls.claim(tree.claimProof(128), null))).rejects.toThrow(
      reverts('OverTotal'),
    );
  });
});
