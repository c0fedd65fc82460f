/**
 * Proximity order of two addresses: the number of leading bits they share. Bee stops counting at 31
 * (pkg/swarm/proximity.go); depths are far below that, so this does not.
 */
export function proximity(a: Uint8Array, b: Uint8Array): number {
  const bytes = Math.min(a.length, b.length);
  for (let index = 0; index < bytes; index++) {
    const difference = (a[index] as number) ^ (b[index] as number);
    if (difference !== 0) return 8 * index + Math.clz32(difference) - 24;
  }
  return 8 * bytes;
}
