import { usePayouts } from '../api/queries.js';
import { useLanguage } from '../i18n/index.js';
import { EmptyState } from '../ui/empty-state.js';
import { PageTitle } from '../ui/page-title.js';
import { QueryView } from '../ui/query-view.js';
import { PayoutTable } from './payout-table.js';

/** What reached my wallet, or is on its way there. */
export function PayoutsPage() {
  const { t } = useLanguage();
  const payouts = usePayouts();
  return (
    <>
      <PageTitle title={t.payouts.title} query={payouts} />
      <QueryView query={payouts}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.payouts.empty} text={t.payouts.emptyText} />
          ) : (
            <PayoutTable label={t.payouts.title} payouts={items} more={payouts} />
          )
        }
      </QueryView>
    </>
  );
}
