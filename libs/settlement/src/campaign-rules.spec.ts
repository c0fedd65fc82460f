import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPayoutTree } from './build-payout-tree.js';
import { applyClaim, groupPush, vectorHash } from './push-plan.js';
import { parseClaimLogs } from './push-receipt.js';
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

  test('new keys void what the old ones had proposed', async () => {
    const { calls, send } = chain;
    const { proposer, approver, guardian } = chain.wallets;
    await send('proposer', calls.propose(proposal));
    await send('approver', calls.approve(proposal));
    await send('admin', calls.setRoles(proposer.address, approver.address, guardian.address));
    expect((await chain.campaign.state()).pending).toBeNull();
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
