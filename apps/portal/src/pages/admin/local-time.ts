/** A time as `<input type="datetime-local">` holds it: the visitor's own zone, to the minute. */
export function toLocalInput(ms: number): string {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** ISO 8601 UTC of such an input, or null when it is empty or wrong. */
export function fromLocalInput(text: string): string | null {
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
