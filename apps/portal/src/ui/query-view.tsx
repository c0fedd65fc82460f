import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { toServerTime } from '../format/server-clock.js';
import { useLanguage } from '../i18n/index.js';
import { Ago } from './ago.js';
import { failureText } from './failure-text.js';

/** What a view needs of a query; useQuery and usePages both have it. */
export interface Read<T> {
  data: T | undefined;
  error: Error | null;
  dataUpdatedAt: number;
  errorUpdateCount: number;
  isFetching: boolean;
  refetch: () => unknown;
}

/**
 * Shows what was read. Nothing known yet: a skeleton, or why it could not be read. Known but not readable again:
 * the old data, with its age. Never a zero for an unknown.
 */
export function QueryView<T>({
  query,
  children,
  skeleton,
}: {
  query: Read<T>;
  children: (data: T) => ReactNode;
  skeleton?: ReactNode;
}) {
  const { t } = useLanguage();
  // a second try clears the query's error; the reader should not see it flicker
  const lastError = useRef<Error | null>(null);
  useEffect(() => {
    if (query.error) lastError.current = query.error;
  }, [query.error]);
  const error = query.error ?? (query.errorUpdateCount > 0 ? lastError.current : null);

  if (query.data === undefined) {
    if (!error) return skeleton ?? <Lines />;
    return (
      <Alert color="red" title={t.common.failed} role="alert">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{failureText(error, t)}</Text>
          <Text size="sm" c="dimmed">
            {t.common.neverRead}
          </Text>
          <Button size="xs" variant="light" loading={query.isFetching} onClick={() => query.refetch()}>
            {t.common.retry}
          </Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <>
      {query.error && <Stale query={query} error={query.error} />}
      {children(query.data)}
    </>
  );
}

function Stale({ query, error }: { query: Read<unknown>; error: Error }) {
  const { t } = useLanguage();
  return (
    <Alert color="grain" mb="md" role="status" py="xs">
      <Text size="sm">
        {failureText(error, t)} <Stamp at={query.dataUpdatedAt} text={t.common.stale} />
      </Text>
    </Alert>
  );
}

/** A sentence around a ticking age. */
function Stamp({ at, text }: { at: number; text: (ago: string) => string }) {
  const [before, after] = text('\u0000').split('\u0000');
  return (
    <span>
      {before}
      <Ago at={toServerTime(at)} />
      {after}
    </span>
  );
}

/** Place holders of the first load. */
export function Lines({ count = 4, height = 44 }: { count?: number; height?: number }) {
  return (
    <Stack gap="sm" aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <Skeleton key={i} height={height} radius="md" />
      ))}
    </Stack>
  );
}

/** How fresh a page's numbers are; ticks, and says so when they are not. */
export function Freshness({ query }: { query: Read<unknown> }) {
  const { t } = useLanguage();
  if (query.data === undefined) return null;
  return (
    <Text component="span" size="xs" c="dimmed" className={query.error ? 'fresh stale' : 'fresh'}>
      <Stamp at={query.dataUpdatedAt} text={t.common.fresh} />
    </Text>
  );
}
