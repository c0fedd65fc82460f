import { expect, test } from 'vitest';
import { en } from '../../i18n/en.js';
import { zh } from '../../i18n/zh.js';
import { networkFacts } from './network-facts.js';

const network = {
  pings: 400,
  lost: 2,
  roundTripUs: 20_500,
  answerMs: 900,
  downBytesPerSecond: 0,
  upBytesPerSecond: null,
};

test('each measure is told; what is unknown is unknown, and 0 is 0', () => {
  expect(Object.fromEntries(networkFacts({ networkWeightPpm: 975_000, network }, en, 'en'))).toEqual({
    'Network weight': '0.975',
    'Pings lost': '0.5% of 400',
    'Answers took': '900 ms',
    'Round trip': '20.5 ms',
    'Speed to the node': '0 B/s',
    'Speed from the node': 'unknown',
  });
  const zhFacts = networkFacts({ networkWeightPpm: 1_000_000, network }, zh, 'zh-CN');
  expect(zhFacts.at(-1)).toEqual(['从节点接收的速度', '未知']);
});

test('without any measure only the weight is told, without a weight nothing', () => {
  expect(networkFacts({ networkWeightPpm: 1_000_000 }, en, 'en')).toEqual([['Network weight', '1.00']]);
  expect(networkFacts({}, en, 'en')).toEqual([]);
});
