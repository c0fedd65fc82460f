import type { CheckCounts, CustodySpan, EpochFacts, Pools, RewardLine } from './facts.js';
import { fractionOf, isReduced, noTries, pooled, type Tries } from './fraction.js';
import { PLOT_EQUIVALENT, plotSize } from './plot-size.js';

const BPS = 10_000n;
const HOUR_MS = 3_600_000n;

/** Every pool after the epoch. */
export function poolsAfter({ pools, tries, epochSeconds }: EpochFacts): Pools {
  const after = (before: Readonly<Record<string, Tries>>, fresh: Readonly<Record<string, Tries>>) =>
    Object.fromEntries(
      [...new Set([...Object.keys(before), ...Object.keys(fresh)])]
        .sort()
        .map((key) => [key, pooled(before[key] ?? noTries, fresh[key] ?? noTries, epochSeconds)] as const),
    );
  return { nodes: after(pools.nodes, tries.nodes), plots: after(pools.plots, tries.plots) };
}

/** One line a node: Σ plot size × time kept × effective fraction, × proved/all checks × network weight. */
export function storageLines(facts: EpochFacts, pools: Pools): RewardLine[] {
  const byNode = new Map<string, CustodySpan[]>();
  for (const span of facts.custodies) {
    const spans = byNode.get(span.node);
    if (spans) spans.push(span);
    else byNode.set(span.node, [span]);
  }
  return [...byNode].map(([node, spans]) => storageLine(node, spans, facts, pools));
}

function storageLine(node: string, spans: CustodySpan[], facts: EpochFacts, pools: Pools): RewardLine {
  const checks = facts.checks[node] ?? { proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 };
  const total = BigInt(checks.proved + checks.empty + checks.late + checks.silent + checks.invalid);
  const weight = facts.networkWeightBps[node] ?? 10_000;
  const { whole, counted, measured } = measure(node, spans, pools);
  const rate = facts.rates.storagePerPlotEquivalentHour;
  const amount =
    total === 0n
      ? 0n
      : (counted * rate * BigInt(checks.proved) * BigInt(weight)) /
        (PLOT_EQUIVALENT * HOUR_MS * total * BPS * BPS);
  return {
    kind: 'storage',
    account: spans[0]!.account,
    node,
    plotId: null,
    amount,
    quantity: (whole / PLOT_EQUIVALENT).toString(),
    unit: 'plot-equivalent-ms',
    rate: rate.toString(),
    reason: {
      plots: new Set(spans.map((span) => span.plotId)).size,
      keptMs: spans.reduce((all, { fromMs, untilMs }) => all + untilMs - fromMs, 0),
      checks: pick(checks),
      availabilityBps: total === 0n ? 0 : Number((BigInt(checks.proved) * BPS) / total),
      networkWeightBps: weight,
      ...(measured ? { fractionBps: whole === 0n ? 0 : Number(counted / whole), fraction: measured } : {}),
    },
  };
}

/**
 * Σ size × time of a node's spans, and the same with each plot at its effective fraction (in 1/10000): the plot's own
 * when its pool says that it is certainly reduced, else the node's when that is, else whole.
 */
function measure(node: string, spans: CustodySpan[], pools: Pools) {
  const ofNode = pools.nodes[node] ?? noTries;
  const nodeReduced = isReduced(ofNode);
  let whole = 0n;
  let counted = 0n;
  const reduced = new Set<string>();
  let evidence = ofNode;
  for (const { plotId, kind, k, fromMs, untilMs } of spans) {
    const sizeTime = plotSize(kind, k) * BigInt(untilMs - fromMs);
    const own = pools.plots[plotId] ?? noTries;
    const pool = isReduced(own) ? own : nodeReduced ? ofNode : null;
    whole += sizeTime;
    counted += sizeTime * BigInt(pool ? fractionOf(pool).bps : 10_000);
    if (!pool) continue;
    reduced.add(plotId);
    if (!nodeReduced) evidence = pool;
  }
  const { lowBps, highBps } = fractionOf(evidence);
  const measured = { ofPlots: reduced.size, tries: evidence.tries, proofs: evidence.proofs, lowBps, highBps };
  return { whole, counted, measured: reduced.size > 0 ? measured : null };
}

const pick = ({ proved, empty, late, silent, invalid }: CheckCounts) => ({
  proved,
  empty,
  late,
  silent,
  invalid,
});
