import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bytesToHex } from '#libs/protocol';
import { FakeBee, FakeReserve } from './fake-bee/index.js';
import { findChromium, openBrowser } from './support/chromium.js';
import { Client } from './support/client.js';
import { PortalServer } from './support/portal-server.js';
import { TestSwarmChain } from './support/swarm-chain.js';
import { World } from './support/world.js';

const program = findChromium();
/** A folder for pictures of what is seen; none without it. */
const PICTURES = process.env.PICTURES;
const neighbourhood = new Uint8Array(32).fill(0x5a);

describe('the page of who runs a Bee node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'croft-bee-page-'));
  let swarm: TestSwarmChain;
  let world: World;
  let bee: FakeBee;
  let portal: PortalServer;
  let browser: Browser;

  beforeEach((context) => {
    if (!program) context.skip('no Chromium on this machine (.ci/run installs it; CHROMIUM names another)');
  });

  beforeAll(async () => {
    if (!program) return;
    swarm = await TestSwarmChain.start();
    world = await World.begin({ ports: () => ({ swarmChain: swarm.chain }) });
    const reserve = new FakeReserve({ neighbourhood, depth: 2, chunks: 60, stampedAtNs: 0n });
    const privateKey = new Uint8Array(32).fill(0x11);
    bee = await FakeBee.start({ reserve, privateKey, neighbourhood });
    await swarm.stake(bee.node);
    await swarm.mine(400);
    const beeKeyFile = join(folder, 'swarm.key');
    writeFileSync(beeKeyFile, bytesToHex(privateKey));
    const person = await world.person();
    const client = await Client.join(person, { store: '0', bee: bee.url, beeKeyFile });
    world.clients.push(await client.start());
    await world.person();
    portal = await PortalServer.before(world.url);
    browser = await openBrowser(program);
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await world?.end();
    await bee?.stop();
    await swarm?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visitor(who: string, width: number, locale: string) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, baseURL: portal.url });
    await context.addInitScript((chosen) => localStorage.setItem('croft.locale', chosen), locale);
    const data = { email: `${who}@test.example`, password: 'correct horse' };
    expect((await context.request.post('/api/auth/password', { data })).ok()).toBe(true);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.setDefaultTimeout(30_000);
    return { context, page, faults };
  }

  test('it says what the node reports, what is staked, and what is not known; in both languages', async () => {
    for (const [width, locale] of [
      [1280, 'en'],
      [360, 'zh'],
    ] as const) {
      const { context, page, faults } = await visitor('person1', width, locale);
      await page.goto('/bee');
      const card = page.getByTestId('bee-card');
      // 60 chunks of 4096 bytes
      await card.getByTestId('bee-reserve').filter({ hasText: '246 kB' }).waitFor();
      await card.getByText('10 BZZ', { exact: false }).first().waitFor();
      await card
        .getByText(locale === 'en' ? 'unknown' : '未知', { exact: true })
        .first()
        .waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/bee-${locale}.png`, fullPage: true });
      expect(faults).toEqual([]);
      await context.close();
    }
  });

  test('who has none yet is told how to link one', async () => {
    const { context, page, faults } = await visitor('person2', 360, 'en');
    await page.goto('/bee');
    await page.getByText('npx croft bee link', { exact: false }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/bee-none.png`, fullPage: true });
    expect(faults).toEqual([]);
    await context.close();
  });

  test('a Bee node is unlinked after a question', async () => {
    const { context, page, faults } = await visitor('person1', 360, 'en');
    await page.goto('/bee');
    await page.getByTestId('bee-unlink').click();
    const question = page.getByRole('dialog', { name: 'Unlink the Bee node of test?' });
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/bee-unlink.png` });
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await world.count('bee_nodes WHERE "unlinkedAt" IS NULL')).toBe(1);
    await page.getByTestId('bee-unlink').click();
    await question.getByTestId('confirm-yes').click();
    await page.getByText('npx croft bee link', { exact: false }).waitFor();
    expect(await world.count('bee_nodes WHERE "unlinkedAt" IS NULL')).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });
});
