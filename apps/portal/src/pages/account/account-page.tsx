import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.js';
import type { Me } from '../../api/models.js';
import { keys, useAction, useCenter, useMe } from '../../api/queries.js';
import { useChangeLanguage } from '../../app/language-switch.js';
import { useSignOut } from '../../app/navigation.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { PageTitle } from '../../ui/page-title.js';
import { QueryView } from '../../ui/query-view.js';
import { showToast } from '../../ui/toasts.js';
import { WalletButtons } from '../sign-in/wallet-buttons.js';
import { PayoutAddress } from './payout-address.js';
import { PayoutWishes } from './payout-wishes.js';

/** Who I am here, where my tokens go, and how I sign in. */
export function AccountPage() {
  const { t } = useLanguage();
  const me = useMe();
  const signOut = useSignOut();
  return (
    <>
      <PageTitle title={t.account.title}>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate(undefined)}>
          {t.nav.signOut}
        </Button>
      </PageTitle>
      <QueryView query={me}>
        {(account) =>
          account && (
            <Stack>
              <PayoutAddress me={account} />
              <PayoutWishes />
              <Profile me={account} />
              <Wallet me={account} />
            </Stack>
          )
        }
      </QueryView>
    </>
  );
}

function Profile({ me }: { me: Me }) {
  const { t, locale } = useLanguage();
  const change = useChangeLanguage();
  const [name, setName] = useState(me.displayName);
  const save = useAction(api.changeMe, {
    touches: [keys.me],
    done: () => showToast({ kind: 'done', text: t.common.saved }),
  });
  const trimmed = name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed) save.mutate({ displayName: trimmed });
  };
  return (
    <section className="card" aria-label={t.account.profile}>
      <Title order={2} size="h4" mb="md">
        {t.account.profile}
      </Title>
      <Stack maw={420}>
        <form onSubmit={submit}>
          <Group align="flex-end" gap="sm" wrap="nowrap">
            <TextInput
              label={t.account.name}
              value={name}
              maxLength={60}
              flex={1}
              onChange={(event) => setName(event.currentTarget.value)}
              error={trimmed === '' && t.signIn.nameWrong}
            />
            <Button
              type="submit"
              loading={save.isPending}
              disabled={trimmed === '' || trimmed === me.displayName}
            >
              {t.common.save}
            </Button>
          </Group>
        </form>
        <NativeSelect
          label={t.account.language}
          value={locale}
          onChange={(event) => change(event.currentTarget.value === 'zh' ? 'zh' : 'en')}
          data={[
            { value: 'en', label: 'English' },
            { value: 'zh', label: '中文' },
          ]}
        />
        <Facts
          items={[
            [t.account.email, me.email ?? t.common.none],
            [t.account.memberId, <Hex key="id" value={me.id} what={t.account.memberId} />],
          ]}
        />
      </Stack>
    </section>
  );
}

function Wallet({ me }: { me: Me }) {
  const { t } = useLanguage();
  const client = useQueryClient();
  const center = useCenter();
  const linked = (next: Me) => {
    client.setQueryData(keys.me, next);
    showToast({ kind: 'done', text: t.account.walletLinkedDone });
  };
  return (
    <section className="card" aria-label={t.account.wallet}>
      <Title order={2} size="h4" mb="md">
        {t.account.wallet}
      </Title>
      {me.walletAddress ? (
        <>
          <Hex value={me.walletAddress} what={t.payouts.address} />
          <Text size="sm" c="dimmed">
            {t.account.walletLinked}
          </Text>
        </>
      ) : (
        <Stack maw={420} gap="sm">
          <Text size="sm" c="dimmed">
            {t.account.walletNone}
          </Text>
          <WalletButtons
            label={t.account.walletLink}
            statement={t.account.walletStatement(center.data?.name ?? 'Croft')}
            send={api.linkWallet}
            done={linked}
          />
        </Stack>
      )}
    </section>
  );
}
