import type { CheckCounts, CustodySpan, EpochFacts, EpochOutcome, RewardLine } from './facts.js';
import { PLOT_EQUIVALENT, plotSize } from './plot-size.js';

const BPS = 10_000n;
const HOUR_MS = 3_600_000n;

/**
 * ruleset-1. Integers only, rounded down; no clock, no locale, no order that depends on the machine.
 * - plotting: per accepted plot by k; `immediateBps` of it at once, the rest held until its retention time has passed.
 * - storage: per node, Σ plot size × time kept, × proved/all checks × network weight. A node that was not checked in the
 *   epoch earns nothing for it.
 * - budget: when the new lines pass what is available, each is cut to the same part, visibly.
 */
export function ruleset1(facts: EpochFacts): EpochOutcome {
  const fresh = cutToBudget([...plottingLines(facts), ...storageLines(facts)], facts.available);
  // a line that the budget cut to nothing stays, and says so
  const lines = [...fresh, ...releaseLines(facts)].filter(
    (line) => line.amount > 0n || line.reason.budgetCut,
  );
  lines.sort(byName);
  return { ruleset: 'ruleset-1', lines, accrued: sum(fresh) };
}

function plottingLines({ accepted, rates }: EpochFacts): RewardLine[] {
  return accepted.flatMap(({ plotId, k, account, node }) => {
    const rate = rates.plottingPerPlot[String(k)] ?? 0n;
    const atOnce = (rate * BigInt(rates.immediateBps)) / BPS;
    const common = { account, node, plotId, quantity: '1', unit: 'plot', rate: rate.toString() } as const;
    return [
      { ...common, kind: 'plotting', amount: atOnce, reason: { k, shareBps: rates.immediateBps } },
      {
        ...common,
        kind: 'plotting-held',
        amount: rate - atOnce,
        reason: { k, shareBps: 10_000 - rates.immediateBps },
      },
    ];
  });
}

function storageLines(facts: EpochFacts): RewardLine[] {
  const byNode = new Map<string, CustodySpan[]>();
  for (const span of facts.custodies) byNode.set(span.node, [...(byNode.get(span.node) ?? []), span]);
  return [...byNode].map(([node, spans]) => storageLine(node, spans, facts));
}

function storageLine(node: string, spans: CustodySpan[], facts: EpochFacts): RewardLine {
  const checks = facts.checks[node] ?? { proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 };
  const total = BigInt(checks.proved + checks.empty + checks.late + checks.silent + checks.invalid);
  const weight = facts.networkWeightBps[node] ?? 10_000;
  const sizeTime = spans.reduce(
    (all, { k, fromMs, untilMs }) => all + plotSize(k) * BigInt(untilMs - fromMs),
    0n,
  );
  const rate = facts.rates.storagePerPlotEquivalentHour;
  const amount =
    total === 0n
      ? 0n
      : (sizeTime * rate * BigInt(checks.proved) * BigInt(weight)) /
        (PLOT_EQUIVALENT * HOUR_MS * total * BPS);
  return {
    kind: 'storage',
    account: spans[0]!.account,
    node,
    plotId: null,
    amount,
    quantity: (sizeTime / PLOT_EQUIVALENT).toString(),
    unit: 'plot-equivalent-ms',
    rate: rate.toString(),
    reason: {
      plots: new Set(spans.map((span) => span.plotId)).size,
      keptMs: spans.reduce((all, { fromMs, untilMs }) => all + untilMs - fromMs, 0),
      checks: pick(checks),
      availabilityBps: total === 0n ? 0 : Number((BigInt(checks.proved) * BPS) / total),
      networkWeightBps: weight,
    },
  };
}

function releaseLines({ maturing }: EpochFacts): RewardLine[] {
  return maturing.map(({ plotId, account, amount }) => ({
    kind: 'plotting-release',
    account,
    node: null,
    plotId,
    amount,
    quantity: '1',
    unit: 'plot',
    rate: amount.toString(),
    reason: {},
  }));
}

function cutToBudget(lines: RewardLine[], available: bigint): RewardLine[] {
  const due = sum(lines);
  const budget = available > 0n ? available : 0n;
  if (due <= budget) return lines;
  const budgetCut = { due: due.toString(), available: budget.toString() };
  return lines.map((line) => ({
    ...line,
    amount: (line.amount * budget) / due,
    reason: { ...line.reason, budgetCut },
  }));
}

const pick = ({ proved, empty, late, silent, invalid }: CheckCounts) => ({
  proved,
  empty,
  late,
  silent,
  invalid,
});

const sum = (lines: readonly RewardLine[]) => lines.reduce((all, line) => all + line.amount, 0n);

/** Code-unit order, the same everywhere (localeCompare is not). */
function byName(a: RewardLine, b: RewardLine): number {
  const [left, right] = [a, b].map((line) =>
    [line.account, line.kind, line.node ?? '', line.plotId ?? ''].join('\0'),
  );
  return left! < right! ? -1 : left! > right! ? 1 : 0;
}
