import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCheque } from '#libs/settlement';
import { TOKEN } from './support/chain.js';
import { findChromium, openBrowser } from './support/chromium.js';
import { earnEpoch } from './support/earned-epoch.js';
import { injectWallet } from './support/injected-wallet.js';
import type { Person } from './support/person.js';
import { PortalServer } from './support/portal-server.js';
import { World } from './support/world.js';

const program = findChromium();
/** A folder for pictures of what is seen; none without it. */
const PICTURES = process.env.PICTURES;

describe.skipIf(!program)('cheques in the portal', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;
  let person: Person;
  let chequebook: string;
  let campaignId: string;

  beforeAll(async () => {
    world = await World.begin({ settings: { PAYOUT_APPROVAL: 'admin' } });
    chequebook = await world.chain.chequebook(50n * TOKEN);
    const payout = { payoutKind: 'cheques', payoutContract: chequebook, disputeSeconds: 86_400 };
    campaignId = await world.campaign({ plotTarget: 0, ...payout });
    for (const name of ['funding', 'cheques']) await world.chore(name);
    person = await world.person();
    await world.chain.setCoins(person.wallet.address, 10n ** 18n);
    await earnEpoch(world, campaignId, 0, [[person, (25n * TOKEN) / 2n]]);
    await world.chore('cheques');
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program!);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

  const faults: string[] = [];
  const visitor = async (who: string, width: number, locale: string) => {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      baseURL: portal.url,
      acceptDownloads: true,
    });
    await context.addInitScript((chosen) => localStorage.setItem('croft.locale', chosen), locale);
    const data = { email: `${who}@test.example`, password: 'correct horse' };
    expect((await context.request.post('/api/auth/password', { data })).ok()).toBe(true);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => faults.push(String(error)));
    const see = async (name: string) => {
      const across = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(across, `${name} is wider than the window`).toBeLessThanOrEqual(0);
      if (PICTURES)
        await page.screenshot({ path: `${PICTURES}/${name}-${width}-${locale}.png`, fullPage: true });
    };
    return { context, page, see };
  };

  test('approved by an admin, signed after its dispute time, downloaded, and cashed with one’s own wallet', async () => {
    const admin = await visitor('admin', 1280, 'en');
    await admin.page.goto('/admin/cheques');
    await admin.page.getByTestId('approve-cheques').click();
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await admin.page.locator('[data-testid=cheque-round][data-state=approved]').waitFor();
    await admin.see('admin-cheques');
    await admin.context.close();

    const { page, context, see } = await visitor('person1', 1280, 'en');
    await injectWallet(page, person.wallet as never, world.chain.url);
    await page.goto('/');
    await page.getByTestId('nav-cheques').click();
    await page.getByTestId('cheques-coming').waitFor();
    await see('cheques-coming');
    world.clock.advance(86_400_000);
    await world.chore('cheques');
    await page.locator('[data-testid=cheque][data-state=issued]').waitFor();
    const download = page.waitForEvent('download');
    await page.getByTestId('cheque-download').click();
    const cheque = parseCheque(await readFile(await (await download).path(), 'utf8'));
    expect(cheque).toMatchObject({ chequebook, cumulativePayout: (25n * TOKEN) / 2n });

    await page.getByTestId('claim-connect').click();
    await page.getByTestId('cheque-look').click();
    await page.locator('[data-testid=cashing][data-state=due]').waitFor();
    await see('cheque-due');
    await page.getByTestId('cheque-cash').click();
    await page.locator('[data-testid=cashing][data-state=done]').waitFor();
    expect(await world.chain.chain.tokenBalance(world.chain.token, person.wallet.address)).toBe(
      (25n * TOKEN) / 2n,
    );
    await world.chain.mine();
    await world.chore('cheques');
    await page.locator('[data-testid=cheque][data-state=cashed]').waitFor();
    await context.close();
    expect(faults).toEqual([]);
  });

  test('a chequebook without money is shown so; another account’s wallet is told whose cheque it is', async () => {
    await earnEpoch(world, campaignId, 1, [[person, 10n * TOKEN]]);
    await world.chore('cheques');
    const [round] = (await world.admin.must<{ items: [{ id: string }] }>('GET', '/admin/cheques/rounds'))
      .items;
    await world.admin.must('POST', `/admin/cheques/rounds/${round.id}/approve`);
    world.clock.advance(86_400_000);
    await world.chore('cheques');
    await world.chain.withdraw(chequebook, 30n * TOKEN);
    await world.chain.mine();
    world.clock.advance(60_000);
    await world.chore('cheques');

    const { page, context, see } = await visitor('person1', 1280, 'en');
    await injectWallet(page, person.wallet as never, world.chain.url);
    await page.goto('/cheques');
    await page.getByText('no: cashed now it may pay less').waitFor();
    await page.getByTestId('claim-connect').click();
    await page.getByTestId('cheque-look').click();
    await page.getByText('Take what there is').waitFor();
    await see('cheque-uncovered');
    await context.close();

    const other = await visitor('person1', 1280, 'en');
    await injectWallet(other.page, (await world.person()).wallet as never, world.chain.url);
    await other.page.goto('/cheques');
    await other.page.getByTestId('claim-connect').click();
    await other.page.getByText('Your wallet shows another account').waitFor();
    await other.context.close();
    expect(faults).toEqual([]);
  });

  test.each([
    [1280, 'en'],
    [1280, 'zh'],
    [360, 'en'],
    [360, 'zh'],
  ])('pages fit at %i px in %s', async (width, locale) => {
    const admin = await visitor('admin', width, locale);
    await admin.page.goto('/admin/cheques');
    await admin.page.getByTestId('chequebook-uncovered').waitFor();
    await admin.page.getByTestId('cheque-round').first().waitFor();
    await admin.see('admin-cheques-uncovered');
    await world.chore('treasury');
    await admin.page.goto('/admin/treasury');
    await admin.page.getByTestId('treasury-uncashed').waitFor();
    await admin.see('treasury-cheques');
    await admin.page.goto('/admin/campaigns');
    await admin.page.getByTestId('campaign-card').waitFor();
    await admin.see('campaign');
    await admin.page.getByTestId('new-campaign').click();
    await admin.page.getByTestId('payout-kind').selectOption('cheques');
    await admin.see('new-campaign');
    await admin.context.close();
    const mine = await visitor('person1', width, locale);
    await mine.page.goto('/cheques');
    await mine.page.getByTestId('cheque').waitFor();
    await mine.see('cheques');
    await mine.context.close();
    expect(faults).toEqual([]);
  });
});
