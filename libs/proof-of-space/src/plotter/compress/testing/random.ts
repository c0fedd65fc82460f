/** An integer in [0, limit), limit up to 2^53. */
export type Random = (limit: number) => number;

/** Tommy Ettinger's mulberry32, two numbers for one. */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return (limit) => Math.floor(((next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53) * limit);
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const other = random(i + 1);
    [copy[i], copy[other]] = [copy[other]!, copy[i]!];
  }
  return copy;
}
