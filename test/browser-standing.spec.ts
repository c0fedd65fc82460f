import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, openBrowser } from './support/chromium.js';
import { keeper } from './support/closed-epochs.js';
import { confirmLoss, deletePlots, LOSS_TIMES, vainRound } from './support/lost-plot.js';
import { PortalServer } from './support/portal-server.js';
import { expectNoSideScroll, visitor } from './support/visitor.js';
import { World } from './support/world.js';

const program = findChromium();
/** A folder for pictures of what is seen; none without it. */
const PICTURES = process.env.PICTURES;
const APPEAL = 'The disk was unplugged by the cat.\n<b>It</b> is back & well — 硬盘已恢复。';
const ANSWER = 'Granted: the node was back within the hour. 请照看好猫。';
const looks = [
  { width: 1280, locale: 'en' },
  { width: 360, locale: 'zh' },
] as const;
const HOUR = 3_600_000;
const told = {
  en: {
    lost: 'A plot could not be proved',
    open: 'open',
    granted: 'granted',
    back: 'notice → active',
    unlessAppeal: 'unless you appeal',
  },
  zh: {
    lost: '有绘图文件无法证明',
    open: '待答复',
    granted: '获准',
    back: '由提醒转为正常',
    unlessAppeal: '除非你提出异议',
  },
};

/** The stories follow one another: a loss, what its keeper says to it, what an admin answers. */
describe('where nodes stand, in a browser', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;

  beforeEach((context) => {
    if (!program) context.skip('no Chromium on this machine (.ci/run installs it; CHROMIUM names another)');
  });

  beforeAll(async () => {
    if (!program) return;
    world = await World.begin();
    await world.campaign({ ...LOSS_TIMES, retentionSeconds: 40 * 86_400 });
    const client = await keeper(world);
    world.clock.advance(HOUR + 30_000);
    await world.until('a part of its reward is held', async () => (await world.count('held_parts')) === 1);
    deletePlots(client);
    await vainRound(world);
    await confirmLoss(world);
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

  const contributor = (look: (typeof looks)[number]) =>
    visitor(browser, portal.url, { who: 'person1', ...look });
  const admin = (look: (typeof looks)[number]) => visitor(browser, portal.url, { who: 'admin', ...look });

  async function picture(page: Page, name: string, { width, locale }: (typeof looks)[number]) {
    if (PICTURES)
      await page.screenshot({ path: `${PICTURES}/${name}-${locale}-${width}.png`, fullPage: true });
  }

  test.each(looks)('a loss is told with its evidence ($locale, $width px)', async (look) => {
    const { context, page, faults } = await contributor(look);
    await page.goto('/standing');
    const step = page.getByTestId('step').filter({ hasText: told[look.locale].lost });
    await step.getByTestId('step-evidence-show').click();
    const checks = step.getByTestId('step-evidence').locator('article');
    await checks.first().waitFor();
    expect(await checks.count()).toBeGreaterThanOrEqual(2);
    await expectNoSideScroll(page);
    await step.getByTestId('appeal-open').click();
    expect(await step.getByTestId('appeal-send').isDisabled()).toBe(true);
    await picture(page, 'standing', look);
    expect(faults).toEqual([]);
    await context.close();
  });

  test.each(looks)('the held part says why it waits longer ($locale, $width px)', async (look) => {
    const { context, page, faults } = await contributor(look);
    await page.goto('/earnings');
    await page.getByTestId('held-longer').waitFor();
    const why = page.getByTestId('held-why').filter({ hasText: told[look.locale].unlessAppeal });
    await why.waitFor();
    await expectNoSideScroll(page);
    await picture(page, 'held-longer', look);
    await why.getByRole('link').click();
    await page.waitForURL('**/standing');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('without an appeal an admin is told that there is none', async () => {
    const { context, page, faults } = await admin(looks[1]);
    await page.goto('/admin/appeals');
    await page.getByText('还没有人对任何一步提出异议。').waitFor();
    await expectNoSideScroll(page);
    await picture(page, 'appeals-none', looks[1]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('its keeper appeals once, in words that are shown as they were written', async () => {
    const { context, page, faults } = await contributor(looks[0]);
    await page.goto('/standing');
    await page.getByTestId('appeal-open').click();
    await page.getByTestId('appeal-text').fill(`  ${APPEAL}  `);
    await page.getByTestId('appeal-send').click();
    const said = page.getByTestId('appeal');
    await said.waitFor();
    expect(await said.locator('.said').textContent()).toBe(APPEAL);
    await page.getByTestId('appeal-open').waitFor({ state: 'detached' });
    await expectNoSideScroll(page);
    await picture(page, 'standing-appealed', looks[0]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test.each(looks)('an admin sees it with its clock ($locale, $width px)', async (look) => {
    const { context, page, faults } = await admin(look);
    await page.goto('/admin/appeals');
    const card = page.getByTestId('appeal-card');
    await card.getByTestId('appeal').filter({ hasText: told[look.locale].open }).waitFor();
    expect(await card.locator('.said').textContent()).toBe(APPEAL);
    expect(await card.getByTestId('appeal-grant').isDisabled()).toBe(true);
    await card.getByTestId('step-evidence-show').click();
    await card.getByTestId('step-evidence').locator('article').first().waitFor();
    await expectNoSideScroll(page);
    await picture(page, 'appeals', look);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('who is no admin sees no appeals', async () => {
    const { context } = await contributor(looks[0]);
    expect((await context.request.get('/api/admin/appeals')).status()).toBe(403);
    await context.close();
  });

  test('an admin grants it, once', async () => {
    const { context, page, faults } = await admin(looks[0]);
    await page.goto('/admin/appeals');
    await page.getByTestId('appeal-answer').fill(ANSWER);
    await page.getByTestId('appeal-grant').click();
    await page.getByTestId('appeal-answer').waitFor({ state: 'detached' });
    await picture(page, 'appeals-answered', looks[0]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test.each(looks)(
    'its keeper reads the answer, and where the node stands now ($locale, $width px)',
    async (look) => {
      const { context, page, faults } = await contributor(look);
      await page.goto('/standing');
      const { lost, granted, back } = told[look.locale];
      await page.getByTestId('step').filter({ hasText: back }).waitFor();
      const said = page.getByTestId('step').filter({ hasText: lost }).getByTestId('appeal');
      await said.filter({ hasText: granted }).waitFor();
      expect(await said.locator('.said').allTextContents()).toEqual([APPEAL, ANSWER]);
      await expectNoSideScroll(page);
      await picture(page, 'standing-granted', look);
      expect(faults).toEqual([]);
      await context.close();
    },
  );
});
