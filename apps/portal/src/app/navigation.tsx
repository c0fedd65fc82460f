import { Button, ScrollArea, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { NavLink } from 'react-router';
import { api } from '../api/client.js';
import type { Me } from '../api/models.js';
import { keys, useAction, useCampaigns } from '../api/queries.js';
import { useLanguage } from '../i18n/index.js';

const own = [
  'home',
  'nodes',
  'plots',
  'bee',
  'standing',
  'earnings',
  'payouts',
  'cheques',
  'account',
] as const;
const operator = [
  ['adminOverview', '/admin'],
  ['adminCampaigns', '/admin/campaigns'],
  ['adminDataSets', '/admin/data-sets'],
  ['adminNodes', '/admin/nodes'],
  ['adminTasks', '/admin/tasks'],
  ['adminAppeals', '/admin/appeals'],
  ['adminPayouts', '/admin/payouts'],
  ['adminCheques', '/admin/cheques'],
  ['adminTreasury', '/admin/treasury'],
] as const;

export function useSignOut() {
  const client = useQueryClient();
  return useAction(() => api.signOut(), {
    done: () => {
      client.clear();
      client.setQueryData(keys.me, null);
    },
  });
}

export function Navigation({ me }: { me: Me }) {
  const { t } = useLanguage();
  const signOut = useSignOut();
  // shown where a campaign pays by them
  const cheques = useCampaigns().data?.items.some(({ payoutKind }) => payoutKind === 'cheques') ?? false;
  const isShown = (page: string) => cheques || !/cheques$/i.test(page);
  return (
    <>
      <ScrollArea flex={1}>
        <nav className="nav" aria-label={t.nav.main}>
          {own.filter(isShown).map((page) => (
            <NavLink key={page} to={page === 'home' ? '/' : `/${page}`} end data-testid={`nav-${page}`}>
              {t.nav[page]}
            </NavLink>
          ))}
          {me.role === 'admin' && (
            <>
              <h2>{t.nav.admin}</h2>
              {operator
                .filter(([text]) => isShown(text))
                .map(([text, to]) => (
                  <NavLink key={to} to={to} end data-testid={`nav-${to.slice(1).replace('/', '-')}`}>
                    {t.nav[text]}
                  </NavLink>
                ))}
            </>
          )}
        </nav>
      </ScrollArea>
      <div style={{ borderTop: '1px solid var(--line)', padding: '12px 6px 4px' }}>
        <Text size="sm" fw={600} truncate px={8}>
          {me.displayName}
        </Text>
        <Text size="xs" c="dimmed" truncate px={8} mb={6}>
          {me.email ?? me.walletAddress}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          loading={signOut.isPending}
          onClick={() => signOut.mutate(undefined)}
          data-testid="sign-out"
        >
          {t.nav.signOut}
        </Button>
      </div>
    </>
  );
}
