import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Person } from './support/person.js';
import { World } from './support/world.js';

describe('signing in with a wallet', () => {
  let world: World;
  let person: Person;

  const nonce = async () => (await person.must<{ nonce: string }>('POST', '/auth/nonce')).nonce;
  const signIn = async (
    message: string,
    by = person.wallet as { signMessage(text: string): Promise<string> },
  ) =>
    person.call<{ code?: string; walletAddress?: string }>('POST', '/auth/wallet', {
      message,
      signature: await by.signMessage(message),
    });
  const now = () => ({ issuedAt: world.clock.now() });

  beforeAll(async () => {
    world = await World.begin();
    person = new Person(world.url);
  });
  afterAll(() => world.end());

  test('makes an account at first, is paid at that wallet, and finds it again', async () => {
    const { status, body } = await signIn(person.message(await nonce(), now()));
    expect([status, body.walletAddress]).toEqual([200, person.wallet.address]);
    const first = await person.must<{ id: string; payoutAddress: { address: string } }>('GET', '/me');
    expect(first.payoutAddress.address).toBe(person.wallet.address);
    await person.must('POST', '/auth/sign-out');
    expect((await person.call('GET', '/me')).status).toBe(401);
    await signIn(person.message(await nonce(), now()));
    expect((await person.must<{ id: string }>('GET', '/me')).id).toBe(first.id);
  });

  test('a nonce is good once, and for ten minutes', async () => {
    const used = person.message(await nonce(), now());
    await signIn(used);
    expect((await signIn(used)).body.code).toBe('nonce_unknown');
    expect((await signIn(person.message('0123456789abcdef', now()))).body.code).toBe('nonce_unknown');
    const old = await nonce();
    world.clock.advance(600_001);
    expect((await signIn(person.message(old, now()))).body.code).toBe('nonce_unknown');
  });

  test('a message for another site, an old one, or one of another form is refused', async () => {
    const elsewhere = person.message(await nonce(), { ...now(), host: 'evil.example' });
    expect((await signIn(elsewhere)).body.code).toBe('bad_wallet_message');
    const old = person.message(await nonce(), {
      issuedAt: new Date(world.clock.now().getTime() - 3_600_000),
    });
    expect((await signIn(old)).body.code).toBe('bad_wallet_message');
    expect((await signIn('please let me in')).body.code).toBe('bad_wallet_message');
  });

  test('another wallet’s signature is refused', async () => {
    const message = person.message(await nonce(), now());
    expect((await signIn(message, Wallet.createRandom())).body.code).toBe('wallet_signature_invalid');
  });

  test('a wallet belongs to one account', async () => {
    const friend = await world.person();
    const message = person.message(await nonce(), now());
    const signature = await person.wallet.signMessage(message);
    const { body } = await friend.call<{ code: string }>('POST', '/me/wallet', { message, signature });
    expect(body.code).toBe('wallet_taken');
  });
});
