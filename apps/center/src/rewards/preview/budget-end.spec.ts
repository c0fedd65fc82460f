import { describe, expect, test } from 'vitest';
import { type BudgetPlan, budgetEnd } from './budget-end.js';

const DAY = 86_400_000;
const plan: BudgetPlan = {
  available: 1000n,
  now: 100 * DAY,
  draftFrom: 110 * DAY,
  campaignEndsAt: 400 * DAY,
  present: { amount: 300n, overMs: 30 * DAY },
  draft: { amount: 600n, overMs: 30 * DAY },
};

describe('when the budget ends', () => {
  test('at the present pace until the draft begins, then at the draft’s', () => {
    // 10 days at 10 leave 900, which last 45 days at 20
    expect(budgetEnd(plan)).toEqual({ perDay: 20n, endsAt: 155 * DAY, lastsToEnd: false });
  });

  test('before the draft begins, when the present pace is enough for that', () => {
    expect(budgetEnd({ ...plan, available: 50n }).endsAt).toBe(105 * DAY);
    expect(budgetEnd({ ...plan, available: 0n }).endsAt).toBe(100 * DAY);
    expect(budgetEnd({ ...plan, available: -5n }).endsAt).toBe(100 * DAY);
  });

  test('after the campaign’s end, or never', () => {
    expect(budgetEnd({ ...plan, campaignEndsAt: 155 * DAY }).lastsToEnd).toBe(true);
    const nothing = { amount: 0n, overMs: 30 * DAY };
    expect(budgetEnd({ ...plan, draft: nothing })).toEqual({ perDay: 0n, endsAt: null, lastsToEnd: true });
    expect(budgetEnd({ ...plan, available: 10n ** 70n })).toMatchObject({ endsAt: null, lastsToEnd: true });
  });

  test('is unknown when nothing was replayed', () => {
    const nothing = { amount: 0n, overMs: 0 };
    expect(budgetEnd({ ...plan, present: nothing, draft: nothing })).toEqual({
      perDay: null,
      endsAt: null,
      lastsToEnd: null,
    });
  });
});
