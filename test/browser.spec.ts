import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JsonRpcChain } from '#libs/settlement';
import { findChromium, openBrowser } from './support/chromium.js';
import { DemoProcess, newDemoFolder, removeDemoFolder } from './support/demo-process.js';

const program = findChromium();

describe('the portal in a browser', () => {
  let folder: string;
  let demo: DemoProcess;
  let browser: Browser;

  beforeEach((context) => {
    if (!program) context.skip('no Chromium on this machine (.ci/run installs it; CHROMIUM names another)');
  });

  beforeAll(async () => {
    if (!program) return;
    folder = newDemoFolder();
    demo = new DemoProcess(folder);
    browser = await openBrowser(program);
    await demo.said(/The portal stays up until Ctrl-C/);
  }, 240_000);

  afterAll(async () => {
    if (!program) return;
    await browser?.close();
    await demo?.end();
    removeDemoFolder(folder);
  }, 30_000);

  const signIn = (role: 'admin' | 'storer') =>
    demo.signIns().find(({ email }) => email.startsWith(`${role}@`))!;

  /** A visitor whose page throws nothing and logs no error. */
  async function visitor(width: number, locale: 'en' | 'zh') {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      baseURL: demo.place().portal,
    });
    await context.addInitScript((chosen) => localStorage.setItem('croft.locale', chosen), locale);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.setDefaultTimeout(60_000);
    return { context, page, faults };
  }

  test('the keeper signs in, sees why a line was earned, and a payout that is on the chain', async () => {
    const { context, page, faults } = await visitor(1200, 'en');
    const { email, password } = signIn('storer');
    await page.goto('/');
    await page.getByTestId('sign-in-email').fill(email);
    await page.getByTestId('sign-in-password').fill(password);
    await page.getByTestId('sign-in-submit').click();

    await page.getByTestId('nav-earnings').click();
    const reason = page.getByTestId('earning-line').last().getByRole('button', { name: /kept/ });
    // how many plots were kept, and how many checks were proved
    expect(await reason.textContent()).toMatch(/\d.*\d/);
    await reason.click();
    const check = page.getByTestId('line-evidence').getByTestId('evidence-check').first();
    await check.waitFor();
    expect(await check.textContent()).toMatch(/proved/i);
    await page.keyboard.press('Escape');
    await page.getByTestId('line-evidence').waitFor({ state: 'detached' });

    await page.getByTestId('nav-payouts').click();
    const row = page.getByTestId('payout-row').filter({ hasText: 'confirmed' }).last();
    const tx = await row.getByTestId('payout-tx').locator('[title]').first().getAttribute('title');
    const { chainUrl, payoutContract } = demo.place();
    const chain = new JsonRpcChain({ url: chainUrl, chainId: 31337 });
    const receipt = await chain.getReceipt(tx!);
    expect(receipt).toMatchObject({ status: 'success', to: payoutContract });
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000);

  const own = ['/', '/nodes', '/nodes?add', '/plots', '/earnings', '/payouts', '/account', '/no-such-page'];
  const operator = [
    '/admin',
    '/admin/campaigns',
    '/admin/data-sets',
    '/admin/nodes',
    '/admin/tasks',
    '/admin/payouts',
  ];
  const pages = [
    { who: null, paths: ['/sign-in'] },
    { who: 'storer', paths: own },
    { who: 'admin', paths: [...own, ...operator] },
  ] as const;

  test.each(['en', 'zh'] as const)(
    'no page is wider than a telephone of 360 px (%s)',
    async (locale) => {
      for (const { who, paths } of pages) {
        const { context, page, faults } = await visitor(360, locale);
        if (who) await enter(context, signIn(who));
        const tooWide: string[] = [];
        for (const path of paths) {
          await page.goto(path, { waitUntil: 'load' });
          await settled(page, locale);
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          if (width > 360) tooWide.push(`${path} as ${who ?? 'visitor'}: ${width} px`);
          expect(new URL(page.url()).pathname, 'it stayed on the page').toBe(path.split('?')[0]);
        }
        expect(tooWide).toEqual([]);
        expect(faults).toEqual([]);
        await context.close();
      }
    },
    300_000,
  );
});

async function enter(context: BrowserContext, { email, password }: { email: string; password: string }) {
  const answer = await context.request.post('/api/auth/password', { data: { email, password } });
  expect(answer.ok()).toBe(true);
}

/** All that the page asks for has come, and it speaks the language. */
async function settled(page: Page, locale: 'en' | 'zh') {
  await page.locator(`html[lang="${locale === 'zh' ? 'zh-CN' : 'en'}"]`).waitFor({ state: 'attached' });
  // by name, not by role: an open dialog hides the page behind it from readers
  await page.locator('h1, .nothing').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'));
  await page.waitForTimeout(200);
}
