import { expect, test } from 'vitest';
import type { RewardLine } from '../../api/models.js';
import { en } from '../../i18n/en.js';
import { zh } from '../../i18n/zh.js';
import { cutsOf, lineReason, plotEquivalentTime } from './line-reason.js';

const line: RewardLine = {
  id: 'l',
  at: '2026-11-22T10:00:00Z',
  epochIndex: 3,
  kind: 'storage',
  amount: '4200000000000000',
  quantity: '36000',
  unit: 'plot-equivalent-ms',
  rate: '1000000000000000000',
  reason: {
    plots: 18,
    keptMs: 18 * 60_000,
    checks: { proved: 12, empty: 0, late: 0, silent: 0, invalid: 0 },
    availabilityBps: 10_000,
    networkWeightPpm: 1_000_000,
  },
};

test('a storage line says its reason in a sentence', () => {
  expect(lineReason(line, en, 'en')).toBe(
    '18 plots kept for 60 sec, 12 of 12 checks proved, network weight 1.00',
  );
  expect(lineReason(line, zh, 'zh-CN')).toBe('18 个绘图文件保管 60秒，12 次抽查通过 12 次，网络权重 1.00');
});

test('a plotting line says which part it is', () => {
  const reason = { k: 32, shareBps: 6000 };
  expect(lineReason({ ...line, kind: 'plotting', reason }, en, 'en')).toContain('60% of the rate at once');
  expect(lineReason({ ...line, kind: 'plotting-held', reason }, en, 'en')).toContain('held');
});

test('what is not told is unknown', () => {
  expect(lineReason({ ...line, kind: 'plotting', reason: {} }, en, 'en')).toContain('k=unknown');
});

test('a cut budget is said', () => {
  const token = { address: '0x', symbol: 'CROFT', decimals: 18, chainId: 1 };
  const reason = {
    ...line.reason,
    budgetCut: { due: '2000000000000000000', available: '1000000000000000000' },
  };
  expect(cutsOf({ ...line, reason }, token, en, 'en')).toEqual([
    expect.stringContaining('2 CROFT was due, 1 CROFT was available'),
  ]);
  expect(cutsOf(line, token, en, 'en')).toEqual([]);
});

test('quantities as hours, and small ones as seconds', () => {
  expect(plotEquivalentTime('3600000', en, 'en')).toContain('1 plot-equivalent hours');
  expect(plotEquivalentTime('36000', en, 'en')).toContain('0.01 plot-equivalent hours');
  expect(plotEquivalentTime('5', en, 'en')).toContain('0.005 plot-equivalent seconds');
  expect(plotEquivalentTime('0', zh, 'zh-CN')).toContain('0 标准文件秒');
});
