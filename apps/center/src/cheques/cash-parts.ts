/** Whose part of what a cheque adds; base units. */
export interface Part {
  readonly accountId: string;
  readonly amount: bigint;
}

/**
 * Whose money it is that a beneficiary took: parts are paid in their order, the oldest cheque's first.
 * @param parts all of the beneficiary's, in order
 * @param before what it had taken until then
 * @param amount what it took now
 * @returns null when that is more than all parts together
 */
export function shareOut(parts: readonly Part[], before: bigint, amount: bigint): Part[] | null {
  const shares = new Map<string, bigint>();
  let at = 0n;
  let left = amount;
  for (const part of parts) {
    const end = at + part.amount;
    const from = at > before ? at : before;
    const share = min(left, end - from);
    if (share > 0n) {
      shares.set(part.accountId, (shares.get(part.accountId) ?? 0n) + share);
      left -= share;
    }
    at = end;
  }
  return left > 0n ? null : [...shares].map(([accountId, share]) => ({ accountId, amount: share }));
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
