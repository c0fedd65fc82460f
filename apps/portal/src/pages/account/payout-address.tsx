import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.js';
import type { Me } from '../../api/models.js';
import { keys, useAction } from '../../api/queries.js';
import { dateTime, duration } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Confirm } from '../../ui/confirm.js';
import { CopyButton } from '../../ui/copy.js';
import { failureText } from '../../ui/failure-text.js';
import { useNow } from '../../ui/now.js';
import { showToast } from '../../ui/toasts.js';
import { readAddress } from '../../wallet/eip55.js';
import { AddressHistory } from './address-history.js';

/** Where tokens go. Checked here before it is sent (EIP-55), and shown once more to compare. */
export function PayoutAddress({ me }: { me: Me }) {
  const { t, tag } = useLanguage();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [asking, setAsking] = useState(false);
  const read = readAddress(text);
  const same =
    read.address !== null && read.address === me.payoutAddress?.address && !me.pendingPayoutAddress;
  const save = useAction(api.setPayoutAddress, {
    quiet: true,
    touches: [keys.addresses],
    done: (next) => {
      client.setQueryData(keys.me, next);
      setText('');
      setAsking(false);
      const waits = next.pendingPayoutAddress;
      showToast({
        kind: 'done',
        text: waits ? t.account.payoutWaits(dateTime(waits.effectiveAt, tag)) : t.account.payoutSaved,
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.reset();
    if (read.address !== null && !same) setAsking(true);
  };
  const problem = read.problem !== null && text.trim() !== '' ? t.account.problems[read.problem] : null;
  return (
    <section className="card" aria-label={t.account.payout}>
      <Title order={2} size="h4" mb="md">
        {t.account.payout}
      </Title>
      <Stack maw={620}>
        {me.payoutAddress ? (
          <div>
            <Text size="sm" c="dimmed">
              {t.account.payoutNow}
            </Text>
            <WholeAddress address={me.payoutAddress.address} />
          </div>
        ) : (
          <Alert color="grain">{t.account.payoutNone}</Alert>
        )}
        {me.pendingPayoutAddress && <Pending me={me} />}
        <AddressHistory />
        <form onSubmit={submit}>
          <Stack gap="sm" align="flex-start">
            <TextInput
              w="100%"
              label={t.account.payoutField}
              description={me.payoutAddress ? t.account.payoutChange : t.account.payoutFirst}
              placeholder="0x…"
              autoComplete="off"
              spellCheck={false}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={problem ?? (same ? t.account.payoutSameAs : save.error && failureText(save.error, t))}
              data-testid="payout-address"
            />
            {me.walletAddress && me.walletAddress !== me.payoutAddress?.address && (
              <Button variant="subtle" size="compact-sm" onClick={() => setText(me.walletAddress ?? '')}>
                {t.account.useWallet}
              </Button>
            )}
            <Button
              type="submit"
              disabled={read.address === null || same}
              data-testid="payout-address-submit"
            >
              {t.account.payoutSet}
            </Button>
          </Stack>
        </form>
      </Stack>
      <Confirm
        opened={asking && read.address !== null}
        title={t.account.payoutConfirm}
        text={t.account.payoutConfirmText}
        yes={t.account.payoutSet}
        busy={save.isPending}
        onYes={() => read.address !== null && save.mutate(read.address, { onError: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text ff="monospace" fw={600} mt="md" className="grouped-address">
          {read.address?.match(/^0x|.{4}/g)?.join(' ')}
        </Text>
      </Confirm>
    </section>
  );
}

function WholeAddress({ address }: { address: string }) {
  const { t } = useLanguage();
  return (
    <Text
      component="span"
      ff="monospace"
      style={{ overflowWrap: 'anywhere' }}
      data-testid="payout-address-now"
    >
      {address} <CopyButton text={address} what={t.payouts.address} />
    </Text>
  );
}

function Pending({ me }: { me: Me }) {
  const { t, tag } = useLanguage();
  const now = useNow();
  const client = useQueryClient();
  const keep = useAction(api.keepPayoutAddress, {
    touches: [keys.addresses],
    done: (next) => {
      client.setQueryData(keys.me, next);
      showToast({ kind: 'done', text: t.pay.addressKept });
    },
  });
  const pending = me.pendingPayoutAddress;
  if (!pending) return null;
  const left = duration(Date.parse(pending.effectiveAt) - now, tag);
  return (
    <Alert color="grain">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t.account.payoutPending(pending.address, dateTime(pending.effectiveAt, tag), left)}
      </Text>
      <Text size="sm" mt={4}>
        {t.account.payoutPendingSafe}
      </Text>
      <Button
        mt="xs"
        size="xs"
        variant="default"
        loading={keep.isPending}
        onClick={() => keep.mutate(undefined)}
        data-testid="payout-address-keep"
      >
        {t.pay.addressKeep}
      </Button>
    </Alert>
  );
}
