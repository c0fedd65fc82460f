import { ChequeError } from './errors.js';

/** The newest cheque of one beneficiary, and what it has taken. Base units. */
export interface OpenCheque {
  readonly cumulativePayout: bigint;
  readonly paidOut: bigint;
}

/** What beneficiaries could still take by the cheques they hold. */
export function uncashedSum(cheques: Iterable<OpenCheque>): bigint {
  let sum = 0n;
  for (const { cumulativePayout, paidOut } of cheques)
    if (cumulativePayout > paidOut) sum += cumulativePayout - paidOut;
  return sum;
}

/**
 * Whether one more cheque may be signed: it says no less than the one before, and everything uncashed, this cheque
 * included, is covered by the chequebook's liquid balance. Returns the uncashed sum with it.
 * @param others the newest cheques of all other beneficiaries
 * @param before the beneficiary's own newest cheque, null for none
 * @throws ChequeError `cheque_falls`, `cheque_uncovered`
 */
export function mayIssue(
  next: OpenCheque,
  before: OpenCheque | null,
  others: Iterable<OpenCheque>,
  liquidBalance: bigint,
): bigint {
  if (before && next.cumulativePayout < before.cumulativePayout)
    throw new ChequeError('cheque_falls', 'a cheque may not say less than one before it', {
      before: `${before.cumulativePayout}`,
      next: `${next.cumulativePayout}`,
    });
  const uncashed = uncashedSum(others) + uncashedSum([next]);
  if (uncashed > liquidBalance)
    throw new ChequeError('cheque_uncovered', 'the chequebook does not cover this cheque', {
      uncashed: `${uncashed}`,
      liquidBalance: `${liquidBalance}`,
    });
  return uncashed;
}
