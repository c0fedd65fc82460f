/** What a bundle's payout tree says an account has ever been released, at which address. */
export interface TreePayee {
  readonly accountId: string;
  /** EIP-55. */
  readonly address: string;
  /** Base units, cumulative. */
  readonly released: bigint;
}

/** What one more cheque adds for a beneficiary, and whose it is; base units. */
export interface DueCheque {
  readonly beneficiary: string;
  readonly parts: readonly { readonly accountId: string; readonly amount: bigint }[];
  readonly sum: bigint;
}

/**
 * Who is due what: released, and not in a cheque yet. Accounts that share an address share its cheque. An account whose
 * address changed is due the rest at the new one; what is in cheques for the old one stays there.
 * @param inCheques base units by account, in cheques for whatever address
 * @param waits whether an account asked to wait with so much
 */
export function dueCheques(
  payees: readonly TreePayee[],
  inCheques: ReadonlyMap<string, bigint>,
  waits: (accountId: string, amount: bigint) => boolean,
): { due: DueCheque[]; held: number } {
  const byAddress = new Map<string, { accountId: string; amount: bigint }[]>();
  let held = 0;
  for (const { accountId, address, released } of payees) {
    const amount = released - (inCheques.get(accountId) ?? 0n);
    if (amount <= 0n) continue;
    if (waits(accountId, amount)) {
      held++;
      continue;
    }
    const parts = byAddress.get(address) ?? [];
    parts.push({ accountId, amount });
    byAddress.set(address, parts);
  }
  const due = [...byAddress].map(([beneficiary, parts]) => ({ beneficiary, parts, sum: sumOf(parts) }));
  return { due, held };
}

export const sumOf = (parts: readonly { readonly amount: bigint }[]): bigint =>
  parts.reduce((sum, { amount }) => sum + amount, 0n);
