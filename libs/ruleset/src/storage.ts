import type { CheckCounts, CustodySpan, EpochFacts, Pools, RewardLine, StorageWork } from './facts.js';
import { fractionOf, isReduced, noTries, pooled, type Tries } from './fraction.js';
import { networkWeightPpm, unmeasured } from './network-weight.js';
import { PLOT_EQUIVALENT, plotSize } from './plot-size.js';

const BPS = 10_000n;
const PPM = 1_000_000n;
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

/** What every node's storage comes to before any price. */
export function storageWork(facts: EpochFacts, pools: Pools): StorageWork[] {
  const byNode = new Map<string, CustodySpan[]>();
  for (const span of facts.custodies) {
    const spans = byNode.get(span.node);
    if (spans) spans.push(span);
    else byNode.set(span.node, [span]);
  }
  // by name, as lines are: nothing may follow from the order of facts
  const sorted = [...byNode].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([node, spans]) => workOf(node, spans, facts, pools));
}

function workOf(node: string, spans: CustodySpan[], facts: EpochFacts, pools: Pools): StorageWork {
  const network = facts.network[node] ?? unmeasured;
  return {
    account: spans[0]!.account,
    node,
    ...measure(node, spans, pools),
    plots: new Set(spans.map((span) => span.plotId)).size,
    keptMs: spans.reduce((all, { fromMs, untilMs }) => all + untilMs - fromMs, 0),
    checks: pick(facts.checks[node] ?? { proved: 0, empty: 0, late: 0, silent: 0, invalid: 0 }),
    network,
    networkWeightPpm: networkWeightPpm(network),
  };
}

/** One line a node: Σ plot size × time kept × effective fraction, × proved/all checks × network weight. */
export function storageLine(work: StorageWork, rate: bigint): RewardLine {
  const { account, node, whole, counted, plots, keptMs, checks, network, fraction } = work;
  const total = BigInt(checks.proved + checks.empty + checks.late + checks.silent + checks.invalid);
  const proved = BigInt(checks.proved);
  const weight = work.networkWeightPpm;
  const amount =
    total === 0n
      ? 0n
      : (counted * rate * proved * BigInt(weight)) / (PLOT_EQUIVALENT * HOUR_MS * total * BPS * PPM);
  return {
    kind: 'storage',
    account,
    node,
    plotId: null,
    amount,
    quantity: (whole / PLOT_EQUIVALENT).toString(),
    unit: 'plot-equivalent-ms',
    rate: rate.toString(),
    reason: {
      plots,
      keptMs,
      checks,
      availabilityBps: total === 0n ? 0 : Number((proved * BPS) / total),
      networkWeightPpm: weight,
      network,
      ...(fraction ? { fractionBps: whole === 0n ? 0 : Number(counted / whole), fraction } : {}),
    },
  };
}

/**
 * Σ size × time of a node's spans, and the same with each plot at its effective fraction (in 1/10000): the plot's own
 * when its pool says that it is certainly reduced, else the node's when that is, else whole.
 */
function measure(
  node: string,
  spans: CustodySpan[],
  pools: Pools,
): Pick<StorageWork, 'whole' | 'counted' | 'fraction'> {
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
  const { tries, proofs } = evidence;
  const fraction = reduced.size > 0 ? { ofPlots: reduced.size, tries, proofs, lowBps, highBps } : null;
  return { whole, counted, fraction };
}

const pick = ({ proved, empty, late, silent, invalid }: CheckCounts) => ({
  proved,
  empty,
  late,
  silent,
  invalid,
});
