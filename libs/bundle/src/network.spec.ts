import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NetworkMeasures, unmeasured } from '#libs/ruleset';
import { BundleFault } from './fault.js';
import { AnswerTimes, networkRecord } from './network.js';
import { checkNetwork } from './verify/network.js';

const record = (measures: Partial<NetworkMeasures> = {}) =>
  networkRecord('n', { ...unmeasured, pings: 16, lost: 1, roundTripUs: 40_000, answerMs: 900, ...measures });
const times = new Map([['n', 900]]);

describe('network checks of a bundle', () => {
  test('the middle of a node’s answers, the lower one of two; silence is no answer', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(20_000))), fc.array(fc.nat(20_000), { minLength: 1 }), (a, b) => {
        const all = new AnswerTimes();
        for (const ms of a) all.add({ node: 'a', receivedAt: ms === null ? null : 1000 + ms }, 1000);
        for (const ms of b) all.add({ node: 'b', receivedAt: ms }, 0);
        const answered = a.filter((ms) => ms !== null).sort((x, y) => x - y);
        expect(all.all().get('a')).toBe(answered[Math.floor((answered.length - 1) / 2)]);
        expect(all.all().get('b')).toBe([...b].sort((x, y) => x - y)[Math.floor((b.length - 1) / 2)]);
      }),
    );
  });

  test('are what they must be', () => {
    expect(() => checkNetwork([record()], times)).not.toThrow();
    expect(() => checkNetwork([record({ answerMs: null })], new Map())).not.toThrow();
  });

  test.each([
    ['a weight that the measures do not make', [{ ...record(), weightPpm: 999_999 }]],
    ['another time than the answers took', [record({ answerMs: 901 })]],
    ['no time, although there are answers', [record({ answerMs: null })]],
    ['more lost than sent', [record({ lost: 17 })]],
    ['a node left out', []],
  ])('%s is found', (_, checks) => {
    expect(() => checkNetwork(checks, times)).toThrow(BundleFault);
    expect(() => checkNetwork(checks, times)).toThrow(/^network\.ndjson\.zst/);
  });
});
