/**
 * Whether two JSON values have the same canonical text, without writing it: millions are compared. A member that is
 * undefined is none.
 */
export function isSame(a: unknown, b: unknown): boolean {
  // -0 and 0 are written alike
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((value, i) => isSame(value, b[i]));
  }
  return membersOf(a) === membersOf(b) && holds(a, b);
}

function membersOf(value: object): number {
  let count = 0;
  for (const name in value) if ((value as Record<string, unknown>)[name] !== undefined) count++;
  return count;
}

function holds(a: object, b: object): boolean {
  for (const name in a) {
    const member = (a as Record<string, unknown>)[name];
    if (member === undefined) continue;
    if (!Object.hasOwn(b, name) || !isSame(member, (b as Record<string, unknown>)[name])) return false;
  }
  return true;
}
