import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChainError } from './errors.js';
import { buildPayoutTree, type PayoutEntry } from './payout-tree.js';
import { applyClaim, groupPush, planPushes, vectorHash } from './push-plan.js';
import { parseClaimLogs, parsePushReceipt } from './push-receipt.js';
import {
  type CampaignFixture,
  DATA_HASH,
  Fault,
  faultyToken,
  startCampaign,
  UNIT,
} from './testing/campaign-fixture.js';

const payee = (i: number): string => `0x${(0xc0ffee0000 + i).toString(16).padStart(40, '0')}`;
const entry = (index: number, units: number): PayoutEntry => ({
  index,
  account: payee(index),
  units: BigInt(units),
});
const reverts = (name: string) =>
  expect.objectContaining({ code: 'would_revert', revert: expect.objectContaining({ name }) });

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

  test('a payee cannot re-enter for another chunk either', async () => {
    const more = 500_000n;
    const next = buildPayoutTree([...entries.map((e) => ({ ...e, units: e.units + more })), entry(128, 5)]);
    await chain.publish(next);
    const other = chain.calls.pushGroup(groupPush(next, 1, 1, () => null));
    const setReentry = faultyToken.encodeFunctionData('setReentry', [other.data]);
    await chain.send('stranger', { to: chain.token, data: setReentry });
    await chain.simulate('stranger', other);
    await chain.setFault(payee(3), Fault.Reenter);
    const call = chain.calls.pushGroup(groupPush(next, 0, 1, (chunk) => chain.paid.get(chunk) ?? null));
    const outcome = parsePushReceipt(
      { campaign: chain.campaign.address, token: chain.token, unitSize: UNIT },
      call.data,
      await chain.send('proposer', { ...call, gasLimit: 5_000_000n }),
    );
    expect(outcome.failed.map(({ index }) => index)).toEqual([3]);
    for (const { chunk, paid } of outcome.vectors) chain.paid.set(chunk, paid);
    await chain.setFault(payee(3), Fault.None);
    await chain.pushAll(next);
  });

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

describe('a campaign with delays and limits', () => {
  let chain: CampaignFixture;
  beforeAll(async () => {
    chain = await startCampaign(
      { activationDelaySeconds: 3600, claimDelaySeconds: 86_400, closeGraceSeconds: 1000, epochLimit: 1000n },
      10n ** 15n * 3n,
    );
  });
  afterAll(() => chain.stop());
  const tree = buildPayoutTree([entry(0, 100), entry(1, 200)]);
  const proposal = {
    epoch: 1,
    prevRoot: `0x${'00'.repeat(32)}`,
    root: tree.root,
    totalUnits: 300n,
    dataHash: DATA_HASH,
  };

  test('each step belongs to one role', async () => {
    const { calls, simulate, send } = chain;
    for (const role of ['admin', 'approver', 'guardian', 'stranger'] as const)
      await expect(simulate(role, calls.propose(proposal))).rejects.toThrow(reverts('Unauthorized'));
    await send('proposer', calls.propose(proposal));
    for (const role of ['admin', 'proposer', 'guardian', 'stranger'] as const)
      await expect(simulate(role, calls.approve(proposal))).rejects.toThrow(reverts('Unauthorized'));
    for (const role of ['proposer', 'approver', 'stranger'] as const) {
      await expect(simulate(role, calls.veto(tree.root))).rejects.toThrow(reverts('Unauthorized'));
      await expect(simulate(role, calls.pause())).rejects.toThrow(reverts('Unauthorized'));
    }
    for (const role of ['proposer', 'approver', 'guardian', 'stranger'] as const) {
      await expect(simulate(role, calls.unpause())).rejects.toThrow(reverts('Unauthorized'));
      await expect(simulate(role, calls.close())).rejects.toThrow(reverts('Unauthorized'));
      await expect(simulate(role, calls.sweep(chain.token, payee(9)))).rejects.toThrow(
        reverts('Unauthorized'),
      );
      await expect(simulate(role, calls.setEpochLimit(1n))).rejects.toThrow(reverts('Unauthorized'));
    }
    const { admin, proposer, approver, guardian } = chain.wallets;
    expect(await chain.campaign.roles()).toEqual({
      admin: admin.address,
      proposer: proposer.address,
      approver: approver.address,
      guardian: guardian.address,
    });
    await expect(
      simulate('admin', calls.setRoles(proposer.address, proposer.address, guardian.address)),
    ).rejects.toThrow(reverts('RolesMustDiffer'));
  });

  test('approval names exactly what was proposed; a vetoed root cannot come back by itself', async () => {
    const { calls, simulate, send } = chain;
    await expect(simulate('approver', calls.approve({ ...proposal, totalUnits: 301n }))).rejects.toThrow(
      reverts('RootNotPending'),
    );
    await expect(simulate('stranger', calls.activate(tree.root))).rejects.toThrow(reverts('NotApproved'));
    await send('approver', calls.approve(proposal));
    await expect(simulate('proposer', calls.propose(proposal))).rejects.toThrow(reverts('RootPending'));
    await expect(simulate('stranger', calls.activate(tree.root))).rejects.toThrow(reverts('TooEarly'));
    const { pending } = await chain.campaign.state();
    expect(pending!.activeFrom).toBe(pending!.approvedAt! + 3600);
    await send('guardian', calls.veto(tree.root));
    await chain.wait(3601);
    await expect(simulate('stranger', calls.activate(tree.root))).rejects.toThrow(reverts('RootNotPending'));
  });

  test('prevRoot, epoch, limit and solvency are checked', async () => {
    const { calls, simulate, send } = chain;
    const propose = (change: object) => simulate('proposer', calls.propose({ ...proposal, ...change }));
    await expect(propose({ prevRoot: tree.root })).rejects.toThrow(reverts('WrongPrevRoot'));
    await expect(propose({ epoch: 0 })).rejects.toThrow(reverts('WrongEpoch'));
    await expect(propose({ totalUnits: 1001n })).rejects.toThrow(reverts('OverEpochLimit'));
    await expect(propose({ root: `0x${'00'.repeat(32)}` })).rejects.toThrow(reverts('InvalidRoot'));
    // the contract holds 1500 units; a raised limit allows the root, the balance does not
    await send('admin', calls.setEpochLimit(5000n));
    const large = { ...proposal, totalUnits: 1501n };
    await send('proposer', calls.propose(large));
    await send('approver', calls.approve(large));
    await chain.wait(3601);
    await expect(simulate('stranger', calls.activate(tree.root))).rejects.toThrow(reverts('Insolvent'));
    await send('guardian', calls.veto(tree.root));
  });

  test('a pause stops pushes and claims, ends by the admin or by itself', async () => {
    const { calls, simulate, send } = chain;
    await send('proposer', calls.propose(proposal));
    await send('approver', calls.approve(proposal));
    await chain.wait(3601);
    await send('stranger', calls.activate(tree.root));
    const push = calls.pushGroup(groupPush(tree, 0, 1, () => null));
    await send('guardian', calls.pause());
    await expect(simulate('proposer', push)).rejects.toThrow(reverts('CampaignPaused'));
    await expect(simulate('stranger', calls.claim(tree.claimProof(0), null))).rejects.toThrow(
      reverts('CampaignPaused'),
    );
    await send('admin', calls.unpause());
    await simulate('proposer', push);
    await send('guardian', calls.pause());
    await chain.wait(30 * 86_400);
    await simulate('proposer', push);
  });

  test('a claim pays once, opens after its delay, and makes a prepared push stale', async () => {
    const { calls, simulate, send } = chain;
    const state = await chain.campaign.state();
    expect(state.claimsOpenAt).toBeGreaterThan(0);
    const proof = tree.claimProof(1);
    const prepared = calls.pushGroup(groupPush(tree, 0, 1, () => null));
    const receipt = await send('stranger', calls.claim(proof, null));
    const [claim] = parseClaimLogs(chain.campaign.address, receipt.logs);
    expect(claim).toMatchObject({ index: 1, units: 200n, recipient: claim!.account });
    expect(await chain.balance(payee(1))).toBe(200n * UNIT);
    await expect(simulate('proposer', prepared)).rejects.toThrow(reverts('StaleVector'));
    chain.paid.set(0, applyClaim(null, 1, 200n));
    expect(await chain.campaign.applied(0)).toBe(vectorHash(chain.paid.get(0)!));
    await expect(simulate('stranger', calls.claim(proof, null))).rejects.toThrow(reverts('StaleVector'));
    await expect(simulate('stranger', calls.claim(proof, chain.paid.get(0)!))).rejects.toThrow(
      reverts('NothingDue'),
    );
    const bad = { ...tree.claimProof(0), units: 101n };
    await expect(simulate('stranger', calls.claim(bad, chain.paid.get(0)!))).rejects.toThrow(
      reverts('InvalidProof'),
    );
    const shifted = { ...tree.claimProof(0), index: 128 };
    await expect(simulate('stranger', calls.claim(shifted, null))).rejects.toThrow(reverts('InvalidProof'));
    await expect(
      simulate('stranger', calls.claimTo(tree.claimProof(0), chain.paid.get(0)!, payee(5))),
    ).rejects.toThrow(reverts('Unauthorized'));
    const [outcome] = await chain.pushAll(tree);
    expect(outcome!.payments.map(({ index, units }) => [index, units])).toEqual([[0, 100n]]);
  });

  test('a chunk number with the same low bits is not the same chunk', async () => {
    const group = groupPush(tree, 0, 1, () => null);
    await expect(
      chain.simulate('proposer', chain.calls.pushGroup({ ...group, firstChunk: 1 })),
    ).rejects.toThrow(reverts('InvalidProof'));
  });

  test('claims close with an activation only after they were open for as long', async () => {
    const { calls, simulate, send } = chain;
    const activate = async (units: number) => {
      const { root: prevRoot, epoch } = await chain.campaign.state();
      const next = buildPayoutTree([entry(0, units), entry(1, 200)]);
      const p = { ...proposal, epoch: epoch + 1, prevRoot, root: next.root, totalUnits: next.totalUnits };
      await send('proposer', calls.propose(p));
      await send('approver', calls.approve(p));
      await chain.wait(3601);
      await send('stranger', calls.activate(next.root));
      return next;
    };
    const closed = await activate(101);
    const { claimsOpenAt } = await chain.campaign.state();
    const claim = (t: typeof tree) => simulate('stranger', calls.claim(t.claimProof(0), chain.paid.get(0)!));
    await expect(claim(closed)).rejects.toThrow(reverts('TooEarly'));
    await activate(102);
    expect((await chain.campaign.state()).claimsOpenAt).toBe(claimsOpenAt);
    await chain.wait(86_400);
    const open = await activate(103);
    await claim(open);
    expect((await chain.campaign.state()).claimsOpenAt).toBe(claimsOpenAt);
    await chain.pushAll(open);
  });

  test('only the surplus can be swept, everything only after close and grace; fees at funding are refused', async () => {
    const { calls, simulate, send } = chain;
    await send('admin', calls.sweep(chain.token, payee(9)));
    expect(await chain.balance(payee(9))).toBe((1500n - 303n) * UNIT);
    await expect(simulate('admin', calls.sweep(chain.token, payee(9)))).rejects.toThrow(reverts('Insolvent'));
    const approve = faultyToken.encodeFunctionData('approve', [chain.campaign.address, 10n ** 15n]);
    await send('admin', { to: chain.token, data: approve });
    await chain.setFault(chain.campaign.address, Fault.KeepFee);
    await expect(simulate('admin', calls.fund(100n * UNIT))).rejects.toThrow(reverts('TransferFee'));
    await chain.setFault(chain.campaign.address, Fault.None);
    await send('admin', calls.fund(100n * UNIT));
    const { root: prevRoot } = await chain.campaign.state();
    const owed = buildPayoutTree([entry(0, 203), entry(1, 200)]);
    const p = { ...proposal, epoch: 9, prevRoot, root: owed.root, totalUnits: owed.totalUnits };
    await send('proposer', calls.propose(p));
    await send('approver', calls.approve(p));
    await chain.wait(3601);
    await send('stranger', calls.activate(owed.root));
    await send('admin', calls.close());
    await expect(simulate('admin', calls.sweep(chain.token, payee(9)))).rejects.toThrow(reverts('Insolvent'));
    await expect(simulate('proposer', calls.propose({ ...p, epoch: 10 }))).rejects.toThrow(
      reverts('CampaignClosed'),
    );
    expect(await chain.campaign.reserved()).toBe(100n * UNIT);
    await chain.wait(1001);
    await send('admin', calls.sweep(chain.token, payee(9)));
    expect(await chain.balance(chain.campaign.address)).toBe(0n);
  });
});
