import { expect, test } from 'vitest';
import { errorCodes } from '#libs/protocol';
import { en } from './en.js';
import { zh } from './zh.js';

/** Every text with its path; functions are called with stand-ins. */
function flatten(value: unknown, path: string[] = []): [path: string, text: string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value === 'function') {
    return [[path.join('.'), String(value(...Array.from({ length: value.length }, () => 7)))]];
  }
  return Object.entries(value as object).flatMap(([key, inner]) => flatten(inner, [...path, key]));
}

test('both languages have the same keys and no empty text', () => {
  const [english, chinese] = [flatten(en), flatten(zh)];
  expect(chinese.map(([path]) => path).sort()).toEqual(english.map(([path]) => path).sort());
  for (const [path, text] of [...english, ...chinese]) expect(text.trim(), path).not.toBe('');
});

test('every error code has a text of its own in both languages', () => {
  for (const code of Object.keys(errorCodes)) {
    expect(Object.hasOwn(en.errors, code), code).toBe(true);
    expect(Object.hasOwn(zh.errors, code), code).toBe(true);
  }
});

test('Chinese is Chinese', () => {
  // what a wallet signs is English in both; names and abbreviations are the same
  const same = new Set(['signIn.walletStatement', 'account.walletStatement', 'admin.form.k']);
  for (const [path, text] of flatten(zh)) {
    if (!same.has(path)) expect(text, path).toMatch(/\p{Script=Han}/u);
  }
});
