import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beaconOf, bytesToHex, hexToBytes, isDue, lotOf, thresholdOf } from '#libs/protocol';
import { BundleFault } from '../fault.js';
import type { Answer, Challenge, Custody, Plot, Policy } from '../records.js';
import { Draws, TOLERANCE_MS } from './draws.js';

const ROUNDS = 24;
const HOUR_MS = 3_600_000;
const NODES = ['node-a', 'node-b'] as const;
/** Some plots are due in some rounds, under any number of plots at a node. */
const rate = { checksPerPlotPerDay: 4, nodeChecksPerDay: 12, roundSeconds: 3600 };
const policy = { campaign: rate } as Policy;
const challenges = Array.from({ length: ROUNDS }, (_, round) => ({
  round,
  kind: 'broadcast',
  beacon: bytesToHex(beaconOf(new Uint8Array(32).fill(5), round)),
  sentAt: (round + 1) * HOUR_MS,
})) as Challenge[];

/** A plot's life: when it was accepted, and when it went to the other node; hours, never at a round. */
const life = fc.record({
  maker: fc.nat(1),
  accepted: fc.option(fc.nat(ROUNDS), { nil: null }),
  moved: fc.option(fc.nat(ROUNDS), { nil: null }),
});
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

interface Check {
  node: string;
  plot: string;
  answer: Pick<Answer, 'round' | 'threshold'>;
  /** Plots that the node had then. */
  plots: number;
}

const halfPast = (hour: number) => hour * HOUR_MS + HOUR_MS / 2;

function world(lives: readonly Life[]) {
  const plots = lives.map(({ accepted }, n) => ({
    plot: `plot-${n}`,
    plotId: bytesToHex(new Uint8Array(32).fill(n + 1)),
    acceptedAt: accepted === null ? null : halfPast(accepted),
  })) as Plot[];
  const custodies = lives.flatMap(({ maker, moved }, n) => {
    const plot = `plot-${n}`;
    const end = moved === null ? null : halfPast(moved);
    const first = { plot, node: NODES[maker]!, from: 0, until: end };
    return end === null ? [first] : [first, { plot, node: NODES[1 - maker]!, from: end, until: null }];
  }) as Custody[];
  return { plots, custodies };
}

/** Every check that had to be, worked out round by round. */
function checksOf({ plots, custodies }: ReturnType<typeof world>, inDoubt = false): Check[] {
  const checks: Check[] = [];
  for (const { round, sentAt, beacon } of challenges) {
    for (const node of NODES) {
      const there = plots.filter(
        ({ plot, acceptedAt }) =>
          acceptedAt !== null &&
          acceptedAt < sentAt &&
          custodies.some(
            (one) =>
              one.plot === plot &&
              one.node === node &&
              one.from < sentAt &&
              (one.until === null || one.until > sentAt),
          ),
      );
      const threshold = thresholdOf(there.length, rate, inDoubt);
      for (const { plot, plotId } of there) {
        if (!isDue(lotOf(hexToBytes(plotId), hexToBytes(beacon)), threshold)) continue;
        checks.push({ node, plot, answer: { round, threshold }, plots: there.length });
      }
    }
  }
  return checks;
}

/** The reason of the first difference; null when there is none. */
function differenceIn({ plots, custodies }: ReturnType<typeof world>, checks: readonly Check[]) {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const key = `${check.node} ${check.plot}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  try {
    const draws = new Draws(policy, challenges, plots, custodies);
    for (const group of groups.values()) {
      const answers = group.map(({ answer }, i) => ({ answer: answer as Answer, line: i + 1 }));
      draws.group(group[0]!.node, group[0]!.plot, answers);
    }
    draws.finish();
    return null;
  } catch (fault) {
    if (!(fault instanceof BundleFault)) throw fault;
    return fault.reason;
  }
}

const lives = fc.array(life, { minLength: 1, maxLength: 8 });

test('every draw that is redone is as it was, whatever came and went', () => {
  fc.assert(
    fc.property(lives, fc.boolean(), (given, inDoubt) => {
      const made = world(given);
      expect(differenceIn(made, checksOf(made, inDoubt))).toBeNull();
    }),
  );
});

test('a check that is left out, not due, under another threshold or of a plot kept elsewhere is found', () => {
  let altered = 0;
  fc.assert(
    fc.property(lives, fc.nat(), (given, which) => {
      const made = world(given);
      const checks = checksOf(made);
      if (checks.length === 0) return;
      altered++;
      const at = which % checks.length;
      const { node, answer } = checks[at]!;
      const others = checks.filter((_, i) => i !== at);
      expect(differenceIn(made, others)).toBe('check_missing');
      const lower = { ...checks[at]!, answer: { ...answer, threshold: answer.threshold - 1 } };
      expect(differenceIn(made, [...others, lower])).toBe('other_threshold');
      const elsewhere = NODES.find((other) => other !== node)!;
      expect(differenceIn(made, [...checks, { ...checks[at]!, node: elsewhere }])).toBe('not_kept');
      const asked = new Set(checks.map((check) => `${check.node} ${check.plot} ${check.answer.round}`));
      const idle = checksOf(made, true).find(
        (one) => !asked.has(`${one.node} ${one.plot} ${one.answer.round}`),
      );
      if (!idle) return;
      // it would be due for a node in doubt: so not under the threshold of one that is not
      const calm = thresholdOf(idle.plots, rate);
      const early = { ...idle, answer: { ...idle.answer, threshold: calm } };
      expect(differenceIn(made, [...checks, early])).toBe('not_due');
    }),
  );
  expect(altered).toBeGreaterThan(20);
});

test('close to a change of keeper a plot may be in the round or not', () => {
  const sentAt = challenges[3]!.sentAt;
  const plot = { plot: 'plot-0', plotId: 'ab'.repeat(32), acceptedAt: 0 } as Plot;
  const at = (from: number) => ({
    plots: [plot],
    custodies: [{ plot: 'plot-0', node: 'node-a', from, until: null } as Custody],
  });
  const all = checksOf(at(0));
  const since = (round: number) => all.filter((check) => check.answer.round >= round);
  for (const from of [sentAt - TOLERANCE_MS + 1, sentAt + TOLERANCE_MS - 1]) {
    expect(differenceIn(at(from), since(3))).toBeNull();
    expect(differenceIn(at(from), since(4))).toBeNull();
  }
  expect(all.filter(({ answer }) => answer.round <= 3)).not.toEqual([]);
  expect(differenceIn(at(sentAt + HOUR_MS / 2), all)).toBe('not_kept');
});
