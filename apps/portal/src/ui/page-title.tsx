import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Freshness, type Read } from './query-view.js';

/** Heading of a page, how fresh its numbers are, and what can be done on it. */
export function PageTitle({
  title,
  query,
  children,
}: {
  title: string;
  query?: Read<unknown>;
  children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Croft`;
  }, [title]);
  return (
    <Group justify="space-between" align="center" mb="lg" gap="sm">
      <Group gap="sm" align="baseline">
        <Title order={1} size="h2">
          {title}
        </Title>
        {query && <Freshness query={query} />}
      </Group>
      {children}
    </Group>
  );
}
