import { Anchor, Group } from '@mantine/core';
import { Link } from 'react-router';
import { useCampaigns, usePayouts } from '../api/queries.js';
import { useLanguage } from '../i18n/index.js';
import { EmptyState } from '../ui/empty-state.js';
import { PageTitle } from '../ui/page-title.js';
import { QueryView } from '../ui/query-view.js';
import { PayoutTable } from './payout-table.js';
import { Statements } from './statements.js';

/** What reached my wallet, or is on its way there. */
export function PayoutsPage() {
  const { t } = useLanguage();
  const payouts = usePayouts();
  return (
    <>
      <PageTitle title={t.payouts.title} query={payouts}>
        <ClaimLinks />
      </PageTitle>
      <QueryView query={payouts}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.payouts.empty} text={t.payouts.emptyText} />
          ) : (
            <PayoutTable label={t.payouts.title} payouts={items} more={payouts} />
          )
        }
      </QueryView>
      <Statements />
    </>
  );
}

/** To the page that claims without the center: loaded anew, since it may reach for bundles elsewhere. */
function ClaimLinks() {
  const { t } = useLanguage();
  const campaigns = (useCampaigns().data?.items ?? []).filter(({ payoutKind }) => payoutKind === 'push');
  return (
    <Group gap="sm">
      {campaigns.map(({ id, name }) => (
        <Anchor
          key={id}
          component={Link}
          to={`/claim?campaign=${id}`}
          reloadDocument
          size="sm"
          title={t.claim.openHint}
          data-testid="claim-open"
        >
          {t.claim.open}
          {campaigns.length > 1 && ` (${name})`}
        </Anchor>
      ))}
    </Group>
  );
}
