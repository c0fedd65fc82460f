import type { AccountFacts, CutReason, RewardLine } from './facts.js';

export const sumOf = (lines: readonly RewardLine[]) => lines.reduce((all, line) => all + line.amount, 0n);

type Cut = 'accountCap' | 'clusterCap' | 'referralCap' | 'budgetCut';

/** Cuts every line to the same part, rounded down, when their sum is above `limit`; each says so as `why`. */
export function cutTo(lines: RewardLine[], limit: bigint, why: Cut): RewardLine[] {
  const due = sumOf(lines);
  const available = limit > 0n ? limit : 0n;
  if (due <= available) return lines;
  const reason: CutReason = { due: due.toString(), available: available.toString() };
  return lines.map((line) => ({
    ...line,
    amount: (line.amount * available) / due,
    reason: { ...line.reason, [why]: reason },
  }));
}

/** As cutTo, for each group of lines alone; lines whose group is null are left as they are. */
export function cutEach(
  lines: RewardLine[],
  limit: bigint | null,
  why: Cut,
  groupOf: (line: RewardLine) => string | null,
): RewardLine[] {
  if (limit === null) return lines;
  const groups = new Map<string, RewardLine[]>();
  const alone: RewardLine[] = [];
  for (const line of lines) {
    const group = groupOf(line);
    if (group === null) alone.push(line);
    else if (groups.has(group)) groups.get(group)!.push(line);
    else groups.set(group, [line]);
  }
  return [...alone, ...[...groups.values()].flatMap((group) => cutTo(group, limit, why))];
}

/** The cluster of a line's account, or null when it stands alone. */
export const clusterOf = (accounts: Readonly<Record<string, AccountFacts>>) => (line: RewardLine) =>
  accounts[line.account]?.cluster ?? null;
