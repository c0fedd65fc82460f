import type { Line } from '#libs/bundle';
import { api } from '../../api/client.js';
import type { RewardLine } from '../../api/models.js';

/** A day of very short periods has many lines; beyond this nothing is compared. */
const MOST_PAGES = 60;
const PAGE = 100;

/** What this page shows as my lines of a period; null when there are too many to read. Errors: ApiError. */
export async function bookedLines(
  campaignId: string,
  day: string,
  epochIndex: number,
): Promise<RewardLine[] | null> {
  const found: RewardLine[] = [];
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, next } = await api.earningsLines(campaignId, day, { before, limit: PAGE });
    found.push(...items.filter((line) => line.epochIndex === epochIndex));
    // newest first: once older periods come, this one is complete
    if (next === null || items.some((line) => line.epochIndex < epochIndex)) return found;
    before = next;
  }
  return null;
}

type Shown = Pick<RewardLine, 'kind' | 'amount' | 'quantity' | 'rate'>;

export interface Differences {
  /** Shown here, and not in the bundle. */
  here: Shown[];
  /** In the bundle, and not shown here. */
  there: Shown[];
}

const keyOf = ({ kind, amount, quantity, rate }: Shown) => [kind, amount, quantity, rate].join(' ');

/** Where the lines that were shown differ from those of the bundle, whatever their order. */
export function differencesOf(shown: readonly RewardLine[], bundled: readonly Line[]): Differences {
  const left = new Map<string, Line[]>();
  for (const line of bundled) left.set(keyOf(line), [...(left.get(keyOf(line)) ?? []), line]);
  const here = shown.filter((line) => !left.get(keyOf(line))?.pop());
  return { here, there: [...left.values()].flat() };
}
