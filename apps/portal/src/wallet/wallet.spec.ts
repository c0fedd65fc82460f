import { expect, test } from 'vitest';
import { readAddress, toChecksumAddress } from './eip55.js';
import { signInMessage } from './sign-in-message.js';

// the test cases of EIP-55
const checksummed = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];

test.each(checksummed)('%s has its own checksum', (address) => {
  expect(toChecksumAddress(address.toLowerCase())).toBe(address);
  expect(readAddress(address)).toEqual({ address, problem: null });
});

test('an address without case is taken, one with a wrong case is not', () => {
  const [, , address] = checksummed;
  expect(readAddress(` ${address!.toLowerCase()} `).address).toBe(address);
  expect(readAddress(`0x${address!.slice(2).toUpperCase()}`).address).toBe(address);
  expect(readAddress(address!.replace('aA', 'Aa')).problem).toBe('checksum');
});

test('what is no address, or is nobody, is refused', () => {
  for (const text of [
    '',
    '0x',
    '52908400098527886E0F7030069857D2E4169EE7',
    '0x5290',
    `0x${'g'.repeat(40)}`,
  ]) {
    expect(readAddress(text).problem).toBe('form');
  }
  expect(readAddress(`0x${'0'.repeat(40)}`).problem).toBe('zero');
});

test('the sign-in text has the form of EIP-4361', () => {
  const text = signInMessage({
    domain: 'localhost:3000',
    address: checksummed[2]!,
    statement: 'Sign in to Croft.',
    uri: 'http://localhost:3000',
    chainId: 31337,
    nonce: 'abcdef0123456789',
    issuedAt: new Date('2026-11-22T10:00:00Z'),
  });
  expect(text).toBe(`localhost:3000 wants you to sign in with your Ethereum account:
0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed

Sign in to Croft.

URI: http://localhost:3000
Version: 1
Chain ID: 31337
Nonce: abcdef0123456789
Issued At: 2026-11-22T10:00:00.000Z`);
});
