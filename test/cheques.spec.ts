import type { Wallet } from 'ethers';
import { afterEach, describe, expect, test } from 'vitest';
import {
  ChequebookContract,
  type ChequeSigner,
  parseCheque,
  type SignedCheque,
  sendAndWait,
  walletChequeSigner,
  walletSigner,
} from '#libs/settlement';
import { CampaignsService } from '../apps/center/src/campaigns/campaigns.service.js';
import { GAS_TO_CASH } from '../apps/center/src/payouts/wishes/payout-fees.service.js';
import { ReconcileService } from '../apps/center/src/rewards/reconcile/reconcile.service.js';
import { type TestChain, TOKEN, testWallet } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import { Person } from './support/person.js';
import { World } from './support/world.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Mine {
  items: {
    id: string;
    beneficiary: string;
    number: number;
    cumulativePayout: string;
    cashed: string;
    uncashed: string;
    mine: string;
    state: string;
    lastCash: { tx: string } | null;
    onChain: { covered: boolean; bounced: boolean } | null;
  }[];
  coming: { amount: string; round: string | null; held: { reason: string } | null }[];
}

describe('a campaign that pays by cheques', () => {
  let world: World;
  let campaignId: string;
  let chequebook: string;
  let epochs = 0;
  afterEach(() => world.end());

  interface Beginning {
    settings?: Record<string, string>;
    disputeSeconds?: number;
    funds?: bigint;
    /** Who signs, when not the chequebook's issuer. */
    issuer?: ChequeSigner;
  }
  const begin = async ({
    settings = {},
    disputeSeconds = 0,
    funds = 1000n * TOKEN,
    issuer,
  }: Beginning = {}) => {
    const ports = ({ proposer, approver, issuer: usual }: TestChain) => ({
      signers: { proposer, approver, issuer: issuer ?? usual },
    });
    world = await World.begin({ settings, ports });
    chequebook = await world.chain.chequebook(funds);
    campaignId = await world.campaign({
      plotTarget: 0,
      payoutKind: 'cheques',
      payoutContract: chequebook,
      disputeSeconds,
    });
    await world.chore('funding');
    await pass();
    epochs = 0;
  };
  const pass = () => world.chore('cheques');
  const earn = (...amounts: [Person, bigint][]) => earnEpoch(world, campaignId, epochs++, amounts);
  const mine = (person: Person) => person.must<Mine>('GET', '/me/cheques');
  const fileOf = async (person: Person): Promise<SignedCheque> => {
    const { items } = await mine(person);
    return parseCheque((await person.raw('GET', `/me/cheques/${items[0]!.id}/file`)).body.toString('utf8'));
  };
  const cash = async (wallet: Wallet | Person['wallet'], cheque: SignedCheque) => {
    await world.chain.setCoins(wallet.address, 10n ** 18n);
    const call = new ChequebookContract(world.chain.chain, chequebook).cashCall(cheque, wallet.address);
    return sendAndWait({ chain: world.chain.chain, signer: walletSigner(wallet as Wallet) }, call, {
      pollMs: 5,
    });
  };
  const tokens = (person: Person) => world.chain.chain.tokenBalance(world.chain.token, person.wallet.address);
  const balances = async (person: Person) => {
    const { id } = await person.must<{ id: string }>('GET', '/me');
    const rows = await world.query<{ account: string; sum: string }>(
      'SELECT account, SUM(amount) AS sum FROM ledger_postings WHERE owner = $1 GROUP BY 1 HAVING SUM(amount) <> 0',
      [id],
    );
    return Object.fromEntries(
      rows.map(({ account, sum }) => [account.replace('contributor:', ''), BigInt(sum)]),
    );
  };
  const withdraw = (amount: bigint) => world.chain.withdraw(chequebook, amount);
  /** The issuer pays itself from a chequebook, which needs no signature. */
  const payItself = async (amount: bigint, from = chequebook) => {
    const signer = walletSigner(testWallet(4));
    await world.chain.setCoins(signer.address, 10n ** 18n);
    const unsigned = { cumulativePayout: amount, signature: '0x' } as SignedCheque;
    const call = new ChequebookContract(world.chain.chain, from).cashCall(unsigned, signer.address);
    await sendAndWait({ chain: world.chain.chain, signer }, call, { pollMs: 5 });
  };
  const alerts = async () =>
    (await world.query<{ code: string }>('SELECT code FROM alerts WHERE "clearedAt" IS NULL')).map(
      ({ code }) => code,
    );

  test('issues, is cashed, and books both; a later cheque says more and pays the rest', async () => {
    await begin();
    const person = await world.person();
    await earn([person, 3n * TOKEN + 5n]);
    await pass();
    expect(await balances(person)).toEqual({ released: 5n, published: 3n * TOKEN });
    const first = await fileOf(person);
    expect(first).toMatchObject({
      chequebook,
      beneficiary: person.wallet.address,
      cumulativePayout: 3n * TOKEN,
    });
    expect((await mine(person)).items).toMatchObject([
      { number: 1, state: 'issued', mine: `${3n * TOKEN}`, onChain: { covered: true, bounced: false } },
    ]);

    const receipt = await cash(person.wallet, first);
    // the chequebook's very first payment also writes its total for the first time
    expect(receipt.gasUsed - 17_100n).toBeLessThanOrEqual(GAS_TO_CASH);
    await world.chain.mine();
    await pass();
    expect(await tokens(person)).toBe(3n * TOKEN);
    expect(await balances(person)).toEqual({ released: 5n, paid: 3n * TOKEN });
    expect((await mine(person)).items).toMatchObject([
      { state: 'cashed', uncashed: '0', lastCash: { tx: receipt.hash } },
    ]);

    await earn([person, 2n * TOKEN]);
    await pass();
    expect((await mine(person)).items).toMatchObject([
      { number: 2, state: 'partly_cashed', cumulativePayout: `${5n * TOKEN}`, uncashed: `${2n * TOKEN}` },
    ]);
    await cash(person.wallet, await fileOf(person));
    await world.chain.mine();
    await pass();
    expect(await tokens(person)).toBe(5n * TOKEN);
    expect(await balances(person)).toEqual({ released: 5n, paid: 5n * TOKEN });
    const day = world.clock.now().toISOString().slice(0, 10);
    const statement = await person.raw(
      'GET',
      `/statements?campaignId=${campaignId}&from=${day}&to=${day}&format=json`,
    );
    expect(statement.status).toBe(200);
    expect(statement.body.toString('utf8')).toContain(receipt.hash);
  });

  test('two contributors of one address have one cheque, and each its part of what is cashed, the oldest first', async () => {
    await begin();
    const [a, b] = [await world.person(), new Person(world.url)];
    await b.must('POST', '/auth/register', {
      email: 'b@test.example',
      password: 'correct horse',
      displayName: 'b',
    });
    await b.must('PUT', '/me/payout-address', { address: a.wallet.address });
    await earn([a, 3n * TOKEN], [b, 4n * TOKEN]);
    await pass();
    const cheque = await fileOf(a);
    expect(await fileOf(b)).toEqual(cheque);
    expect(cheque.cumulativePayout).toBe(7n * TOKEN);
    expect([(await mine(a)).items[0]!.mine, (await mine(b)).items[0]!.mine]).toEqual([
      `${3n * TOKEN}`,
      `${4n * TOKEN}`,
    ]);
    await cash(a.wallet, cheque);
    await world.chain.mine();
    await pass();
    expect([await balances(a), await balances(b)]).toEqual([{ paid: 3n * TOKEN }, { paid: 4n * TOKEN }]);
    const stranger = await world.person();
    const { id } = (await mine(a)).items[0]!;
    expect((await stranger.call('GET', `/me/cheques/${id}/file`)).status).toBe(404);
    const open = await stranger.must<{ items: { file: { cumulativePayout: string } }[] }>(
      'GET',
      `/cheques/${a.wallet.address}`,
    );
    expect(open.items.map(({ file }) => file.cumulativePayout)).toEqual([`${7n * TOKEN}`]);
    expect(parseCheque(JSON.stringify(open.items[0]!.file))).toEqual(cheque);
  });

  test('is approved and disputed first: nothing is signed before; what is stopped is in the next round', async () => {
    await begin({ settings: { PAYOUT_APPROVAL: 'admin' }, disputeSeconds: 86_400 });
    const person = await world.person();
    await earn([person, TOKEN]);
    await pass();
    const rounds = async () =>
      (await world.admin.must<{ items: { id: string; state: string }[] }>('GET', '/admin/cheques/rounds'))
        .items;
    const [first] = await rounds();
    expect(first).toMatchObject({ state: 'waiting', amount: `${TOKEN}`, recipients: 1 });
    expect((await mine(person)).coming).toMatchObject([{ amount: `${TOKEN}`, round: 'waiting' }]);
    expect((await person.call('POST', `/admin/cheques/rounds/${first!.id}/approve`)).status).toBe(403);
    await world.admin.must('POST', `/admin/cheques/rounds/${first!.id}/approve`);
    const again = await world.admin.call<{ code: string }>(
      'POST',
      `/admin/cheques/rounds/${first!.id}/approve`,
    );
    expect(again.body.code).toBe('payout_not_pending');
    world.clock.advance(DAY - 1000);
    await pass();
    expect(await world.count('cheques')).toBe(0);
    await world.admin.must('POST', `/admin/cheques/rounds/${first!.id}/stop`);
    world.clock.advance(DAY);
    await pass();
    expect(await world.count('cheques')).toBe(0);

    await earn([person, TOKEN]);
    await pass();
    const [second] = await rounds();
    await world.admin.must('POST', `/admin/cheques/rounds/${second!.id}/approve`);
    world.clock.advance(DAY);
    await pass();
    expect((await fileOf(person)).cumulativePayout).toBe(2n * TOKEN);
    const late = await world.admin.call<{ code: string }>('POST', `/admin/cheques/rounds/${second!.id}/stop`);
    expect(late.body.code).toBe('payout_not_pending');
  });

  test('what is not covered is not signed, none of it, and said; once there is money it is', async () => {
    await begin({ funds: 10n * TOKEN });
    const [a, b] = [await world.person(), await world.person()];
    await earn([a, 4n * TOKEN]);
    await pass();
    // the issuer takes money out: only what the contract has covers
    await withdraw(1n * TOKEN);
    await world.chain.mine();
    await earn([a, TOKEN], [b, 5n * TOKEN]);
    await pass();
    expect(await alerts()).toEqual(['cheques_uncovered']);
    expect(await world.count('cheques')).toBe(1);
    expect((await mine(b)).items).toEqual([]);
    // what was signed before is covered still
    expect((await mine(a)).items).toMatchObject([{ onChain: { covered: true } }]);
    const { items } = await world.admin.must<{ items: object[] }>('GET', '/admin/cheques');
    expect(items).toMatchObject([
      { uncashed: `${4n * TOKEN}`, wanted: `${10n * TOKEN}`, onChain: { liquidBalance: `${9n * TOKEN}` } },
    ]);
    await pass();
    expect(await world.count('alerts')).toBe(1);
    await world.chain.fund(chequebook, TOKEN - 1n);
    await world.chain.mine();
    await pass();
    expect(await world.count('cheques')).toBe(1);
    await world.chain.fund(chequebook, 1n);
    await world.chain.mine();
    await pass();
    expect(await alerts()).toEqual([]);
    expect(await world.count('cheques WHERE signature IS NOT NULL')).toBe(3);
  });

  test('a cheque that bounces is shown as such, what it paid is booked, and it pays the rest when there is money', async () => {
    await begin({ funds: 10n * TOKEN });
    const person = await world.person();
    await earn([person, 10n * TOKEN]);
    await pass();
    const cheque = await fileOf(person);
    await withdraw(4n * TOKEN);
    await cash(person.wallet, cheque);
    await world.chain.mine();
    world.clock.advance(MINUTE);
    await pass();
    expect((await mine(person)).items).toMatchObject([
      {
        state: 'bounced',
        cashed: `${6n * TOKEN}`,
        uncashed: `${4n * TOKEN}`,
        onChain: { bounced: true, covered: false },
      },
    ]);
    expect((await alerts()).sort()).toEqual(['cheque_bounced', 'cheques_uncovered']);
    expect(await balances(person)).toEqual({ published: 4n * TOKEN, paid: 6n * TOKEN });
    await world.chain.fund(chequebook, 4n * TOKEN);
    await cash(person.wallet, cheque);
    await world.chain.mine();
    world.clock.advance(MINUTE);
    await pass();
    expect((await mine(person)).items).toMatchObject([{ state: 'cashed', onChain: { covered: true } }]);
    expect(await balances(person)).toEqual({ paid: 10n * TOKEN });
  });

  test('who asked to wait has no cheque until it is enough; a changed wish is heard within a minute', async () => {
    await begin();
    const person = await world.person();
    await person.must('PUT', `/payouts/wishes/${campaignId}`, { minimum: `${5n * TOKEN}`, maxFeeBps: null });
    await earn([person, 3n * TOKEN]);
    await pass();
    expect(await mine(person)).toMatchObject({ items: [], coming: [{ held: { reason: 'below_minimum' } }] });
    await person.must('PUT', `/payouts/wishes/${campaignId}`, { minimum: '0', maxFeeBps: null });
    world.clock.advance(MINUTE);
    await pass();
    expect((await fileOf(person)).cumulativePayout).toBe(3n * TOKEN);
  });

  test('an address that changed is given what is new, after its cool-down; the old cheque stays as it is', async () => {
    await begin();
    const person = await world.person();
    const [old, next] = [person.wallet.address, testWallet(9).address];
    await earn([person, TOKEN]);
    await pass();
    await person.must('PUT', '/me/payout-address', { address: next });
    await earn([person, TOKEN]);
    await pass();
    world.clock.advance(4 * DAY);
    await earn([person, TOKEN]);
    await pass();
    const { items } = await mine(person);
    expect(Object.fromEntries(items.map((one) => [one.beneficiary, one.cumulativePayout]))).toEqual({
      [old]: `${2n * TOKEN}`,
      [next]: `${TOKEN}`,
    });
  });

  test('a center that dies between row and signature, or before anybody sees it, gives out the same cheque', async () => {
    const signer = walletChequeSigner(testWallet(4));
    let dies: 'before' | 'after' | null = 'before';
    const seen: string[] = [];
    const mortal: ChequeSigner = {
      address: signer.address,
      signCheque: async (terms) => {
        if (dies === 'before') throw new Error('killed');
        const cheque = await signer.signCheque(terms);
        seen.push(cheque.signature);
        if (dies === 'after') throw new Error('killed');
        return cheque;
      },
    };
    await begin({ issuer: mortal });
    const person = await world.person();
    await earn([person, TOKEN]);
    await expect(pass()).rejects.toThrow('killed');
    const [fixed] = await world.query('SELECT id, "cumulativePayout", signature FROM cheques');
    expect(fixed).toMatchObject({ cumulativePayout: `${TOKEN}`, signature: null });
    expect((await mine(person)).items).toEqual([]);
    await world.stopCenter();
    await world.startCenter();
    dies = 'after';
    await expect(pass()).rejects.toThrow('killed');
    expect((await mine(person)).items).toEqual([]);
    // meanwhile more is earned: the row that was fixed stays as it is
    await earn([person, TOKEN]);
    dies = null;
    await pass();
    const rows = await world.query<{ id: string; signature: string }>(
      'SELECT id, "cumulativePayout", signature FROM cheques ORDER BY number',
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ ...fixed, signature: seen[0] });
    expect(new Set(seen.slice(0, 2)).size).toBe(1);
    expect((await fileOf(person)).cumulativePayout).toBe(2n * TOKEN);
    expect(await balances(person)).toEqual({ published: 2n * TOKEN });
  });

  test('a chequebook of another issuer: nothing is signed, and the alert says whose it is', async () => {
    await begin({ issuer: walletChequeSigner(testWallet(7)) });
    const person = await world.person();
    await earn([person, TOKEN]);
    await pass();
    expect(await alerts()).toEqual(['cheques_unsigned']);
    expect(await world.count('cheques WHERE signature IS NOT NULL')).toBe(0);
  });

  test('what is paid beyond our cheques is not guessed at: the alert stands, and nothing is booked', async () => {
    await begin();
    const person = await world.person();
    await earn([person, TOKEN]);
    await pass();
    // the issuer needs no signature
    await payItself(3n);
    await world.chain.mine();
    await expect(pass()).rejects.toMatchObject({ code: 'answers_differ' });
    expect(await alerts()).toEqual(['payment_unreadable']);
    expect(await balances(person)).toEqual({ published: TOKEN });
  });

  test('the database refuses a cheque that says less, that is not its parts, and any change', async () => {
    await begin();
    const person = await world.person();
    await earn([person, 5n * TOKEN]);
    await pass();
    const [row] = await world.query<Record<string, unknown>>('SELECT * FROM cheques');
    const insert = (number: number, cumulative: bigint, signature: string | null = null) =>
      world.query(
        `INSERT INTO cheques ("campaignId", "roundId", "chainId", chequebook, beneficiary, number, "cumulativePayout",
         "createdAt", signature) VALUES ($1, $2, $3, $4, $5, $6, $7, now(), $8)`,
        [
          row!.campaignId,
          row!.roundId,
          row!.chainId,
          row!.chequebook,
          row!.beneficiary,
          number,
          `${cumulative}`,
          signature,
        ],
      );
    await expect(insert(2, 5n * TOKEN - 1n)).rejects.toThrow('says more');
    await expect(insert(2, 5n * TOKEN)).rejects.toThrow('says more');
    await expect(insert(1, 9n * TOKEN)).rejects.toThrow('not the next one');
    await expect(insert(3, 9n * TOKEN)).rejects.toThrow('not the next one');
    await expect(insert(2, 6n * TOKEN)).rejects.toThrow('sum of its parts');
    await expect(insert(2, 6n * TOKEN, '0x00')).rejects.toThrow('before it is signed');
    for (const change of [
      `UPDATE cheques SET "cumulativePayout" = "cumulativePayout" + 1`,
      `UPDATE cheques SET signature = '0x00'`,
      'UPDATE cheques SET signature = NULL',
      'UPDATE cheque_parts SET amount = amount - 1',
      'DELETE FROM cheque_parts',
      'DELETE FROM cheques',
      'TRUNCATE cheques CASCADE',
    ])
      await expect(world.query(change)).rejects.toThrow('append-only');
    await expect(
      world.query('INSERT INTO cheque_parts VALUES ($1, gen_random_uuid(), 1)', [row!.id]),
    ).rejects.toThrow('with their cheque only');
    await expect(
      world.query(`UPDATE campaigns SET "payoutKind" = 'push' WHERE id = $1`, [campaignId]),
    ).rejects.toThrow('is fixed');
  });

  test('books that differ by one unit, wherever, stop the signing until they agree again', async () => {
    await begin();
    const person = await world.person();
    const { id: accountId } = await person.must<{ id: string }>('GET', '/me');
    // what a ruleset would have said of what the epoch earned
    const earnByLine = async (amount: bigint) => {
      await earn([person, amount]);
      await world.query(
        `INSERT INTO reward_lines ("campaignId", "epochId", "epochIndex", at, "accountId", kind, amount, quantity, unit, rate, reason)
         SELECT "campaignId", "epochId", "epochIndex", "closedAt", $1, 'storage', accrued, '1', 'h', '1', '{}'
         FROM epoch_closings WHERE "epochIndex" = $2`,
        [accountId, epochs - 1],
      );
    };
    const differences = async () => {
      const campaign = await world.app.get(CampaignsService).byId(campaignId);
      const { differences } = await world.app.get(ReconcileService).reconcile(campaign);
      return differences.map(
        ({ books, what }) => `${books}: ${what.replace(/ (of )?[0-9a-f-]{36}| of 0x\w+/, '')}`,
      );
    };
    await earnByLine(3n * TOKEN);
    await pass();
    await cash(person.wallet, await fileOf(person));
    await world.chain.mine();
    await pass();
    await earnByLine(2n * TOKEN);
    expect(await differences()).toEqual([]);

    const unguarded = async (table: string, sql: string) => {
      await world.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await world.query(sql);
      await world.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    };
    const change = (by: number, table: string, column: string, which = 'true') =>
      unguarded(table, `UPDATE ${table} SET ${column} = ${column} + ${by} WHERE ${which}`);
    const stopped = async (because: string[], heal: () => Promise<unknown>) => {
      expect(await differences()).toEqual(because);
      const before = await world.count('cheques');
      await pass();
      expect(await world.count('cheques')).toBe(before);
      await heal();
      expect(await differences()).toEqual([]);
    };
    const part = `amount = ${3n * TOKEN}`;
    await change(1, 'cheque_parts', 'amount', part);
    await stopped(['ledger and cheques: in cheques', 'ledger and cheques: cheque and its parts'], () =>
      change(-1, 'cheque_parts', 'amount'),
    );
    await change(1, 'cheques', '"cumulativePayout"');
    await stopped(['ledger and cheques: cheque and its parts'], () =>
      change(-1, 'cheques', '"cumulativePayout"'),
    );
    await change(1, 'cheque_payees', 'cashed');
    await stopped(['ledger and cheques: cashed'], () => change(-1, 'cheque_payees', 'cashed'));
    const paid = `account = 'contributor:paid'`;
    await change(1, 'ledger_postings', 'amount', paid);
    expect(await differences()).toContain('ledger and contract: paid');
    await change(-1, 'ledger_postings', 'amount', paid);
    await withdraw(1n);
    await world.chain.mine();
    await stopped(['ledger and balance: funded'], async () => {
      await world.chain.fund(chequebook, 1n);
      await world.chain.mine();
    });
    await pass();
    expect((await fileOf(person)).cumulativePayout).toBe(5n * TOKEN);
    expect(await differences()).toEqual([]);
  });

  test('how it pays is said when it begins, and what does not fit is refused', async () => {
    await begin();
    const create = async (changes: object) => {
      const now = world.clock.now().getTime();
      const answer = await world.admin.call<{ code: string }>('POST', '/admin/campaigns', {
        name: 'Another',
        tokenAddress: world.chain.token,
        payoutContract: chequebook,
        payoutKind: 'cheques',
        startsAt: new Date(now).toISOString(),
        endsAt: new Date(now + DAY).toISOString(),
        epochSeconds: 3600,
        roundSeconds: 600,
        minK: 18,
        taskK: 18,
        plotTarget: 1,
        retentionSeconds: 7200,
        rates: { plottingPerPlot: { '18': '1' }, immediateBps: 0, storagePerPlotEquivalentHour: '1' },
        ...changes,
      });
      return answer.status < 300 ? answer.status : answer.body.code;
    };
    const { items } = await world.admin.must<{ items: object[] }>('GET', '/admin/campaigns');
    expect(items).toMatchObject([{ payoutKind: 'cheques', disputeSeconds: 0, payoutContract: chequebook }]);
    expect(await create({})).toBe('conflict');
    expect(await create({ payoutContract: world.chain.payoutContract })).toBe('bad_request');
    expect(await create({ payoutContract: testWallet(8).address })).toBe('bad_request');
    expect(await create({ payoutKind: 'cash' })).toBe('bad_request');
    expect(await create({ disputeSeconds: 31 * 86_400 })).toBe('bad_request');
    const pushed = { payoutKind: 'push', payoutContract: world.chain.payoutContract };
    expect(await create({ ...pushed, disputeSeconds: 5 })).toBe('bad_request');
    expect(await create(pushed)).toBe(201);
    const used = await world.chain.chequebook(TOKEN);
    await payItself(3n, used);
    expect(await create({ payoutContract: used })).toBe('conflict');
    expect(await create({ payoutContract: await world.chain.chequebook(TOKEN) })).toBe(201);
  });
});
