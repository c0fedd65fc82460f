import { Button, Stack } from '@mantine/core';
import { Link } from 'react-router';
import { useLanguage } from '../i18n/index.js';
import { EmptyState } from '../ui/empty-state.js';

/** A page that is not there. */
export function MissingPage() {
  const { t } = useLanguage();
  return (
    <EmptyState title={t.common.pageNotFound} text={t.common.pageNotFoundText}>
      <Button component={Link} to="/" mt="sm">
        {t.common.toHome}
      </Button>
    </EmptyState>
  );
}

/** A page that could not be loaded or failed; after an update of the center old chunks are gone. */
export function BrokenPage() {
  const { t } = useLanguage();
  return (
    <Stack p="xl">
      <EmptyState title={t.common.pageBroke} text={t.common.pageBrokeText}>
        <Button mt="sm" onClick={() => window.location.reload()}>
          {t.common.reload}
        </Button>
      </EmptyState>
    </Stack>
  );
}
