import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/client.js';
import type { ChequeRound } from '../../../api/models.js';
import { keys, useAction } from '../../../api/queries.js';
import { exactAmount } from '../../../format/money.js';
import { formatNumber } from '../../../format/quantities.js';
import { dateTime } from '../../../format/time.js';
import { useLanguage } from '../../../i18n/index.js';
import { Ago } from '../../../ui/ago.js';
import { Confirm } from '../../../ui/confirm.js';
import { Hex } from '../../../ui/copy.js';
import { Facts } from '../../../ui/facts.js';
import { Money } from '../../../ui/money.js';
import { StateBadge, type Tone } from '../../../ui/state-badge.js';

const tones: Record<ChequeRound['state'], Tone> = {
  waiting: 'waits',
  approved: 'busy',
  open: 'good',
  done: 'off',
  stopped: 'bad',
};

/** One round, and an admin's word on it as long as nothing of it is signed. */
export function ChequeRoundCard({ round }: { round: ChequeRound }) {
  const { t, tag } = useLanguage();
  const [asking, setAsking] = useState<'approve' | 'stop' | null>(null);
  const options = { touches: [keys.chequeRounds], done: () => setAsking(null) };
  const approve = useAction(() => api.approveCheques(round.id), options);
  const stop = useAction(() => api.stopCheques(round.id), options);
  const amount = `${exactAmount(round.amount, round.token.decimals, tag)} ${round.token.symbol}`;
  const { state, signableFrom } = round;
  return (
    <article className="card" data-testid="cheque-round" data-state={state}>
      <Group justify="space-between" mb="md" gap="xs">
        <Group gap="sm">
          <Title order={3} size="h4">
            {t.cheques.round(round.campaignName, formatNumber(round.epochIndex, tag))}
          </Title>
          <StateBadge tone={tones[state]} text={t.cheques.roundStates[state]} />
        </Group>
        <Group gap="xs">
          {(state === 'waiting' || state === 'approved') && (
            <Button variant="default" size="xs" onClick={() => setAsking('stop')} data-testid="stop-cheques">
              {t.cheques.stop}
            </Button>
          )}
          {state === 'waiting' && (
            <Button size="xs" onClick={() => setAsking('approve')} data-testid="approve-cheques">
              {t.cheques.approve}
            </Button>
          )}
        </Group>
      </Group>
      <Facts
        items={[
          [t.cheques.due, <Money key="due" units={round.amount} token={round.token} />],
          [t.cheques.accounts, formatNumber(round.recipients, tag)],
          round.held > 0 ? [t.cheques.heldBack, formatNumber(round.held, tag)] : null,
          [t.admin.created, <Ago key="created" at={round.createdAt} />],
          signableFrom ? [t.cheques.signableFrom, dateTime(signableFrom, tag)] : null,
          [t.admin.root, <Hex key="root" value={round.treeRoot} what={t.admin.root} />],
          [t.admin.dataHash, <Hex key="hash" value={round.dataHash} what={t.admin.dataHash} />],
        ]}
      />
      <Confirm
        opened={asking === 'approve'}
        title={t.cheques.approveTitle}
        text={t.cheques.approveText(amount, round.recipients)}
        yes={t.cheques.approve}
        busy={approve.isPending}
        onYes={() => approve.mutate(undefined)}
        onClose={() => setAsking(null)}
      />
      <Confirm
        opened={asking === 'stop'}
        title={t.cheques.stopTitle}
        text={t.cheques.stopText}
        yes={t.cheques.stop}
        danger
        busy={stop.isPending}
        onYes={() => stop.mutate(undefined)}
        onClose={() => setAsking(null)}
      />
    </article>
  );
}
