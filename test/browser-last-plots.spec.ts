import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, openBrowser } from './support/chromium.js';
import { PortalServer } from './support/portal-server.js';
import { expectNoSideScroll, visitor } from './support/visitor.js';
import { World } from './support/world.js';

const program = findChromium();
const DAY = 86_400_000;
const looks = [
  { width: 1280, locale: 'en', told: 'Test campaign hands out no new plots since' },
  { width: 360, locale: 'zh', told: '来不及满足保管时间' },
] as const;

describe('the last days of a campaign, in a browser', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;

  beforeEach((context) => {
    if (!program) context.skip('no Chromium on this machine (.ci/run installs it; CHROMIUM names another)');
  });

  beforeAll(async () => {
    if (!program) return;
    world = await World.begin();
    await world.person();
    const endsAt = new Date(world.clock.now().getTime() + 5 * DAY).toISOString();
    await world.campaign({ endsAt, retentionSeconds: 3 * 86_400 });
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program);
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

  test('nothing is said while new plots are handed out', async () => {
    const { context, page } = await visitor(browser, portal.url, { who: 'person1', ...looks[0] });
    await page.goto('/');
    await page.getByText('Three steps to your first tokens').waitFor();
    expect(await page.getByTestId('campaign-last-plots').count()).toBe(0);
    await context.close();
    world.clock.advance(2 * DAY);
  });

  test.each(looks)('then why there are none any more ($locale, $width px)', async ({ told, ...look }) => {
    const { context, page, faults } = await visitor(browser, portal.url, { who: 'person1', ...look });
    await page.goto('/');
    const notice = page.getByTestId('campaign-last-plots');
    await notice.waitFor();
    expect(await notice.textContent()).toContain(told);
    await expectNoSideScroll(page);
    expect(faults).toEqual([]);
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/last-plots-${look.locale}.png` });
    await context.close();
  });
});
