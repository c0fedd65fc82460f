import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { DemoProcess, type DemoProgram, newDemoFolder, removeDemoFolder } from './support/demo-process.js';

const programs: DemoProgram[] = ['center', 'plotter', 'storer'];

/** What the demo says on its way, and how many milliseconds later the next thing usually happens. */
const stages: [RegExp, number][] = [
  [/The center is up/, 500],
  [/Campaign made/, 1500],
  [/Two clients joined/, 3500],
  [/Plot 1 made/, 1000],
  [/Plot 1 copied to its keeper/, 2500],
  [/first ledger line/, 2000],
];

/** Repeat a run with CROFT_SEED. */
const seed = Number(process.env.CROFT_SEED ?? Math.floor(Math.random() * 2 ** 32));
const random = mulberry32(seed);
/** Each takes half a minute; more by hand. */
const RUNS = Number(process.env.CROFT_DEMO_KILL_RUNS ?? 2);
const folder = newDemoFolder();
let demo: DemoProcess;

afterEach(() => demo.end());
afterAll(() => removeDemoFolder(folder));

/** Small seeded generator (Tommy Ettinger's mulberry32): numbers in [0, 1). */
function mulberry32(state: number): () => number {
  let a = state | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Three moments in the order they come, each with the program that is killed then. */
function plan() {
  const victims = shuffled(programs);
  return shuffled(stages.map((_, i) => i))
    .slice(0, 3)
    .sort((a, b) => a - b)
    .map((stage, i) => {
      const [words, spanMs] = stages[stage]!;
      return { words, afterMs: Math.round(random() * spanMs), victim: victims[i]! };
    });
}

test.each(Array.from({ length: RUNS }, (_, i) => i + 1))(
  `run %i: center and clients killed at random moments, and each is paid once (seed ${seed})`,
  async () => {
    const kills = plan();
    console.log(
      kills.map(({ words, afterMs, victim }) => `${victim} ${afterMs} ms after ${words}`).join('; '),
    );
    demo = new DemoProcess(folder, ['--once']);
    for (const { words, afterMs, victim } of kills) {
      await demo.said(words);
      await sleep(afterMs);
      expect(await demo.kill(victim), `${victim} was killed\n${demo.story()}`).toBe(true);
    }
    const code = await demo.ended;
    const report = demo.report();
    // `ok`: transfers on chain, payouts, ledger and reward lines agree one by one for each
    expect({ code, ok: report.ok }, demo.story()).toEqual({ code: 0, ok: true });
    expect(report.payouts.map(({ account }) => account)).toEqual([
      'Contributor who plots',
      'Contributor who keeps',
    ]);
    expect(new Set(report.payouts.map(({ address }) => address)).size).toBe(2);
    for (const { units, tx } of report.payouts) {
      expect(BigInt(units)).toBeGreaterThan(0n);
      expect(tx).toMatch(/^0x[0-9a-f]{64}$/);
    }
    expect(report.checks.invalid).toBe(0);
    expect(await demo.leftovers()).toEqual([]);
  },
  600_000,
);
