import { dateTime, relativeTime } from '../format/time.js';
import { useLanguage } from '../i18n/index.js';
import { useNow } from './now.js';

/** "12 seconds ago", ticking; the exact time on hover. A past time never shows as future over a second's rounding. */
export function Ago({ at }: { at: string | number }) {
  const { tag } = useLanguage();
  const now = useNow();
  const atMs = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={dateTime(new Date(atMs).toISOString(), tag)}>
      {relativeTime(Math.min(atMs, now), now, tag)}
    </time>
  );
}
