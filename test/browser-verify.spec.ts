import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, openBrowser } from './support/chromium.js';
import { closeEpochs, keeper } from './support/closed-epochs.js';
import { PortalServer } from './support/portal-server.js';
import { expectNoSideScroll, visitor } from './support/visitor.js';
import { World } from './support/world.js';

const program = findChromium();
const REFERENCE = 'ab'.repeat(32);

describe('verifying a period in the visitor’s browser', () => {
  let world: World;
  let portal: PortalServer;
  let browser: Browser;

  beforeEach((context) => {
    portal.alter = () => null;
    if (!program) context.skip('no Chromium on this machine (.ci/run installs it; CHROMIUM names another)');
  });

  beforeAll(async () => {
    if (!program) return;
    world = await World.begin();
    await world.campaign();
    await keeper(world);
    await closeEpochs(world, 2);
    await world.query(
      `INSERT INTO bundle_uploads SELECT "campaignId", 1, $1, at FROM bundles WHERE "epochIndex" = 1`,
      [REFERENCE],
    );
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program);
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
  });

  const arrive = (width = 1280, locale: 'en' | 'zh' = 'en') =>
    visitor(browser, portal.url, { who: 'person1', width, locale });

  /** Opens the verification of period 1, by the way a person takes, and starts it. */
  async function verify(page: Page) {
    await page.goto('/earnings');
    await page
      .getByRole('button', { name: /^(Verify period|核验第) 1/ })
      .first()
      .click();
    await page.getByTestId('verify-start').click();
  }

  const end = (page: Page, state: string) =>
    page.locator(`[data-testid=verify][data-state=${state}]`).waitFor();

  test('it is found sound, the lines on the page are its lines, and a line leads to proofs that hold', async () => {
    const { context, page, faults } = await arrive();
    await verify(page);
    await end(page, 'sound');
    await page.getByTestId('verify-same').waitFor();
    await page.getByTestId('verify').locator(`[title="bzz://${REFERENCE}"]`).waitFor();
    const storage = page.getByTestId('bundle-line').filter({ hasText: 'network weight' });
    await storage.getByTestId('bundle-line-show').click();
    const check = storage.getByTestId('bundle-evidence').locator('li').first();
    await check.locator('[data-holds=true]').waitFor();
    await check.getByTestId('bundle-check').click();
    expect(await check.textContent()).toMatch(/line \d+ of answers\.ndjson\.zst/);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a changed byte is found, and said in the visitor’s language', async () => {
    portal.alter = (path, body) => {
      if (!path.endsWith('/1/lines.ndjson.zst')) return null;
      const changed = Buffer.from(body);
      changed[changed.length - 5]! ^= 1;
      return changed;
    };
    const { context, page, faults } = await arrive(360, 'zh');
    await verify(page);
    await end(page, 'failed');
    const fault = page.getByTestId('verify-fault');
    expect(await fault.getAttribute('data-code')).toBe('file');
    expect(await fault.textContent()).toMatch(/lines\.ndjson\.zst/);
    expect(await fault.textContent()).toMatch(/文件/);
    expect(faults).toEqual([]);
    await expectNoSideScroll(page);
    await context.close();
  });

  test('a bundle that another key than the center’s has signed is found', async () => {
    portal.alter = (path, body) =>
      path === '/api/center'
        ? Buffer.from(
            body.toString().replace(/"publicKey":"[0-9a-f]{64}"/, `"publicKey":"${'ab'.repeat(32)}"`),
          )
        : null;
    const { context, page } = await arrive();
    await verify(page);
    await end(page, 'failed');
    expect(await page.getByTestId('verify-fault').getAttribute('data-code')).toBe('center_key');
    await context.close();
  });

  test('it can be stopped, and a center that is gone is not called a liar', async () => {
    const { context, page } = await arrive(360);
    let asked!: () => void;
    const begun = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await context.route('**/1/answers.ndjson.zst', async () => asked());
    await verify(page);
    await begun;
    await page.getByTestId('verify-cancel').click();
    await end(page, 'cancelled');
    await context.unroute('**/1/answers.ndjson.zst');
    portal.alter = (path) => (path.includes('/bundles/') ? Buffer.from('gateway') : null);
    await page.getByTestId('verify-start').click();
    await end(page, 'failed');
    await expectNoSideScroll(page);
    await context.close();
  });
});
