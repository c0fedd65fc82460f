const steps: [unit: 'second' | 'minute' | 'hour' | 'day', ms: number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** "5 seconds ago", "in 2 hours"; `short` says "5 sec. ago". */
export function relativeTime(
  atMs: number,
  nowMs: number,
  locale: string,
  style: 'long' | 'short' = 'long',
): string {
  const difference = atMs - nowMs;
  const [unit, size] = steps.find(([, ms]) => Math.abs(difference) >= ms) ?? ['second', 1000];
  // -0 reads "0 seconds ago", 0 would read "in 0 seconds"
  const count = Math.trunc(difference / size) || -0;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always', style }).format(count, unit);
}

/** Two largest units of a span: "1 hr 5 min", "60 sec". */
export function duration(ms: number, locale: string): string {
  let left = Math.max(0, ms);
  const parts: string[] = [];
  const first = left <= 120_000 ? 3 : 0;
  for (const [unit, size] of steps.slice(first)) {
    const count = unit === 'second' ? Math.round(left / size) : Math.floor(left / size);
    if (count > 0 || (unit === 'second' && parts.length === 0)) {
      parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count));
    }
    left -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** How long an answer took: "412 ms". */
export function milliseconds(ms: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' }).format(
    ms,
  );
}

/** m:ss for countdowns. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function dateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));
}

/** A UTC day without its weekday, for an axis. */
export function shortDayName(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', day: 'numeric' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** A UTC day, YYYY-MM-DD, with its weekday. */
export function dayName(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
}

export function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The last `count` UTC days up to that of `nowMs`, oldest first. */
export function lastDays(count: number, nowMs: number): string[] {
  return Array.from({ length: count }, (_, i) => utcDay(nowMs - (count - 1 - i) * 86_400_000));
}
