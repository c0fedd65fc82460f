const DAY_MS = 86_400_000;

/** What was promised in one epoch. */
export interface Accrual {
  readonly epochIndex: number;
  readonly accrued: bigint;
}

/** How many days the last accruals are averaged over, at most. */
export const PACE_DAYS = 7;

/**
 * Base units promised a day, on average of the given epochs; null of none. Less than a day's epochs are taken for the
 * whole day's: what a campaign promises in its first minutes says little of its days.
 */
export function pacePerDay(epochs: readonly Accrual[], epochSeconds: number): bigint | null {
  if (epochs.length === 0) return null;
  const indices = epochs.map(({ epochIndex }) => epochIndex);
  const span = (Math.max(...indices) - Math.min(...indices) + 1) * epochSeconds * 1000;
  const sum = epochs.reduce((total, { accrued }) => total + accrued, 0n);
  return (sum * BigInt(DAY_MS)) / BigInt(Math.max(span, DAY_MS));
}

/** Epochs that go into the pace. */
export const paceEpochs = (epochSeconds: number): number =>
  Math.max(1, Math.floor((PACE_DAYS * 86_400) / epochSeconds));

/** Days, in tenths and rounded down, that `free` lasts at the pace; null when nothing is spent. */
export function runwayDays(free: bigint, perDay: bigint | null): number | null {
  if (perDay === null || perDay <= 0n) return null;
  const tenths = (free * 10n) / perDay;
  return Number(tenths > 1_000_000n ? 1_000_000n : tenths) / 10;
}

export const fundsAlerts = [
  'funds_for_14_days',
  'funds_for_7_days',
  'funds_for_2_days',
  'funds_exhausted',
] as const;
export type FundsAlert = (typeof fundsAlerts)[number];

/**
 * The one alert that is so, the gravest, or null. What has never spent anything runs out of nothing, and money that
 * lasts to the end of the campaign is enough.
 * @param daysLeft of the campaign
 */
export function fundsAlert(
  free: bigint,
  days: number | null,
  spent: boolean,
  daysLeft: number,
): FundsAlert | null {
  if (daysLeft <= 0) return null;
  if (free <= 0n && spent) return 'funds_exhausted';
  if (days === null || days >= daysLeft) return null;
  if (days <= 2) return 'funds_for_2_days';
  if (days <= 7) return 'funds_for_7_days';
  return days <= 14 ? 'funds_for_14_days' : null;
}
