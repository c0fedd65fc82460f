import type { treasuryEn } from './treasury.en.js';

export const treasuryZh: typeof treasuryEn = {
  title: '资金',
  lead: '收到多少、承诺多少、已付多少，以及剩余资金还能维持多久。不足两天时不再发放新任务；全部资金都已承诺时活动自动暂停，注资后自动恢复。已承诺的金额始终有保障，并会照常支付。',
  runway: '可维持',
  days: (count) => `${count} 天`,
  pace: (amount) => `按最近 7 天平均每天承诺 ${amount}`,
  paceUnknown: '尚无已结算的周期',
  free: '尚未承诺',
  everFunded: '累计注资',
  committed: '已承诺未支付',
  held: '其中暂扣',
  owed: '其中当前应付',
  paid: '已支付',
  onContract: '合约余额',
  read: '读取于',
  senders: '发送交易的账户',
  sendersUnknown: '未知：尚未读取。',
  roles: { proposer: '提出并付款', approver: '批准' },
  coins: (amount) => `${amount} 原生币`,
  payouts: (count) => `按当前手续费约可付款 ${count} 次；`,
  payoutsUnknown: '可付款次数未知；',
  low: '资金不足两天：不再发放新任务。',
  paused: '全部资金都已承诺：活动已暂停。',
  campaignLow: (name) => `${name} 的资金不足两天，注资前不再请求新的地块。你已赚取的金额有保障，会照常支付。`,
  campaignPaused: (name) =>
    `${name} 已暂停：全部资金都已承诺。注资前不再产生新的收益，之后会自动恢复。你已赚取的金额有保障，会照常支付。`,
};
