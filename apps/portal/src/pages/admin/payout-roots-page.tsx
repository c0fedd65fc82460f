import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { PayoutRoot, PayoutRootState } from '../../api/models.js';
import { keys, useAction, usePayoutRoots } from '../../api/queries.js';
import { exactAmount } from '../../format/money.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Confirm } from '../../ui/confirm.js';
import { Hex } from '../../ui/copy.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { OnSwarm } from '../../ui/on-swarm.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { StateBadge, type Tone } from '../../ui/state-badge.js';
import { showToast } from '../../ui/toasts.js';

const tones: Record<PayoutRootState, Tone> = {
  built: 'off',
  proposed: 'waits',
  approved: 'busy',
  active: 'busy',
  paid: 'good',
  vetoed: 'bad',
};

const transactionTones: Record<PayoutRoot['transactions'][number]['state'], Tone> = {
  waiting: 'busy',
  final: 'good',
  reverted: 'bad',
  replaced: 'off',
};

/** Payouts before they are paid: what waits for a second person, and how far the others are. */
export function PayoutRootsPage() {
  const { t } = useLanguage();
  const roots = usePayoutRoots();
  return (
    <>
      <PageTitle title={t.admin.payoutsTitle} query={roots} />
      <Text c="dimmed" mb="lg" maw={680}>
        {t.admin.payoutsLead}
      </Text>
      <QueryView query={roots} skeleton={<Lines count={2} height={170} />}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.admin.payoutsEmpty} text={t.admin.payoutsEmptyText} />
          ) : (
            <Stack>
              {items.map((root) => (
                <Root key={root.id} root={root} />
              ))}
              {roots.hasNextPage && (
                <Button
                  variant="light"
                  style={{ alignSelf: 'flex-start' }}
                  loading={roots.isFetchingNextPage}
                  onClick={() => void roots.fetchNextPage()}
                >
                  {t.common.more}
                </Button>
              )}
            </Stack>
          )
        }
      </QueryView>
    </>
  );
}

function Root({ root }: { root: PayoutRoot }) {
  const { t, tag } = useLanguage();
  const [asking, setAsking] = useState(false);
  const approve = useAction(() => api.approvePayout(root.id), {
    touches: [keys.payoutRoots],
    done: () => {
      setAsking(false);
      showToast({ kind: 'done', text: t.admin.approved });
    },
  });
  const amount = `${exactAmount(root.amount, root.token.decimals, tag)} ${root.token.symbol}`;
  return (
    <article className="card" data-testid="payout-root">
      <Group justify="space-between" mb="md" gap="xs">
        <Group gap="sm">
          <Title order={2} size="h4">
            {root.campaignName}, {t.admin.period} {formatNumber(root.epochIndex, tag)}
          </Title>
          <StateBadge
            tone={tones[root.state]}
            text={t.admin.payoutStates[root.state]}
            hint={t.admin.payoutHints[root.state]}
          />
        </Group>
        {root.awaitsApproval && (
          <Button onClick={() => setAsking(true)} data-testid="approve-payout">
            {t.admin.approve}
          </Button>
        )}
      </Group>
      <Facts
        items={[
          [t.admin.amountNew, <Money key="amount" units={root.amount} token={root.token} />],
          [t.admin.recipients, formatNumber(root.recipients, tag)],
          [t.admin.created, <Ago key="created" at={root.createdAt} />],
          [t.admin.root, <Hex key="root" value={root.root} what={t.admin.root} />],
          [t.admin.dataHash, <Hex key="hash" value={root.dataHash} what={t.admin.dataHash} />],
          [t.dataSets.onSwarm.title, <OnSwarm key="swarm" reference={root.swarmReference} />],
        ]}
      />
      <Text size="xs" c="dimmed" mt="md" mb={4}>
        {t.admin.transactions}
      </Text>
      {root.transactions.length === 0 ? (
        <Text size="sm">{t.admin.transactionsNone}</Text>
      ) : (
        <Group gap="xs">
          {root.transactions.map(({ purpose, hash, state }) => (
            <Group key={`${purpose} ${hash}`} gap={6} className="transaction">
              <Text size="sm">{t.admin.purposes[purpose]}</Text>
              <Hex value={hash} what={t.payouts.txHash} />
              <StateBadge tone={transactionTones[state]} text={t.admin.transactionStates[state]} />
            </Group>
          ))}
        </Group>
      )}
      <Confirm
        opened={asking}
        title={t.admin.approveTitle}
        text={t.admin.approveText(amount, root.recipients)}
        yes={t.admin.approveYes}
        busy={approve.isPending}
        onYes={() => approve.mutate(undefined)}
        onClose={() => setAsking(false)}
      />
    </article>
  );
}
