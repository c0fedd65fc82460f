import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterCalm, afterFinding, NOTICE_FIRST_MS, type Stage, stageMs, stages } from './stages.js';

const events = fc.array(
  fc.oneof(
    fc.record({ weight: fc.constantFrom('warning' as const, 'grave' as const), sinceMs: fc.nat(10 ** 9) }),
    fc.constant('calm' as const),
  ),
  { maxLength: 30 },
);

test('nobody is suspended without a notice first, and time to act on it', () => {
  fc.assert(
    fc.property(events, (list) => {
      let stage: Stage = 'active';
      for (const event of list) {
        const next: Stage | null =
          event === 'calm' ? afterCalm(stage) : afterFinding(stage, event.weight, event.sinceMs);
        if (next === 'suspended' && stage !== 'probation') {
          expect(stage).toBe('notice');
          expect((event as { sinceMs: number }).sinceMs).toBeGreaterThanOrEqual(NOTICE_FIRST_MS);
        }
        stage = next ?? stage;
      }
    }),
  );
});

test('from every stage time alone leads back to active', () => {
  for (const begin of stages) {
    let stage: Stage = begin;
    for (let i = 0; stage !== 'active'; i++) {
      expect(stageMs[stage]).toBeGreaterThan(0);
      stage = afterCalm(stage)!;
      expect(i).toBeLessThan(3);
    }
  }
});
