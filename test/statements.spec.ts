import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LineKind } from '#libs/ruleset';
import { CampaignsService } from '../apps/center/src/campaigns/campaigns.service.js';
import { type LedgerAccount } from '../apps/center/src/rewards/ledger/ledger.entity.js';
import { LedgerService } from '../apps/center/src/rewards/ledger/ledger.service.js';
import { EpochClosing, RewardLineRow } from '../apps/center/src/rewards/reward.entity.js';
import { StatementsService } from '../apps/center/src/statements/statements.service.js';
import { TOKEN, UNIT_SIZE } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { World } from './support/world.js';

const DAY = 86_400_000;

interface Json {
  head: { opening: Record<Place, string>; currency: string | null };
  lines: { kind: string; amount: string; tx: string | null; value: string | null; tokens: string }[];
  totals: Record<'earned' | 'released' | 'forfeited' | 'paid', string>;
  closing: Record<Place, string>;
  agreesWithLedger: boolean;
}
type Place = 'held' | 'due' | 'paid';

const moves: Record<LineKind, readonly [from: LedgerAccount, to: LedgerAccount]> = {
  plotting: ['campaign:funded', 'contributor:released'],
  storage: ['campaign:funded', 'contributor:released'],
  'bee-node': ['campaign:funded', 'contributor:released'],
  referral: ['campaign:funded', 'contributor:released'],
  'plotting-held': ['campaign:funded', 'contributor:held'],
  'plotting-release': ['contributor:held', 'contributor:released'],
  'plotting-forfeit': ['contributor:held', 'campaign:funded'],
};

describe('statements', () => {
  let world: World;
  let campaignId: string;
  let epochs = 0;
  const folder = mkdtempSync(join(tmpdir(), 'croft-statements-'));
  const pricesFile = join(folder, 'prices.json');

  beforeAll(async () => {
    world = await World.begin({ settings: { PRICES_FILE: pricesFile } });
    campaignId = await world.campaign({ plotTarget: 0, name: '=農場 "A", B' });
    await world.chore('funding');
  });
  afterAll(async () => {
    await world.end();
    rmSync(folder, { recursive: true });
  });

  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const today = () => day(world.clock.now().getTime());
  const ask = (person: Person, format: string, from = today(), to = today(), campaign = campaignId) =>
    person.raw('GET', `/statements?campaignId=${campaign}&from=${from}&to=${to}&format=${format}`);
  const json = async (person: Person, from?: string, to?: string) => {
    const { status, body } = await ask(person, 'json', from, to);
    expect(status).toBe(200);
    return JSON.parse(body.toString('utf8')) as Json;
  };

  /** Books an epoch as closing it does: lines, closing and entry. */
  const close = async (accountId: string, lines: readonly (readonly [LineKind, bigint])[]) => {
    const campaign = await world.app.get(CampaignsService).byId(campaignId);
    const at = world.clock.now();
    const epochId = randomUUID();
    const epochIndex = epochs++;
    await world.app.get(DataSource).transaction(async (manager) => {
      const closing = { epochId, campaignId, epochIndex, ruleset: 'ruleset-1', ratesVersion: 1 };
      await manager.insert(EpochClosing, { ...closing, accrued: 0n, dataHash: '00', closedAt: at });
      for (const [kind, amount] of lines)
        await manager.insert(RewardLineRow, {
          campaignId,
          epochId,
          epochIndex,
          at: new Date(at.getTime() - 3_600_000),
          accountId,
          nodeId: null,
          plotId: null,
          kind,
          amount,
          quantity: '1',
          unit: 'plot',
          rate: amount.toString(),
          reason: {},
        });
      await world.app.get(LedgerService).book(
        manager,
        campaign,
        'accrue',
        `accrue:${epochId}`,
        lines.map(([kind, amount]) => ({
          from: moves[kind][0],
          to: moves[kind][1],
          owner: accountId,
          amount,
        })),
      );
    });
  };
  const pay = async (accountId: string, amount: bigint) => {
    const campaign = await world.app.get(CampaignsService).byId(campaignId);
    const tx = `0x${randomUUID().replaceAll('-', '').repeat(2)}`;
    const move = { from: 'contributor:released', to: 'contributor:paid', owner: accountId, amount } as const;
    await world.app
      .get(DataSource)
      .transaction((manager) =>
        world.app.get(LedgerService).book(manager, campaign, 'pay', `pay:${tx}`, [move]),
      );
    return tx;
  };
  const idOf = async (person: Person) => (await person.must<{ id: string }>('GET', '/me')).id;

  // first: the others book payments that the contract never made
  test('a payment on chain is there with its transaction, and with what it was worth', async () => {
    const person = await world.person();
    const prices = { [`31337:${world.chain.token}`]: '0.5', '31337': '1' };
    writeFileSync(pricesFile, JSON.stringify({ currency: 'EUR', prices }));
    world.clock.advance(DAY);
    await world.chore('prices');
    await close(await idOf(person), [['storage', 3n * TOKEN]]);
    await earnEpoch(world, campaignId, epochs++, [[person, UNIT_SIZE]]);
    world.clock.advance(1_000);
    for (let i = 0; i < 6; i++) await world.chore('payouts');
    const { lines, head, agreesWithLedger } = await json(person);
    expect(head.currency).toBe('EUR');
    expect(lines).toMatchObject([
      { kind: 'storage', amount: (3n * TOKEN).toString(), tokens: '3', value: '1.50', tx: null },
      { kind: 'payment', tokens: '3.000001', value: '1.50' },
    ]);
    const [payout] = (await person.must<{ items: { tx: string }[] }>('GET', '/payouts')).items;
    expect(lines[1]!.tx).toBe(payout!.tx);
    // the helper promised one unit without a line: a statement says so, and does not hide it
    expect(agreesWithLedger).toBe(false);
    const csv = (await ask(person, 'csv')).body.toString('utf8');
    expect(csv).toContain('DIFFERS FROM THE LEDGER');
    expect(csv).toContain(`,${payout!.tx},1.50,EUR,"'=農場 ""A"", B",`);
    expect(csv.startsWith('\uFEFFbooked_at,')).toBe(true);
    const { status, body } = await ask(person, 'pdf');
    expect(status).toBe(200);
    expect(textOf(body)).toContain(payout!.tx.slice(2, 30));
    expect(textOf(body)).toContain('u{8FB2}');
  });

  test('whatever was booked when, sums of any period are those of the ledger', async () => {
    const amount = fc.bigInt(1n, 10n ** 20n);
    const step = fc.oneof(
      fc.tuple(fc.constantFrom(...(Object.keys(moves) as LineKind[])), amount),
      fc.tuple(fc.constant('pay' as const), amount),
    );
    const days = fc.array(fc.array(step, { maxLength: 5 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(days, fc.nat(4), fc.nat(4), async (story, a, b) => {
        const person = await world.person();
        const id = await idOf(person);
        world.clock.advance(DAY);
        const start = world.clock.now().getTime();
        for (const steps of story) {
          const lines = steps.filter((one): one is [LineKind, bigint] => one[0] !== 'pay');
          if (lines.length > 0) await close(id, lines);
          for (const [kind, units] of steps) if (kind === 'pay') await pay(id, units);
          world.clock.advance(DAY);
        }
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const part = await json(person, day(start + first * DAY), day(start + last * DAY));
        expect(part.agreesWithLedger).toBe(true);
        const expected = story.slice(first, last + 1).flat();
        expect(part.lines).toHaveLength(expected.length);
        const paid = expected.filter(([kind]) => kind === 'pay').reduce((sum, [, units]) => sum + units, 0n);
        expect(part.totals.paid).toBe(paid.toString());
        expect(part.lines.filter(({ tx }) => tx !== null)).toHaveLength(
          expected.filter(([kind]) => kind === 'pay').length,
        );
        const whole = await json(person, day(start), today());
        const campaign = await world.app.get(LedgerService).balances(campaignId, id);
        expect(whole.closing).toEqual({
          held: campaign['contributor:held'].toString(),
          due: (campaign['contributor:released'] + campaign['contributor:published']).toString(),
          paid: campaign['contributor:paid'].toString(),
        });
      }),
      { numRuns: 8 },
    );
  });

  test('of many lines a PDF has many pages, and each line once', async () => {
    const person = await world.person();
    world.clock.advance(DAY);
    await close(
      await idOf(person),
      Array.from({ length: 120 }, (_, i) => ['storage', BigInt(i + 1) * TOKEN]),
    );
    const text = textOf((await ask(person, 'pdf')).body);
    for (const i of [1, 60, 120]) expect(text.split(`x ${BigInt(i) * TOKEN} base units`)).toHaveLength(2);
    expect(text).toContain('The lines are all that the ledger has.');
  });

  test('what is not a period, a campaign or a form is refused', async () => {
    const person = await world.person();
    for (const [format, from, to] of [
      ['csv', '2026-02-30', '2026-03-01'],
      ['csv', '2026-03-02', '2026-03-01'],
      ['csv', '2025-01-01', '2026-12-31'],
      ['xml', '2026-01-01', '2026-01-01'],
      ['csv', 'yesterday', '2026-01-01'],
    ] as const) {
      const { status, body } = await ask(person, format, from, to);
      expect([status, JSON.parse(body.toString()).code], `${format} ${from} ${to}`).toEqual([
        400,
        'bad_request',
      ]);
    }
    expect((await ask(person, 'csv', today(), today(), randomUUID())).status).toBe(404);
  });

  test('a reader that is gone holds nothing; one that stands still is given up', async () => {
    const person = await world.person();
    const query = { campaignId, from: today(), to: today(), format: 'json' as const };
    const open = async () => {
      const { pieces } = await world.app.get(StatementsService).make(await idOf(person), query);
      await pieces.next();
      return pieces;
    };
    const idle = `FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`;
    const held = () => world.query(`SELECT pid ${idle}`);
    const gone = await open();
    expect(await held()).toHaveLength(1);
    await gone.return();
    expect(await held()).toHaveLength(0);
    const still = await open();
    // as the database does by itself after 30 s
    await world.query(`SELECT pg_terminate_backend(pid) ${idle}`);
    await expect(
      (async () => {
        for await (const _ of still);
      })(),
    ).rejects.toThrow();
    expect((await json(person)).agreesWithLedger).toBe(true);
  });
});

/** The text of a PDF as pdfkit writes it: hex strings in compressed streams. */
function textOf(pdf: Buffer): string {
  const texts: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('endstream', at);
    try {
      const content = inflateSync(pdf.subarray(at + 7, end)).toString('latin1');
      for (const [, row] of content.matchAll(/\[(.*?)\] TJ/g))
        texts.push(
          [...row!.matchAll(/<([0-9a-f]*)>/g)]
            .map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1'))
            .join(''),
        );
    } catch {
      // not every stream is text
    }
  }
  return texts.join('\n');
}
