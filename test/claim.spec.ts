import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimCall, planClaims, readClaimable } from '#libs/claims';
import {
  buildPayoutTree,
  CampaignCalls,
  emptyVector,
  PayoutCampaignContract,
  sendAndWait,
  setUnits,
} from '#libs/settlement';
import { httpSource } from '../apps/client/src/bundles/sources.js';
import { ClientError } from '../apps/client/src/client-error.js';
import { claimCommand } from '../apps/client/src/commands/claim.js';
import { claimReader } from '../apps/client/src/commands/claim-chain.js';
import { speakFor } from '../apps/client/src/messages/speak.js';
import { findChromium, openBrowser } from './support/chromium.js';
import type { Client } from './support/client.js';
import { closeEpochs, keeper } from './support/closed-epochs.js';
import { injectWallet, rpc } from './support/injected-wallet.js';
import { PortalServer } from './support/portal-server.js';
import { World } from './support/world.js';

const program = findChromium();
const DAY = 86_400;

describe('claiming without the operator', () => {
  let world: World;
  let client: Client;
  let contract: PayoutCampaignContract;
  let base: string;
  let folder: string;
  let keyFile: string;
  let browser: Browser | undefined;
  let portal: PortalServer | undefined;

  const account = () => client.person.wallet.address;
  const options = (more: object = {}) => ({ account: account(), keyFile, rpc: world.chain.url, ...more });
  const balance = () => world.chain.chain.tokenBalance(world.chain.token, account());

  async function claim(where: string, more: object = {}) {
    const said: string[] = [];
    const io = {
      out: (text: string) => void said.push(text),
      err: (text: string) => void said.push(text),
      speak: speakFor({}),
      env: {},
    };
    const due = await claimCommand(where, options(more), io);
    return { due, said: said.join('\n') };
  }

  const refusal = async (where: string, more: object = {}) => {
    const error = await claim(where, more).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClientError);
    return (error as ClientError).code;
  };

  /** The root that the center proposed becomes the active one, and nobody sends anything under it. */
  async function activate() {
    await world.until('a root is proposed', async () => (await contract.state()).pending !== null);
    const { pending } = await contract.state();
    if (pending!.approvedAt === null) {
      await sendAndWait(
        { chain: world.chain.chain, signer: world.chain.approver },
        contract.calls.approve(pending!),
      );
    }
    await sendAndWait(
      { chain: world.chain.chain, signer: world.chain.admin },
      contract.calls.activate(pending!.root),
    );
  }

  async function claimsOpen() {
    await rpc(world.chain.url, 'evm_increaseTime', [DAY + 1]);
    await rpc(world.chain.url, 'evm_mine');
  }

  beforeAll(async () => {
    world = await World.begin({ settings: { PAYOUT_APPROVAL: 'admin' } });
    base = `${world.url}/api/bundles/${await world.campaign()}`;
    contract = new PayoutCampaignContract(world.chain.chain, world.chain.payoutContract);
    client = await keeper(world);
    folder = mkdtempSync(join(tmpdir(), 'croft-claim-'));
    keyFile = join(folder, 'key');
    writeFileSync(keyFile, `${client.person.wallet.privateKey}\n`);
    await rpc(world.chain.url, 'anvil_setBalance', [account(), '0xde0b6b3a7640000']);
    await closeEpochs(world, 1);
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
    await world?.end();
  });

  test('the calldata is what another implementation encodes, for a chunk that was paid and one that was not', async () => {
    const { entries, campaign, root } = await readClaimable(httpSource(`${base}/0`));
    const filled = [
      ...entries,
      ...[7, 129, 131, 900].map((index) => ({
        ...entries[0]!,
        index,
        address: `0x${(index + 1).toString(16).padStart(40, '0')}`,
        units: String(index * 1000),
      })),
    ];
    const paid = emptyVector();
    setUnits(paid, 3, 2n ** 47n);
    for (const some of [entries, filled]) {
      const tree = buildPayoutTree(
        some.map(({ index, address, units }) => ({ index, account: address!, units: BigInt(units) })),
      );
      if (some === entries) expect(tree.root).toBe(root);
      const calls = new CampaignCalls(campaign.payoutContract);
      for (const entry of some) {
        const proof = tree.claimProof(entry.index);
        expect(claimCall(some, entry, null)).toBe(calls.claim(proof, null).data);
        expect(claimCall(some, entry, paid, account())).toBe(calls.claimTo(proof, paid, account()).data);
      }
    }
  });

  test('refusals say what is missing: another root, a closed claim, a stranger, another chain', async () => {
    expect(await refusal(`${base}/0`)).toBe('claim_root_not_active');
    expect(await refusal(`${base}/99`)).toBe('bundle_unreadable');
    await activate();
    expect(await refusal(`${base}/0`)).toBe('claim_claims_closed');
    expect(await refusal(`${base}/0`, { account: `0x${'12'.repeat(20)}` })).toBe('claim_not_in_bundle');
    expect(await refusal(`${base}/0`, { rpc: 'http://127.0.0.1:9' })).toBe('chain_refused');
    expect(await refusal(`${base}/0`, { keyFile: join(folder, 'none') })).toBe('key_unreadable');
    expect(await refusal(`${base}/0`, { keyFile: undefined })).toBe('claim_options_invalid');
  });

  test('of a campaign that pays by cheques nothing is claimed, and that is said', async () => {
    const claimable = await readClaimable(httpSource(`${base}/0`));
    expect(claimable.campaign.payoutKind).toBe('push');
    const byCheques = { ...claimable, campaign: { ...claimable.campaign, payoutKind: 'cheques' as const } };
    await expect(planClaims(byCheques, account(), claimReader(world.chain.chain))).rejects.toMatchObject({
      code: 'paid_by_cheques',
    });
  });

  test('croft claim pays what is due, once, and says what it cost', async () => {
    await claimsOpen();
    const dry = await claim(`${base}/0`, { dryRun: true, json: true });
    const { claims } = JSON.parse(dry.said) as { claims: { amount: string; fee: string }[] };
    expect(claims).toHaveLength(1);
    expect(BigInt(claims[0]!.fee)).toBeGreaterThan(0n);
    expect(await balance()).toBe(0n);

    const { due, said } = await claim(`${base}/0`);
    expect(due).toBe(true);
    expect(said).toMatch(/Claimed .* TST/);
    expect(await balance()).toBe(BigInt(claims[0]!.amount));
    // the vector now paid is found from the claim's own event
    expect((await claim(`${base}/0`)).due).toBe(false);
  });

  test('in the browser, with the center gone, from opened files, by the visitor’s own wallet', async (context) => {
    if (!program) return context.skip('no Chromium on this machine');
    const before = await balance();
    const bundles = await world.count('bundles');
    await closeEpochs(world, bundles + 1);
    await activate();
    await claimsOpen();
    const { dataHash } = await contract.state();
    const [{ epoch }] = (await world.query<{ epoch: number }>(
      'SELECT "epochIndex" AS epoch FROM bundles WHERE "manifestHash" = $1',
      [dataHash.slice(2)],
    )) as [{ epoch: number }];
    const files = await Promise.all(
      ['manifest.json', 'policy.ndjson.zst', 'tree.ndjson.zst'].map(async (name) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(await (await fetch(`${base}/${epoch}/${name}`)).arrayBuffer()),
      })),
    );

    portal = await PortalServer.before(world.url);
    portal.centerGone = true;
    browser = await openBrowser(program);
    const page = await browser.newPage({ baseURL: portal.url, viewport: { width: 360, height: 800 } });
    page.setDefaultTimeout(60_000);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await injectWallet(page, client.person.wallet as never, world.chain.url);
    await page.goto('/claim');
    await page.locator('input[type=file]').setInputFiles(files);
    await page.getByTestId('claim-connect').click();
    await page.getByTestId('claim-account').waitFor();
    await page.getByTestId('claim-check').click();
    await page.locator('[data-testid=claim][data-state=due]').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.getByTestId('claim-send').click();
    await page.locator('[data-testid=claim][data-state=done]').waitFor();
    expect(await balance()).toBeGreaterThan(before);
    await page.getByTestId('claim-check').click();
    await page.locator('[data-testid=claim-problem][data-code=nothing_due]').waitFor();
    expect(faults).toEqual([]);
  });

  test('what a push has paid is read from its calldata', async () => {
    const bundles = await world.count('bundles');
    await closeEpochs(world, bundles + 1);
    await activate();
    const paid = async () => (await contract.state()).paidUnits;
    const before = await paid();
    await world.until('the center has pushed', async () => (await paid()) > before);
    const { dataHash } = await contract.state();
    const [{ epoch }] = (await world.query<{ epoch: number }>(
      'SELECT "epochIndex" AS epoch FROM bundles WHERE "manifestHash" = $1',
      [dataHash.slice(2)],
    )) as [{ epoch: number }];
    expect((await claim(`${base}/${epoch}`)).due).toBe(false);
  });
});
