import { Anchor, Group, Title } from '@mantine/core';
import { Link } from 'react-router';
import { usePayouts } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { PayoutTable } from '../payout-table.js';

/** The newest three; nothing at all while there are none. */
export function LatestPayouts() {
  const { t } = useLanguage();
  const { data } = usePayouts();
  if (!data || data.length === 0) return null;
  return (
    <section aria-label={t.home.latestPayouts}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t.home.latestPayouts}
        </Title>
        <Anchor component={Link} to="/payouts" size="sm">
          {t.home.seeAll}
        </Anchor>
      </Group>
      <PayoutTable label={t.home.latestPayouts} payouts={data.slice(0, 3)} />
    </section>
  );
}
