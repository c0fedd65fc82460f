const DAY_MS = 86_400_000n;
/** Dates beyond are not told: nobody can know. */
const FAR_MS = 100n * 366n * DAY_MS;

export interface Pace {
  /** Base units promised in `overMs` milliseconds. */
  amount: bigint;
  overMs: number;
}

export interface BudgetPlan {
  available: bigint;
  /** Milliseconds since 1970. */
  now: number;
  draftFrom: number;
  campaignEndsAt: number;
  present: Pace;
  draft: Pace;
}

export interface BudgetEnd {
  perDay: bigint | null;
  endsAt: number | null;
  lastsToEnd: boolean | null;
}

/** When a budget is used up: at the present pace until the draft begins, then at the draft's. */
export function budgetEnd({
  available,
  now,
  draftFrom,
  campaignEndsAt,
  present,
  draft,
}: BudgetPlan): BudgetEnd {
  if (draft.overMs <= 0 || present.overMs <= 0) return { perDay: null, endsAt: null, lastsToEnd: null };
  const perDay = (draft.amount * DAY_MS) / BigInt(draft.overMs);
  const before = BigInt(Math.max(0, draftFrom - now));
  const spentBefore = (atLeast0(present.amount) * before) / BigInt(present.overMs);
  const [left, pace, from] =
    spentBefore >= available ? [available, present, now] : [available - spentBefore, draft, draftFrom];
  const lasts = timeOf(atLeast0(left), pace);
  if (lasts === null || lasts > FAR_MS) return { perDay, endsAt: null, lastsToEnd: true };
  const endsAt = Math.max(now, from) + Number(lasts);
  return { perDay, endsAt, lastsToEnd: endsAt >= campaignEndsAt };
}

/** How long an amount lasts at a pace, milliseconds; null: for ever. */
function timeOf(left: bigint, { amount, overMs }: Pace): bigint | null {
  if (left === 0n) return 0n;
  return amount <= 0n ? null : (left * BigInt(overMs)) / amount;
}

const atLeast0 = (amount: bigint) => (amount > 0n ? amount : 0n);
