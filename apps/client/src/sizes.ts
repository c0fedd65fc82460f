const powers: Record<string, number> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/**
 * Bytes of a size written by a person: `0`, `500GB`, `1.5 TB`, `500GiB`, `2T`. Letters without `i` count in
 * thousands, with `i` in 1024s. null for anything else and for more than 2^53 - 1 bytes.
 */
export function parseSize(text: string): number | null {
  const match = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([kmgtp]?)(i?)b?\s*$/i.exec(text);
  if (!match) return null;
  const [, digits = '', letter = '', binary = ''] = match;
  if (binary && !letter) return null;
  const bytes = Math.floor(Number(digits) * (binary ? 1024 : 1000) ** (powers[letter.toLowerCase()] ?? 0));
  return Number.isSafeInteger(bytes) ? bytes : null;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size for people, in thousands: `1.5 TB`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}
