/** Server time minus this machine's time, milliseconds; "last seen 5 s ago" must not depend on the visitor's clock. */
let offsetMs = 0;

/** Learns from a Date header (whole seconds). Small differences are rounding and network, and are left alone. */
export function noteServerTime(header: string | null, localMs: number = Date.now()): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header);
  if (!Number.isFinite(serverMs)) return;
  const difference = serverMs - localMs;
  offsetMs = Math.abs(difference) < 3000 ? 0 : difference;
}

/** A time of this machine's clock, such as when a query was answered, as the center's time. */
export function toServerTime(localMs: number): number {
  return localMs + offsetMs;
}

/** The center's time now, milliseconds since 1970, as well as it is known. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
