import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from './support/chain.js';
import { findChromium, openBrowser } from './support/chromium.js';
import { closeEpochs, keeper } from './support/closed-epochs.js';
import { PortalServer } from './support/portal-server.js';
import { expectNoSideScroll, visitor } from './support/visitor.js';
import { World } from './support/world.js';

const program = findChromium();
/** A folder for pictures of what is seen; none without it. */
const PICTURES = process.env.PICTURES;
const DOUBLED = { plottingPerPlot: { '18': (200n * TOKEN).toString() } };

interface Preview {
  replayed: string;
  booked: string;
  difference: string;
  items: { name: string; replayed: string; booked: string; difference: string }[];
}

describe.skipIf(!program)('the preview of rates, in a browser', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;
  let campaignId: string;

  beforeAll(async () => {
    world = await World.begin();
    campaignId = await world.campaign();
    await keeper(world);
    await closeEpochs(world, 2);
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program!);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

  test.each([
    { width: 1280, locale: 'en' },
    { width: 360, locale: 'zh' },
  ] as const)('shows the API’s figures and publishes nothing ($locale, $width px)', async (look) => {
    const [campaign] = (await world.admin.must<{ items: { rates: object }[] }>('GET', '/admin/campaigns'))
      .items;
    const { version: _, effectiveAt: __, ...rates } = campaign!.rates as Record<string, unknown>;
    const draft = {
      ...rates,
      ...DOUBLED,
      effectiveAt: new Date(world.clock.now().getTime() + 3_600_000).toISOString(),
    };
    const told = await world.admin.must<Preview>('POST', `/admin/campaigns/${campaignId}/preview`, draft);
    expect(BigInt(told.difference)).toBeGreaterThan(0n);
    const before = await world.query('SELECT * FROM campaign_rates');

    const { context, page, faults } = await visitor(browser, portal.url, { who: 'admin', ...look });
    await page.goto('/admin/campaigns');
    await page.getByTestId('new-rates').click();
    // the page knows the time of this machine, the center lives in the test's
    const later = new Date(world.clock.now().getTime() + 2 * 86_400_000).toISOString();
    await page.locator('input[type="datetime-local"]').fill(later.slice(0, 16));
    await page.locator('input[value="100"]').first().fill('200');
    await page.getByTestId('preview-rates').click();
    const shown = page.getByTestId('rates-preview');
    const row = shown.getByTestId('preview-row');
    await row.first().waitFor();
    const units = (of: typeof shown) =>
      of.locator('data.money').evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    const [replayed, booked, difference] = await units(shown.locator('dl'));
    expect({ replayed, booked, difference }).toEqual({
      replayed: told.replayed,
      booked: told.booked,
      difference: told.difference,
    });
    expect(await row.count()).toBe(told.items.length);
    for (const [i, item] of told.items.entries()) {
      expect(await row.nth(i).textContent()).toContain(item.name);
      expect(await units(row.nth(i))).toEqual([item.booked, item.replayed, item.difference]);
    }
    await expectNoSideScroll(page);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/preview-${look.locale}-${look.width}.png` });
    expect(await world.query('SELECT * FROM campaign_rates')).toEqual(before);
    expect(faults).toEqual([]);
    await context.close();
  });
});
