import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Answer,
  bytesToHex,
  CroftError,
  type ErrorCode,
  limits,
  newKeyPair,
  type PlotRegistration,
  type PlotTask,
  type RoundMessage,
  type SignedReceipt,
  type Task,
} from '#libs/protocol';
import type { Person } from './support/person.js';
import { RawNode } from './support/raw-node.js';
import { identityFor, RawPlot, registrationOf } from './support/raw-plot.js';
import { DEADLINE_MS, World } from './support/world.js';

describe('bad input gets its typed error and changes nothing', () => {
  let world: World;
  let person: Person;
  let node: RawNode;
  let other: RawNode;
  let otherPerson: Person;

  /** The call is refused with this code, and nothing that is kept differs afterwards. */
  const refused = async (code: ErrorCode, attempt: () => Promise<unknown>) => {
    const before = await world.contents();
    const result = await attempt().then(
      (value) => value,
      (error: unknown) => error,
    );
    expect(result).toBeInstanceOf(CroftError);
    expect((result as CroftError).code).toBe(code);
    expect(await world.contents()).toBe(before);
  };
  const refusedHttp = async (
    code: ErrorCode,
    status: number,
    who: Person,
    method: string,
    path: string,
    body?: unknown,
  ) => {
    const before = await world.contents();
    const answer = await who.call<{ code: string }>(method, path, body);
    expect([answer.status, answer.body?.code]).toEqual([status, code]);
    expect(await world.contents()).toBe(before);
  };
  const lease = async (raw: RawNode): Promise<PlotTask> => {
    await world.chore('queue');
    const { tasks } = await raw.call<{ tasks: Task[] }>('task:next', {});
    const plot = tasks.find((task): task is PlotTask => task.kind === 'plot');
    if (!plot) throw new Error('no plot lease');
    return plot;
  };

  beforeAll(async () => {
    world = await World.begin();
    await world.campaign({ plotTarget: 10 });
    person = await world.person();
    otherPerson = await world.person();
    node = await (await RawNode.pair(person)).connect();
    other = await (await RawNode.pair(otherPerson)).connect();
  });
  afterAll(async () => {
    node.close();
    other.close();
    await world.end();
  });

  describe('pairing', () => {
    const pair = (code: string, keys = newKeyPair()) => RawNode.request(code, keys);

    test('an unknown code', async () => {
      await refusedHttp('pairing_code_unknown', 404, person, 'POST', '/nodes/pair', pair('ABCD-EFGH'));
      await refusedHttp('pairing_code_unknown', 404, person, 'POST', '/nodes/pair', pair('nonsense!'));
    });
    test('a code that was used by another node; the same node gets its answer again', async () => {
      const code = await person.code();
      const keys = newKeyPair();
      const first = await person.must('POST', '/nodes/pair', pair(code, keys));
      expect(await person.must('POST', '/nodes/pair', pair(code, keys))).toEqual(first);
      await refusedHttp('pairing_code_used', 409, person, 'POST', '/nodes/pair', pair(code));
    });
    test('an expired code', async () => {
      const code = await person.code();
      world.clock.advance(15 * 60_000);
      await refusedHttp('pairing_code_expired', 410, person, 'POST', '/nodes/pair', pair(code));
    });
    test('a key that is paired already', async () => {
      const body = pair(await person.code(), node.keys);
      await refusedHttp('node_key_taken', 409, person, 'POST', '/nodes/pair', body);
    });
    test('a request signed by another key, or changed after signing', async () => {
      const body = pair(await person.code());
      const foreign = { ...body, publicKey: newKeyPair().publicKey };
      await refusedHttp('bad_signature', 401, person, 'POST', '/nodes/pair', foreign);
      await refusedHttp('bad_signature', 401, person, 'POST', '/nodes/pair', { ...body, roles: ['storer'] });
    });
    test('unknown and missing fields', async () => {
      const body = pair(await person.code());
      await refusedHttp('bad_request', 400, person, 'POST', '/nodes/pair', { ...body, more: 1 });
      await refusedHttp('bad_request', 400, person, 'POST', '/nodes/pair', { ...body, report: {} });
    });
  });

  describe('the socket', () => {
    test('another node’s key does not open it', async () => {
      const fresh = await RawNode.pair(person);
      await refused('bad_signature', () => fresh.connect(other.keys.secretKey));
      fresh.close();
    });
    test('nothing is heard before authentication', async () => {
      const fresh = await RawNode.pair(person);
      await fresh.open();
      await refused('unauthenticated', () => fresh.call('task:next', {}));
      fresh.close();
    });
    test('a message over its size', async () => {
      const phase = 'x'.repeat(300_000);
      await refused('message_too_large', () =>
        node.call('task:heartbeat', { leaseId: node.id, phase, fraction: 0 }),
      );
    });
    test('unknown and missing fields', async () => {
      await refused('bad_request', () => node.call('task:next', { more: 1 }));
      await refused('bad_request', () => node.call('task:heartbeat', { leaseId: node.id }));
      await refused('bad_request', () => node.call('plot:register', null));
    });
    test('a revoked node', async () => {
      const fresh = await (await RawNode.pair(person)).connect();
      await person.must('DELETE', `/nodes/${fresh.id}`);
      fresh.close();
      await refused('node_revoked', () => fresh.connect());
      fresh.close();
    });
  });

  describe('registering a plot', () => {
    let task: PlotTask;
    beforeAll(async () => {
      task = await lease(node);
    });
    const register = (registration: PlotRegistration, raw = node) => raw.call('plot:register', registration);

    test('under other keys than the lease’s', async () => {
      const foreign = identityFor({ ...task, contractPuzzleHash: '22'.repeat(32) }, 1);
      await refused('plot_keys_differ', () => register(registrationOf(task, foreign)));
      const pretended = { ...registrationOf(task, identityFor(task, 1)), plotId: bytesToHex(foreign.plotId) };
      await refused('plot_keys_differ', () => register(pretended));
    });
    test('with an id that differs only in byte 31', async () => {
      const registration = registrationOf(task, identityFor(task, 1));
      const last = (Number.parseInt(registration.plotId.slice(62), 16) ^ 1).toString(16).padStart(2, '0');
      const twin = { ...registration, plotId: registration.plotId.slice(0, 62) + last };
      await refused('plot_keys_differ', () => register(twin));
      // and were its keys right, the database would not take a second plot of these 31 bytes and k
      await register(registration);
      const copy = `INSERT INTO plots ("plotId", "significantId", kind, k, "farmerPublicKey", "contractPuzzleHash", "plotBytes",
        "contentRoot", "campaignId", "accountId", "nodeId", "leaseId", "registeredAt")
        SELECT $1, "significantId", kind, k, "farmerPublicKey", "contractPuzzleHash", "plotBytes", "contentRoot", "campaignId",
        "accountId", "nodeId", gen_random_uuid(), "registeredAt" FROM plots WHERE "plotId" = $2`;
      await expect(world.query(copy, [twin.plotId, registration.plotId])).rejects.toThrow('plot_once');
    });
    test('twice: by the same lease it is the same plot, under another lease it is refused', async () => {
      const registration = registrationOf(task, identityFor(task, 1));
      const before = await world.contents();
      expect(await register(registration)).toEqual({ state: 'registered' });
      expect(await world.contents()).toBe(before);
      await refused('lease_ended', () => register(registrationOf(task, identityFor(task, 2))));
      const again = await lease(node);
      await refused('plot_already_registered', () => register({ ...registration, leaseId: again.leaseId }));
    });
    test('of another size than was asked for', async () => {
      const again = await lease(node);
      const registration = registrationOf(again, identityFor(again, 3));
      await refused('plot_kind_differs', () => register({ ...registration, plotKind: 'chia-v2' }));
      await refused('plot_size_differs', () => register({ ...registration, k: 19 }));
      await refused('plot_size_differs', () => register({ ...registration, plotBytes: 1_000_000 }));
      await refused('memo_invalid', () => register({ ...registration, memo: 'abcd' }));
    });
    test('under another node’s lease, or one that does not exist', async () => {
      const again = await lease(node);
      const registration = registrationOf(again, identityFor(again, 4));
      await refused('lease_unknown', () => register(registration, other));
      await refused('lease_unknown', () => register({ ...registration, leaseId: node.id }));
    });
    test('after the lease expired', async () => {
      const again = await lease(node);
      world.clock.advance(61_000);
      await refused('lease_expired', () => register(registrationOf(again, identityFor(again, 5))));
      await refused('lease_expired', () =>
        node.call('task:heartbeat', { leaseId: again.leaseId, phase: 'x', fraction: 0 }),
      );
      await world.chore('leases');
      await refused('lease_expired', () => register(registrationOf(again, identityFor(again, 5))));
      const given = await lease(other);
      expect(given.leaseId).not.toBe(again.leaseId);
    });
  });

  describe('answering a round', () => {
    let plot: RawPlot;
    let round: RoundMessage;
    let right: Answer;

    const answer = (wanted: Answer, secretKey?: string, raw = node) =>
      raw.call<SignedReceipt>('round:answer', raw.signed(wanted, secretKey));
    const nextRound = async () => {
      world.clock.advance(600_000);
      await world.chore('close-rounds');
      const seen = node.rounds.length;
      await world.chore('rounds');
      await vi.waitUntil(() => node.rounds.length > seen);
      round = node.rounds.at(-1)!;
      right = await plot.answer(round, node.id);
    };

    beforeAll(async () => {
      const task = await lease(node);
      plot = await RawPlot.make(task);
      await node.call('plot:register', registrationOf(task, plot.identity));
      node.rounds.length = 0;
      await world.until('the plot is accepted', async () => {
        for (const open of node.rounds.splice(0)) {
          if (open.only === plot.plotId) await answer(await plot.answer(open, node.id)).catch(() => null);
        }
        return (await world.count(`plots WHERE state = 'accepted' AND "plotId" = $1`, [plot.plotId])) === 1;
      });
      await nextRound();
    });
    afterAll(() => plot.remove());

    test('signed by another node’s key, or written for another node', async () => {
      await refused('bad_signature', () => answer(right, other.keys.secretKey));
      await refused('bad_signature', () => answer({ ...right, nodeId: other.id }));
      await refused('bad_signature', () => answer(right, undefined, other));
    });
    test('for a plot that is not in custody, or not known', async () => {
      const stolen = { ...right, nodeId: other.id };
      await refused('not_in_custody', () => answer(stolen, undefined, other));
      await refused('plot_unknown', () => answer({ ...right, plotId: '33'.repeat(32) }));
    });
    test('for another beacon or an unknown round', async () => {
      await refused('bad_request', () => answer({ ...right, beacon: '44'.repeat(32) }));
      await refused('round_unknown', () => answer({ ...right, roundId: node.id }));
    });
    test('sent twice: the second time it is refused, with the first receipt', async () => {
      const first = await answer(right);
      expect(first.receipt.verdict).toBe('proved');
      await refused('answer_repeated', () => answer(right));
      const again = await answer(right).catch((error: CroftError) => error.details?.first);
      expect(again).toEqual(first);
      await refused('answer_repeated', () => answer({ ...right, subIndex: null, proof: null }));
    });
    test('for a past round', async () => {
      const past = right;
      await nextRound();
      await refused('round_closed', () => answer(past));
    });
    test('after the deadline it is late, even when it proves', async () => {
      await nextRound();
      world.clock.advance(DEADLINE_MS + 1);
      expect((await answer(right)).receipt.verdict).toBe('late');
    });

    test.each<[string, (answer: Answer) => Answer]>([
      ['is short', (a) => ({ ...a, proof: a.proof!.slice(2) })],
      ['is long', (a) => ({ ...a, proof: `${a.proof}00` })],
      ['is empty', (a) => ({ ...a, proof: '' })],
      ['is altered', (a) => ({ ...a, proof: a.proof!.replace(/^../, (x) => (x === '00' ? '01' : '00')) })],
      ['is for another sub-challenge', (a) => ({ ...a, subIndex: (a.subIndex! + 1) % 16 })],
      ['names another k', (a) => ({ ...a, k: 19 })],
      ['names another kind', (a) => ({ ...a, plotKind: 'chia-v2' })],
    ])('a proof that %s earns the verdict invalid', async (_, spoil) => {
      await nextRound();
      const { receipt } = await answer(spoil(right));
      expect(receipt.verdict).toBe('invalid');
      expect(await world.count(`checks WHERE verdict = 'proved' AND "roundId" = $1`, [round.roundId])).toBe(
        0,
      );
    });
    test('a proof of another plot earns the verdict invalid', async () => {
      await nextRound();
      const foreign = await RawPlot.make({ ...(await lease(other)), contractPuzzleHash: '55'.repeat(32) });
      try {
        const { proof, subIndex } = await foreign.answer(round, node.id);
        expect((await answer({ ...right, proof, subIndex })).receipt.verdict).toBe('invalid');
      } finally {
        await foreign.remove();
      }
    });
    test('a proof over any size is refused', async () => {
      await nextRound();
      await refused('bad_request', () => answer({ ...right, proof: '00'.repeat(limits.proofBytes + 1) }));
    });
  });

  describe('over HTTP', () => {
    test('a payout address that is zero, the token, the contract, or no address', async () => {
      const put = (code: ErrorCode, address: unknown) =>
        refusedHttp(code, 400, person, 'PUT', '/me/payout-address', { address });
      await put('payout_address_zero', `0x${'00'.repeat(20)}`);
      await put('payout_address_is_token', world.chain.token);
      await put('payout_address_is_contract', world.chain.payoutContract);
      await put('payout_address_invalid', 'xch1qqq');
      await put('payout_address_invalid', '0x52908400098527886E0F7030069857D2E4169Ee7');
      await put('bad_request', 5);
    });
    test('a changed payout address waits for its cool-down', async () => {
      const next = '0x52908400098527886E0F7030069857D2E4169EE7';
      await person.must('PUT', '/me/payout-address', { address: next });
      const me = await person.must<{
        payoutAddress: { address: string };
        pendingPayoutAddress: { address: string };
      }>('GET', '/me');
      expect(me.payoutAddress.address).toBe(person.wallet.address);
      expect(me.pendingPayoutAddress.address).toBe(next);
      world.clock.advance(72 * 3_600_000);
      const later = await person.must<{ payoutAddress: { address: string } }>('GET', '/me');
      expect(later.payoutAddress.address).toBe(next);
    });
    test('unknown and missing fields', async () => {
      await refusedHttp('bad_request', 400, person, 'PATCH', '/me', { role: 'admin' });
      await refusedHttp('bad_request', 400, person, 'POST', '/auth/register', { email: 'a@b.example' });
      await refusedHttp('bad_request', 400, world.admin, 'POST', '/admin/campaigns', { name: 'x' });
      await refusedHttp('bad_request', 400, person, 'GET', '/plots?limit=100000');
      await refusedHttp('bad_request', 400, person, 'GET', '/earnings/lines/not-an-id');
    });
    test('the wrong role, and no session', async () => {
      const nobody = await import('./support/person.js').then((module) => new module.Person(world.url));
      for (const path of ['overview', 'campaigns', 'nodes', 'tasks', 'payouts']) {
        await refusedHttp('forbidden', 403, person, 'GET', `/admin/${path}`);
        await refusedHttp('unauthenticated', 401, nobody, 'GET', `/admin/${path}`);
      }
      await refusedHttp('forbidden', 403, person, 'POST', '/admin/campaigns', {});
    });
    test('another’s node cannot be revoked, and an unknown route is no route', async () => {
      await refusedHttp('not_found', 404, otherPerson, 'DELETE', `/nodes/${node.id}`);
      await refusedHttp('not_found', 404, person, 'GET', '/nowhere');
    });
    test('a body over its size', async () => {
      const body = { address: 'x'.repeat(100_000) };
      await refusedHttp('message_too_large', 413, person, 'PUT', '/me/payout-address', body);
    });
    test('a taken e-mail and a wrong password', async () => {
      const body = { email: 'admin@test.example', password: 'correct horse', displayName: 'x' };
      await refusedHttp('email_taken', 409, person, 'POST', '/auth/register', body);
      const wrong = { email: 'admin@test.example', password: 'wrong horse' };
      await refusedHttp('bad_credentials', 401, person, 'POST', '/auth/password', wrong);
      await refusedHttp('bad_credentials', 401, person, 'POST', '/auth/password', {
        ...wrong,
        email: 'no@test.example',
      });
    });
  });
});
