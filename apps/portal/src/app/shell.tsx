import { Alert, AppShell, Badge, Burger, Group, Loader, Center as Middle, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import type { Me } from '../api/models.js';
import { useCenter, useMe } from '../api/queries.js';
import { chosenLocale, useLanguage } from '../i18n/index.js';
import { failureText } from '../ui/failure-text.js';
import { Logo } from '../ui/logo.js';
import { QueryView } from '../ui/query-view.js';
import { AddressNotice } from './address-notice.js';
import { LanguageSwitch } from './language-switch.js';
import { Navigation } from './navigation.js';

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data === null) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  if (me.data) return <Frame me={me.data} />;
  return (
    <Middle mih="100dvh" p="md">
      <QueryView query={me} skeleton={<Loader aria-label="Croft" />}>
        {() => null}
      </QueryView>
    </Middle>
  );
}

function Frame({ me }: { me: Me }) {
  const { t, setLocale } = useLanguage();
  const [opened, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  const center = useCenter();

  // English is what an account begins with and says nothing; Chinese was chosen, so a new browser follows it
  useEffect(() => {
    if (chosenLocale() === null && me.locale === 'zh') setLocale('zh');
  }, [me.locale, setLocale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to a page closes the menu
  useEffect(() => menu.close(), [pathname]);

  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#content" className="skip">
        {t.nav.skip}
      </a>
      <AppShell.Header className="shell-header">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t.nav.menu}
              aria-expanded={opened}
            />
            <Link to="/" className="brand">
              <Logo size={30} />
              Croft
            </Link>
            {center.data?.demo && (
              <Tooltip
                label={t.common.demoHint}
                multiline
                maw={280}
                events={{ hover: true, focus: true, touch: true }}
              >
                <Badge color="grain" variant="light" tt="none">
                  {t.common.demo}
                </Badge>
              </Tooltip>
            )}
          </Group>
          <LanguageSwitch />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="shell-nav">
        <Navigation me={me} />
      </AppShell.Navbar>
      <AppShell.Main id="content">
        {center.error && (
          <Alert color="grain" mb="md" py="xs" role="status">
            {failureText(center.error, t)}
          </Alert>
        )}
        <div style={{ maxWidth: 1120, marginInline: 'auto' }}>
          <AddressNotice me={me} />
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
