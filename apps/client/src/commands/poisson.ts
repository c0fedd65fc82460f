/**
 * The exact (Garwood) confidence interval for the mean of a Poisson variable of which `count` was seen: the means
 * under which so few, or so many, would be seen with half of 1 - `confidence` each. Source: F. Garwood, Fiducial
 * limits for the Poisson distribution, Biometrika 28 (1936).
 */
export function poissonInterval(count: number, confidence: number): { low: number; high: number } {
  const tail = (1 - confidence) / 2;
  let logFactorial = 0;
  for (let i = 2; i <= count; i++) logFactorial += Math.log(i);
  const most = count + 20 + 10 * Math.sqrt(count + 1);
  const low = count === 0 ? 0 : crossing(0, count, (mean) => upperTail(count, mean, logFactorial) < tail);
  const high = crossing(count, most, (mean) => lowerTail(count, mean, logFactorial) > tail);
  return { low, high };
}

/** Where a condition that holds at `from` ceases to hold before `to`. */
function crossing(from: number, to: number, holds: (mean: number) => boolean): number {
  let low = from;
  let high = to;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** P(X ≥ count), for a mean not above count. */
function upperTail(count: number, mean: number, logFactorial: number): number {
  let term = mean === 0 ? 0 : Math.exp(count * Math.log(mean) - mean - logFactorial);
  let sum = term;
  for (let i = count + 1; term > sum * 1e-16; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/** P(X ≤ count), for a mean not below count. */
function lowerTail(count: number, mean: number, logFactorial: number): number {
  let term = count === 0 ? Math.exp(-mean) : Math.exp(count * Math.log(mean) - mean - logFactorial);
  let sum = term;
  for (let i = count; i > 0 && term > sum * 1e-16; i--) {
    term *= i / mean;
    sum += term;
  }
  return sum;
}
