import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '#libs/protocol';
import { findChromium, openBrowser } from './support/chromium.js';
import { PortalServer } from './support/portal-server.js';
import { World } from './support/world.js';

const program = findChromium();
/** A folder for pictures of what is seen; none without it. */
const PICTURES = process.env.PICTURES;

describe('data sets in the portal', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;
  const content = Buffer.alloc(limits.pieceBytes + 54_321);
  for (let i = 0; i < content.length; i++) content[i] = (i * i) >> 7;

  beforeEach((context) => {
    portal.alter = () => null;
    if (!program) context.skip('no Chromium on this machine (.ci/run installs it; CHROMIUM names another)');
  });

  beforeAll(async () => {
    if (!program) return;
    world = await World.begin();
    await world.campaign({ plotTarget: 0 });
    await world.contributor({ store: '100MB' });
    await world.contributor({ store: '100MB' });
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

  async function visitor(who: string, width = 1280, locale = 'en') {
    const context = await browser.newContext({ viewport: { width, height: 800 }, baseURL: portal.url });
    await context.addInitScript((chosen) => localStorage.setItem('croft.locale', chosen), locale);
    const data = { email: `${who}@test.example`, password: 'correct horse' };
    expect((await context.request.post('/api/auth/password', { data })).ok()).toBe(true);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (/security policy/i.test(message.text())) faults.push(message.text());
    });
    page.setDefaultTimeout(20_000);
    return { context, page, faults };
  }

  async function seen(page: Page, name: string) {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }

  test('an admin makes one of a file, sees it kept and proved, and reads it back whole', async () => {
    const { context, page, faults } = await visitor('admin');
    await page.goto('/');
    await page.getByTestId('nav-admin-data-sets').click();
    await page.locator('.nothing').waitFor();
    await page.getByTestId('new-data-set').click();
    await page.getByTestId('data-set-name').fill('Field notes');
    await page.getByRole('textbox', { name: 'Replicas wanted' }).fill('2');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'notes.bin', mimeType: 'application/octet-stream', buffer: content });
    await seen(page, 'form-en');
    await page.getByTestId('data-set-create').click();
    const card = page.getByTestId('data-set-card');
    await card.getByText('is kept', { exact: true }).waitFor();
    await world.until(
      'two replicas are proved',
      async () => (await world.count(`plots WHERE state = 'accepted'`)) === 2,
    );
    await card.getByTestId('data-set-kept').filter({ hasText: '2 of 2' }).waitFor();
    await seen(page, 'card-en');

    await card.getByTestId('read-back').click();
    await page.getByTestId('read-start').click();
    const outcome = page.locator('[data-testid=read-outcome][data-outcome=whole]');
    await outcome.waitFor();
    expect(await outcome.textContent()).toContain(createHash('sha256').update(content).digest('hex'));
    const download = page.waitForEvent('download');
    await page.getByTestId('read-save').click();
    expect((await download).suggestedFilename()).toBe('Field notes');
    await seen(page, 'read-en');
    await page.keyboard.press('Escape');

    world.clock.advance(600_000);
    await world.until(
      'a round is answered',
      async () => (await world.count(`checks WHERE verdict = 'proved'`)) >= 10,
    );
    await card.getByTestId('show-replicas').click();
    const rows = page.getByTestId('replica-row');
    await rows.filter({ hasText: '10 min' }).nth(1).waitFor();
    expect(await rows.count()).toBe(2);
    expect(await page.getByTestId('replicas-sum').textContent()).toMatch(/^[1-9].*·h proved in all/);
    await seen(page, 'replicas-en');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('what comes back altered or not to its end is found, on a telephone and in Chinese', async () => {
    const { context, page, faults } = await visitor('admin', 360, 'zh');
    await page.goto('/admin/data-sets');
    const outcome = (how: string) => page.locator(`[data-testid=read-outcome][data-outcome=${how}]`);
    portal.alter = (path, body) => (path.endsWith('/content') ? Buffer.from(body).fill(1, 5, 6) : null);
    await page.getByTestId('read-back').click();
    await page.getByTestId('read-start').click();
    await outcome('differs').waitFor();
    portal.alter = (path, body) => (path.endsWith('/content') ? body.subarray(0, 1000) : null);
    await page.getByTestId('read-start').click();
    await outcome('cut').waitFor();
    await seen(page, 'cut-zh');
    await page.keyboard.press('Escape');
    await seen(page, 'card-zh');
    await page.getByTestId('show-replicas').click();
    await page.getByTestId('replica-row').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await seen(page, 'replicas-zh');
    await page.keyboard.press('Escape');
    await page.getByTestId('new-data-set').click();
    await page.getByTestId('data-set-name').waitFor();
    await seen(page, 'form-zh');
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a contributor sees the replica that is kept, and what it earns', async () => {
    for (const [width, locale] of [
      [1280, 'en'],
      [360, 'zh'],
    ] as const) {
      const { context, page, faults } = await visitor('person1', width, locale);
      await page.goto('/plots');
      const row = page.getByTestId('plot-row');
      await row.getByText(locale === 'en' ? 'replica' : '副本', { exact: true }).waitFor();
      // bytes of the replica over those of a plot-equivalent, times the rate, times a day
      await row.getByTestId('plot-pay').filter({ hasText: '5.837' }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await seen(page, `plots-${locale}`);
      await page.goto('/nodes');
      await page.getByText(locale === 'en' ? '0 plots and 1 replica' : '0 个绘图文件和1 份副本').waitFor();
      await seen(page, `nodes-${locale}`);
      expect(faults).toEqual([]);
      await context.close();
    }
  });
});
