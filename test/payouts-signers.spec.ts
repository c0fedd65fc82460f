import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { remoteChequeSigner, remoteSigner, walletChequeSigner } from '#libs/settlement';
import { openMoreChains } from '../apps/center/src/platform/chains.js';
import { ConfigError, loadConfig } from '../apps/center/src/platform/config.js';
import { loadSigners } from '../apps/center/src/platform/signers.js';
import { TOKEN, testWallet } from './support/chain.js';
import { earnEpoch } from './support/earned-epoch.js';
import { startSigner } from './support/signer-server.js';
import { World } from './support/world.js';

const observed = 'ab'.repeat(48);
const settings = {
  FARMER_PUBLIC_KEY: observed,
  CHIA_OBSERVER_KEY: observed,
  CHAIN_RPC_URL: 'http://127.0.0.1:1',
  CHAIN_ID: '31337',
};
const problemsOf = (more: Record<string, string>): string[] => {
  try {
    loadConfig({ ...settings, ...more });
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
};

describe('who signs', () => {
  const wanted = {
    chainId: 31337,
    nonce: 7,
    to: testWallet(3).address,
    data: '0x1234',
    gasLimit: 50_000n,
    fees: { maxFeePerGas: 9n, maxPriorityFeePerGas: 2n },
  };

  test('a signer elsewhere is believed only when it signed what it was asked, with its key', async () => {
    const server = await startSigner(testWallet(1), testWallet(2));
    const { address } = testWallet(1);
    const signer = remoteSigner({ url: server.url, address });
    const first = await signer.sign(wanted);
    server.manner = 'clef';
    expect(await signer.sign(wanted)).toEqual(first);
    for (const [manner, code] of [
      ['refuses', 'signer_refused'],
      ['other-nonce', 'signer_mismatch'],
      ['other-key', 'signer_mismatch'],
      ['nonsense', 'signer_mismatch'],
    ] as const) {
      server.manner = manner;
      await expect(signer.sign(wanted)).rejects.toMatchObject({ code });
    }
    await server.stop();
    await expect(signer.sign(wanted)).rejects.toMatchObject({ code: 'signer_unreachable' });
  });

  test('a cheque signed elsewhere is the one that was asked for, or none', async () => {
    const server = await startSigner(testWallet(4), testWallet(2));
    const { address } = testWallet(4);
    const terms = {
      chainId: 31337,
      chequebook: testWallet(5).address,
      token: testWallet(6).address,
      beneficiary: testWallet(7).address,
      cumulativePayout: 12n * TOKEN,
    };
    const signer = remoteChequeSigner({ url: server.url, address: address.toLowerCase() });
    expect(await signer.signCheque(terms)).toEqual(await walletChequeSigner(testWallet(4)).signCheque(terms));
    for (const [manner, code] of [
      ['refuses', 'signer_refused'],
      ['other-key', 'signer_mismatch'],
      ['nonsense', 'signer_mismatch'],
    ] as const) {
      server.manner = manner;
      await expect(signer.signCheque(terms)).rejects.toMatchObject({ code });
    }
    await server.stop();
    await expect(signer.signCheque(terms)).rejects.toMatchObject({ code: 'signer_unreachable' });
    const { issuer } = await loadSigners(
      loadConfig({
        ...settings,
        PROPOSER_KEY_FILE: '',
        PROPOSER_SIGNER_URL: server.url,
        PROPOSER_ADDRESS: address,
        ISSUER_SIGNER_URL: server.url,
        ISSUER_ADDRESS: address,
      }),
    );
    expect(issuer?.address).toBe(address);
    const split = { CENTER_ROLES: 'api', ISSUER_SIGNER_URL: server.url, ISSUER_ADDRESS: address };
    expect(problemsOf(split)).toEqual([expect.stringContaining('ISSUER_SIGNER_URL')]);
    expect(problemsOf({ ISSUER_KEY_FILE: testWallet(4).privateKey })).toContainEqual(
      expect.stringContaining('holds a key itself'),
    );
  });

  test('people are paid by a center whose keys are with a signer and in a keystore; a signer that is down delays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'croft-keys-'));
    const [keystore, password] = [join(folder, 'approver.json'), join(folder, 'password')];
    writeFileSync(keystore, testWallet(2).encryptSync('for a test'));
    writeFileSync(password, 'for a test\n');
    const server = await startSigner(testWallet(1), testWallet(2));
    const config = loadConfig({
      ...settings,
      PROPOSER_SIGNER_URL: server.url,
      PROPOSER_ADDRESS: testWallet(1).address.toLowerCase(),
      APPROVER_KEY_FILE: keystore,
      APPROVER_PASSWORD_FILE: password,
    });
    const signers = await loadSigners(config);
    const world = await World.begin({ ports: () => ({ signers }) });
    const campaignId = await world.campaign({ plotTarget: 0 });
    await world.chore('funding');
    const person = await world.person();
    await earnEpoch(world, campaignId, 0, [[person, TOKEN]]);
    const passes = async (times: number) => {
      for (let i = 0; i < times; i++) await world.chore('payouts').catch(() => {});
    };
    server.manner = 'refuses';
    await passes(2);
    expect(await world.count('outbox')).toBe(0);
    server.manner = 'web3signer';
    await passes(8);
    expect(await world.chain.chain.tokenBalance(world.chain.token, person.wallet.address)).toBe(TOKEN);
    await world.end();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('a process without the role payout starts without keys, and refuses to hold any', async () => {
    const web = { CENTER_ROLES: 'api,audit,reward' };
    expect(problemsOf(web)).toEqual([]);
    const { proposer, approver } = await loadSigners(loadConfig({ ...settings, ...web }));
    expect(approver).toBeNull();
    await expect(proposer.sign(wanted)).rejects.toMatchObject({ code: 'signer_absent' });
    expect(problemsOf({ ...web, PROPOSER_KEY_FILE: '/keys/a', APPROVER_PASSWORD_FILE: '/keys/b' })).toEqual([
      expect.stringMatching(/^PROPOSER_KEY_FILE: not for a process without the role payout/),
      expect.stringMatching(/^APPROVER_PASSWORD_FILE: not for a process/),
    ]);
  });

  test('a key itself in the environment is refused in any process', () => {
    const { privateKey } = testWallet(1);
    expect(problemsOf({ PROPOSER_KEY_FILE: privateKey })).toEqual([
      expect.stringMatching(/^PROPOSER_KEY_FILE: holds a key itself/),
    ]);
    expect(problemsOf({ PROPOSER_KEY_FILE: '/k', APPROVER_PRIVATE_KEY: privateKey.slice(2) })).toEqual([
      expect.stringMatching(/^APPROVER_PRIVATE_KEY: holds a key itself/),
    ]);
  });

  test('settings that contradict one another are named', () => {
    expect(problemsOf({})).toEqual([expect.stringMatching(/^PROPOSER_KEY_FILE: /)]);
    expect(problemsOf({ PROPOSER_SIGNER_URL: 'http://127.0.0.1:2' })).toEqual([
      expect.stringMatching(/^PROPOSER_ADDRESS: /),
    ]);
    const both = { PROPOSER_SIGNER_URL: 'http://127.0.0.1:2', PROPOSER_ADDRESS: testWallet(1).address };
    expect(problemsOf({ ...both, PROPOSER_KEY_FILE: '/k' })).toEqual([
      expect.stringMatching(/^PROPOSER_SIGNER_URL: /),
    ]);
    const folder = mkdtempSync(join(tmpdir(), 'croft-chains-'));
    const CHAINS_FILE = join(folder, 'chains.json');
    const chains = (content: unknown) => {
      writeFileSync(CHAINS_FILE, JSON.stringify(content));
      return openMoreChains(loadConfig({ ...settings, PROPOSER_KEY_FILE: '/k', CHAINS_FILE }));
    };
    const entry = { id: 10, name: 'Ten', rpcUrl: 'http://127.0.0.1:3', finality: 12 };
    expect(chains([entry])).toMatchObject([{ id: 10, name: 'Ten', explorerUrl: null, finality: 12 }]);
    expect(() => chains([{ ...entry, id: -1 }])).toThrow(ConfigError);
    expect(() => chains('none')).toThrow(ConfigError);
    rmSync(folder, { recursive: true });
  });
});
