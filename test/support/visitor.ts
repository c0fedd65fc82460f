import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What went wrong on the page, and what its security policy forbade; a test expects none. */
  faults: string[];
}

/** Somebody at the portal, signed in as `<who>@test.example`, with a screen of that width and a language. */
export async function visitor(
  browser: Browser,
  portalUrl: string,
  { who, width, locale }: { who: string; width: number; locale: 'en' | 'zh' },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, baseURL: portalUrl });
  await context.addInitScript((chosen) => localStorage.setItem('croft.locale', chosen), locale);
  const data = { email: `${who}@test.example`, password: 'correct horse' };
  expect((await context.request.post('/api/auth/password', { data })).ok()).toBe(true);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (/security policy/i.test(message.text())) faults.push(message.text());
  });
  page.setDefaultTimeout(60_000);
  return { context, page, faults };
}

/** The page is not wider than its screen. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()!.width);
}
