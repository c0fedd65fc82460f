/** A small fenced field under the sun: what a croft is. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#1f5a3f" />
      <circle cx="22.5" cy="9.5" r="3.5" fill="#f2c14e" />
      <g fill="none" stroke="#d9ecdf" strokeWidth="2.4" strokeLinecap="round">
        <path d="M5 17c6-3.5 16-3.5 22 0" />
        <path d="M5 22c6-3 16-3 22 0" />
        <path d="M5 27c6-2.5 16-2.5 22 0" />
      </g>
    </svg>
  );
}
