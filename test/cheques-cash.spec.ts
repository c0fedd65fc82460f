import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CashError, type ChequeText, cashCall, planCashing } from '#libs/claims';
import { ChequebookContract, parseCheque } from '#libs/settlement';
import { ClientError } from '../apps/client/src/client-error.js';
import { type ChequesOptions, getCheques, listCheques } from '../apps/client/src/commands/cheques.js';
import { type CashOptions, cashCheque } from '../apps/client/src/commands/cheques-cash.js';
import { claimReader } from '../apps/client/src/commands/claim-chain.js';
import { speakFor } from '../apps/client/src/messages/speak.js';
import { TOKEN } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { World } from './support/world.js';

/** What a contributor does with cheques, by `croft` and in the portal. */
describe('cashing cheques', () => {
  let world: World;
  let campaignId: string;
  let chequebook: string;
  let person: Person;
  let folder: string;
  let keyFile: string;
  let epochs = 0;

  const said = (run: (io: Parameters<typeof cashCheque>[2]) => Promise<boolean>) => {
    const lines: string[] = [];
    const out = (text: string) => void lines.push(text);
    return run({ out, err: out, speak: speakFor({}), env: {} }).then((due) => ({
      due,
      said: lines.join('\n'),
    }));
  };
  const account = () => person.wallet.address;
  const list = (options: Partial<ChequesOptions> = {}, of = world.url) =>
    said((io) => listCheques(of, { account: account(), ...options }, io));
  const get = () => said((io) => getCheques(world.url, { account: account(), out: folder }, io));
  const cash = (file: string, options: Partial<CashOptions> = {}) =>
    said((io) => cashCheque(file, { rpc: world.chain.url, keyFile, ...options }, io));
  const refusal = async (run: Promise<unknown>) => {
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClientError);
    return (error as ClientError).code;
  };
  const earn = async (amount: bigint) => {
    await earnEpoch(world, campaignId, epochs++, [[person, amount]]);
    await world.chore('cheques');
  };
  const balance = (of: string) => world.chain.chain.tokenBalance(world.chain.token, of);
  const booked = async () => {
    await world.chain.mine();
    world.clock.advance(60_000);
    await world.chore('cheques');
  };
  const newest = () =>
    join(
      folder,
      readdirSync(folder)
        .filter((name) => /-\d+\.json$/.test(name))
        .sort()
        .at(-1)!,
    );

  beforeAll(async () => {
    world = await World.begin();
    chequebook = await world.chain.chequebook(10n * TOKEN);
    campaignId = await world.campaign({
      plotTarget: 0,
      payoutKind: 'cheques',
      payoutContract: chequebook,
      disputeSeconds: 0,
    });
    await world.chore('funding');
    await world.chore('cheques');
    person = await world.person();
    folder = mkdtempSync(join(tmpdir(), 'croft-cheques-'));
    keyFile = join(folder, 'key');
    writeFileSync(keyFile, `${person.wallet.privateKey}\n`);
    await world.chain.setCoins(account(), 10n ** 18n);
  });
  afterAll(async () => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    await world?.end();
  });

  test('croft cheques: listed, written, looked at and cashed; the second time there is nothing', async () => {
    expect(await list()).toEqual({ due: false, said: `There is no cheque for ${account()}.` });
    await earn(3n * TOKEN);
    expect((await list()).said).toContain(
      '3.0 TST in all, 0.0 TST of it cashed, 3.0 TST left (not cashed yet)',
    );
    expect((await get()).said).toContain('3.0 TST in all. Cash it with');
    const look = await cash(newest(), { dryRun: true, keyFile: undefined });
    expect(look.said).toContain('pays 3.0 TST of 3.0 TST');
    expect(await balance(account())).toBe(0n);
    expect((await cash(newest())).said).toContain(`Paid 3.0 TST to ${account()}: transaction 0x`);
    expect(await balance(account())).toBe(3n * TOKEN);
    expect(await cash(newest())).toMatchObject({
      due: false,
      said: expect.stringContaining('Nothing is due'),
    });
    await booked();
    expect((await list()).said).toContain('0.0 TST left (cashed)');
    const told = JSON.parse((await list({ json: true })).said);
    expect(told).toMatchObject({
      ok: true,
      cheques: [{ cashed: `${3n * TOKEN}`, onChain: { covered: true } }],
    });
  });

  test('what the portal makes of a cheque is what another implementation encodes, and it refuses the same', async () => {
    await earn(TOKEN);
    const [{ file }] = (await person.must<{ items: [{ file: ChequeText }] }>('GET', `/cheques/${account()}`))
      .items;
    const to = '0x00000000000000000000000000000000000000ab';
    const cheque = parseCheque(JSON.stringify(file));
    const { data } = new ChequebookContract(world.chain.chain, chequebook).cashCall(cheque, to);
    expect(cashCall(file, to)).toBe(data);
    const chain = claimReader(world.chain.chain);
    expect(await planCashing(file, chain)).toMatchObject({
      due: TOKEN,
      payout: TOKEN,
      bounced: false,
      to: chequebook,
    });
    const refused = (change: Partial<ChequeText>, reader = chain) =>
      planCashing({ ...file, ...change }, reader).catch((error: CashError) => error.code);
    for (const change of [
      { cumulativePayout: `${9n * TOKEN}` },
      { cumulativePayout: '-1' },
      { signature: `0x${'11'.repeat(65)}` },
      { signature: '0x' },
      { beneficiary: to },
      { issuer: to },
      { chainId: 1 },
    ])
      expect(await refused(change)).toBe('cheque_not_signed');
    expect(await refused({ token: to })).toBe('chequebook_differs');
    expect(await refused({}, { ...chain, chainId: async () => 5 })).toBe('wrong_chain');
    expect(await refused({}, { ...chain, call: async () => '0x' })).toBe('chequebook_unreadable');
    await get();
    await cash(newest());
    expect(await refused({})).toBe('nothing_due');
    await booked();
  });

  test('croft cheques refuses what is not signed, not mine, or not covered', async () => {
    await earn(4n * TOKEN);
    await get();
    const text = readFileSync(newest(), 'utf8');
    const forged = join(folder, 'forged');
    writeFileSync(forged, text.replace(`"${8n * TOKEN}"`, `"${9n * TOKEN}"`));
    expect(await refusal(cash(forged))).toBe('cheque_not_signed');
    writeFileSync(forged, '{}');
    expect(await refusal(cash(forged))).toBe('cheque_unreadable');
    expect(await refusal(cash(join(folder, 'none')))).toBe('cheque_unreadable');
    const other = join(folder, 'other-key');
    writeFileSync(other, (await world.person()).wallet.privateKey);
    expect(await refusal(cash(newest(), { keyFile: other }))).toBe('cheque_not_yours');
    expect(await refusal(cash(newest(), { rpc: 'ftp://x' }))).toBe('cheques_options_invalid');
    expect(await refusal(cash(newest(), { keyFile: undefined }))).toBe('cheques_options_invalid');
    for (const to of ['0x1', '0x00000000000000000000000000000000000000aB'])
      expect(await refusal(cash(newest(), { to }))).toBe('cheques_options_invalid');
    expect(await refusal(cash(newest(), { rpc: 'http://127.0.0.1:1' }))).toBe('chain_refused');
    expect(await refusal(list({}, 'http://127.0.0.1:1'))).toBe('center_unreachable');
    expect(await refusal(list({ account: '0x12' }))).toBe('cheques_options_invalid');
    await world.chain.withdraw(chequebook, 6n * TOKEN);
    expect(await refusal(cash(newest(), { partial: true }))).toBe('cheque_uncovered');
    await world.chain.fund(chequebook, TOKEN);
    expect(await refusal(cash(newest()))).toBe('cheque_uncovered');
    const to = '0x00000000000000000000000000000000000000ab';
    expect((await cash(newest(), { partial: true, to })).said).toContain('Paid 1.0 TST');
    expect(await balance(to)).toBe(TOKEN);
    await booked();
    expect((await list()).said).toMatch(
      /bounced: not paid in full[\s\S]*Not covered[\s\S]*has bounced before/,
    );
    await world.chain.fund(chequebook, 3n * TOKEN);
    expect((await cash(newest())).said).toContain('Paid 3.0 TST');
  });
});
