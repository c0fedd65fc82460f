import { Alert, Button, Divider, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { api } from '../../api/client.js';
import type { Me } from '../../api/models.js';
import { keys, useAction, useCenter, useMe } from '../../api/queries.js';
import { LanguageSwitch } from '../../app/language-switch.js';
import { useLanguage } from '../../i18n/index.js';
import { failureText } from '../../ui/failure-text.js';
import { Logo } from '../../ui/logo.js';
import { JoinForm, PasswordForm } from './forms.js';
import { WalletButtons } from './wallet-buttons.js';

/** Only a path of this site: a link from elsewhere must not choose where a visitor lands. */
function nextPath(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function SignInPage() {
  const { t } = useLanguage();
  const client = useQueryClient();
  const [params] = useSearchParams();
  const me = useMe();
  const center = useCenter();
  useEffect(() => {
    document.title = `${t.signIn.title} · Croft`;
  }, [t]);

  const entered = (account: Me) => client.setQueryData(keys.me, account);
  if (me.data) return <Navigate to={nextPath(params.get('next'))} replace />;
  const name = center.data?.name ?? 'Croft';
  return (
    <div className="entrance">
      <section className="entrance-words">
        <Group gap="sm">
          <Logo size={40} />
          <Text fz={28} fw={600} ff="heading">
            {name}
          </Text>
        </Group>
        <Text
          fz={{ base: 20, md: 34 }}
          lh={1.2}
          ff="heading"
          mt={{ base: 'sm', md: 72 }}
          maw={460}
          style={{ textWrap: 'balance' }}
        >
          {t.signIn.lead}
        </Text>
        <ul>
          {t.signIn.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </section>
      <main className="entrance-form">
        <div>
          <Group justify="space-between" mb="md">
            <Title order={1} size="h2">
              {t.signIn.title}
            </Title>
            <LanguageSwitch />
          </Group>
          {(center.error || me.error) && (
            <Alert color="red" role="alert" mb="md">
              {failureText(center.error ?? me.error, t)}
            </Alert>
          )}
          <DemoSignIns entered={entered} />
          <Tabs defaultValue="sign-in" keepMounted={false}>
            <Tabs.List grow mb="md">
              <Tabs.Tab value="sign-in">{t.signIn.tabSignIn}</Tabs.Tab>
              <Tabs.Tab value="join" data-testid="join-tab">
                {t.signIn.tabJoin}
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="sign-in">
              <PasswordForm entered={entered} />
            </Tabs.Panel>
            <Tabs.Panel value="join">
              <JoinForm entered={entered} />
            </Tabs.Panel>
          </Tabs>
          <Divider my="lg" label={t.signIn.or} />
          <WalletButtons
            label={t.signIn.wallet}
            statement={t.signIn.walletStatement(name)}
            send={api.signInByWallet}
            done={entered}
          />
        </div>
      </main>
    </div>
  );
}

/** The demo's ready-made accounts; the center names them in its demo only. */
function DemoSignIns({ entered }: { entered: (me: Me) => void }) {
  const { t } = useLanguage();
  const center = useCenter();
  const enter = useAction(api.signInByPassword, { done: entered });
  const accounts = center.data?.demoSignIns ?? [];
  if (accounts.length === 0) return null;
  return (
    <section className="card" style={{ marginBottom: 24 }} aria-label={t.signIn.demoTitle}>
      <Text fw={600}>{t.signIn.demoTitle}</Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t.signIn.demoText}
      </Text>
      <Stack gap="xs">
        {accounts.map(({ label, email, password }) => (
          <Button
            key={email}
            variant="light"
            fullWidth
            loading={enter.isPending && enter.variables.email === email}
            disabled={enter.isPending}
            onClick={() => enter.mutate({ email, password })}
            data-testid="demo-sign-in"
          >
            {label}
          </Button>
        ))}
      </Stack>
    </section>
  );
}
