import { Alert } from '@mantine/core';
import { Outlet } from 'react-router';
import { useMe } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';

export { AllNodesPage } from './all-nodes-page.js';
export { AppealsPage } from './appeals-page.js';
export { CampaignsPage } from './campaigns-page.js';
export { ChequeRoundsPage } from './cheques/cheque-rounds-page.js';
export { DataSetsPage } from './data-sets/data-sets-page.js';
export { OverviewPage } from './overview-page.js';
export { PayoutRootsPage } from './payout-roots-page.js';
export { TasksPage } from './tasks-page.js';
export { TreasuryPage } from './treasury-page.js';

/** Pages of the operator. The center refuses everybody else anyway; this only says so kindly. */
export function AdminGate() {
  const { t } = useLanguage();
  const me = useMe();
  if (me.data?.role !== 'admin') {
    return (
      <Alert color="red" role="alert">
        {t.errors.forbidden}
      </Alert>
    );
  }
  return <Outlet />;
}
