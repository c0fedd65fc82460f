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
