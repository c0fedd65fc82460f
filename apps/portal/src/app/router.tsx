import { createBrowserRouter } from 'react-router';
import { SignInPage } from '../pages/sign-in/sign-in-page.js';
import { BrokenPage, MissingPage } from './failures.js';
import { Shell } from './shell.js';

/** The operator's pages come together, in one chunk that contributors never load. */
const admin = (page: keyof typeof import('../pages/admin/admin-routes.js')) => async () => ({
  Component: (await import('../pages/admin/admin-routes.js'))[page],
});

/** Every page but the way in is its own chunk. */
export const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage />, errorElement: <BrokenPage /> },
  {
    path: '/claim',
    errorElement: <BrokenPage />,
    hydrateFallbackElement: <span />,
    lazy: async () => ({ Component: (await import('../pages/claim/claim-page.js')).ClaimPage }),
  },
  {
    path: '/',
    element: <Shell />,
    errorElement: <BrokenPage />,
    hydrateFallbackElement: <span />,
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import('../pages/home/home-page.js')).HomePage }),
      },
      {
        path: 'nodes',
        lazy: async () => ({ Component: (await import('../pages/nodes/nodes-page.js')).NodesPage }),
      },
      {
        path: 'plots',
        lazy: async () => ({ Component: (await import('../pages/plots-page.js')).PlotsPage }),
      },
      {
        path: 'bee',
        lazy: async () => ({ Component: (await import('../pages/bee/bee-page.js')).BeePage }),
      },
      {
        path: 'standing',
        lazy: async () => ({ Component: (await import('../pages/standing/standing-page.js')).StandingPage }),
      },
      {
        path: 'earnings',
        lazy: async () => ({ Component: (await import('../pages/earnings/earnings-page.js')).EarningsPage }),
      },
      {
        path: 'payouts',
        lazy: async () => ({ Component: (await import('../pages/payouts-page.js')).PayoutsPage }),
      },
      {
        path: 'cheques',
        lazy: async () => ({ Component: (await import('../pages/cheques/cheques-page.js')).ChequesPage }),
      },
      {
        path: 'account',
        lazy: async () => ({ Component: (await import('../pages/account/account-page.js')).AccountPage }),
      },
      {
        path: 'admin',
        lazy: admin('AdminGate'),
        children: [
          { index: true, lazy: admin('OverviewPage') },
          { path: 'campaigns', lazy: admin('CampaignsPage') },
          { path: 'data-sets', lazy: admin('DataSetsPage') },
          { path: 'nodes', lazy: admin('AllNodesPage') },
          { path: 'tasks', lazy: admin('TasksPage') },
          { path: 'appeals', lazy: admin('AppealsPage') },
          { path: 'payouts', lazy: admin('PayoutRootsPage') },
          { path: 'cheques', lazy: admin('ChequeRoundsPage') },
          { path: 'treasury', lazy: admin('TreasuryPage') },
        ],
      },
      { path: '*', element: <MissingPage /> },
    ],
  },
]);
