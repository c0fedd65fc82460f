import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Wallet } from 'ethers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import { findChromium, openBrowser } from './support/chromium.js';
import { earnEpoch } from './support/earned-epoch.js';
import type { Person } from './support/person.js';
import { PortalServer } from './support/portal-server.js';
import { World } from './support/world.js';

const program = findChromium();
/** A folder for pictures of what is seen; none without it. */
const PICTURES = process.env.PICTURES;

describe.skipIf(!program)('money in the portal', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    world = await World.begin({ funds: 100n * TOKEN });
    const campaignId = await world.campaign({ plotTarget: 0, epochSeconds: 86_400 });
    await world.chore('funding');
    person = await world.person();
    await earnEpoch(world, campaignId, 0, [[person, 60n * TOKEN]]);
    for (const name of ['funds', 'treasury']) await world.chore(name);
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program!);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

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
    page.setDefaultTimeout(30_000);
    const see = async (name: string) => {
      const across = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(across, `${name} is wider than the window`).toBeLessThanOrEqual(0);
      if (PICTURES)
        await page.screenshot({ path: `${PICTURES}/${name}-${width}-${locale}.png`, fullPage: true });
    };
    return { context, page, see };
  };

  test('a wish is set, held payouts say why, statements are downloaded, a change of address is called off', async () => {
    const { context, page, see } = await visitor('person1', 1280, 'en');
    await page.goto('/account');
    await page.getByTestId('wish-minimum').fill('75.5');
    await page.getByTestId('wish-max-fee').fill('2.5');
    await page.getByTestId('wish-save').click();
    await page.getByText('Saved').first().waitFor();
    await page.getByTestId('expected-fee').waitFor();
    await see('account');
    for (let i = 0; i < 6; i++) await world.chore('payouts');
    await page.goto('/payouts');
    await page.getByText('waits until 75.5 TST').waitFor();
    await see('payouts');
    for (const format of ['csv', 'json', 'pdf']) {
      const download = page.waitForEvent('download');
      await page.getByTestId(`statement-${format}`).click();
      expect((await readFile(await (await download).path())).length).toBeGreaterThan(200);
    }
    await person.must('PUT', '/me/payout-address', { address: Wallet.createRandom().address });
    await page.goto('/');
    await page.getByTestId('address-notice').waitFor();
    await page.getByTestId('campaign-funds').waitFor();
    await see('home');
    await page.goto('/account');
    await page.getByTestId('payout-address-keep').click();
    await page.getByTestId('payout-address-keep').waitFor({ state: 'detached' });
    expect(await person.must('GET', '/me')).toMatchObject({ pendingPayoutAddress: null });
    await context.close();
  });

  test.each([
    [1280, 'en'],
    [1280, 'zh'],
    [360, 'en'],
    [360, 'zh'],
  ])('pages fit at %i px in %s', async (width, locale) => {
    const admin = await visitor('admin', width, locale);
    await admin.page.goto('/admin/treasury');
    await admin.page.getByTestId('treasury-sender').first().waitFor();
    await admin.page.getByTestId('runway').waitFor();
    await admin.see('treasury');
    await admin.context.close();
    const mine = await visitor('person1', width, locale);
    await mine.page.goto('/account');
    await mine.page.getByTestId('payout-wish').waitFor();
    await mine.see('account');
    await mine.page.goto('/payouts');
    await mine.page.getByTestId('statement-pdf').waitFor();
    await mine.see('payouts');
    await mine.context.close();
  });
});
