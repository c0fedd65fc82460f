import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client.js';
import type { BeeNode, BeeEarnings as Earned } from '../../api/models.js';
import { keys, useAction } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Confirm } from '../../ui/confirm.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { StateBadge } from '../../ui/state-badge.js';
import { showToast } from '../../ui/toasts.js';
import { BeeChecks } from './bee-checks.js';
import { BeeEarnings } from './bee-earnings.js';
import { BeeReport } from './bee-report.js';
import { BZZ_DECIMALS, coinAmount } from './coins.js';

/** Of alerts, those after which the node earns nothing. */
const grave: readonly string[] = [
  'frozen',
  'stake-missing',
  'overlay-moved',
  'bee-unreachable',
  'check-invalid',
];

/** One Bee node, and what it earned here (null: not known): what needs attention first, then what it says, what the chain says, and what was checked. */
export function BeeCard({ node, earned }: { node: BeeNode; earned: readonly Earned[] | null }) {
  const { t } = useLanguage();
  const { name, online, overlay, owner, alerts } = node;
  return (
    <article className="card" aria-label={name} data-testid="bee-card">
      <Stack gap="lg">
        <Group gap="sm">
          <Title order={2} size="h4" className="anywhere">
            {name}
          </Title>
          <StateBadge tone={online ? 'good' : 'bad'} text={online ? t.nodes.online : t.nodes.offline} />
        </Group>
        <Stack gap="xs" role="status">
          {alerts.length === 0 && <Text size="sm">{t.bee.alertsNone}</Text>}
          {alerts.map((code) => (
            <Alert
              key={code}
              color={grave.includes(code) ? 'red' : 'grain'}
              py="xs"
              data-testid="bee-alert"
              data-code={code}
            >
              {t.bee.alerts[code]}
            </Alert>
          ))}
        </Stack>
        <Part title={t.bee.now}>
          <BeeReport node={node} />
        </Part>
        <Part title={t.bee.game} hint={t.bee.gameSince}>
          <Game node={node} />
        </Part>
        <Part title={t.bee.earnings}>
          <BeeEarnings node={node} earned={earned} />
        </Part>
        <Part title={t.bee.checks} hint={t.bee.checksHint}>
          <BeeChecks node={node} />
        </Part>
        <Facts
          items={[
            [t.bee.overlay, <Hex key="overlay" value={overlay} what={t.bee.overlay} />],
            [t.bee.owner, <Hex key="owner" value={owner} what={t.bee.owner} />],
          ]}
        />
        <Unlink node={node} />
      </Stack>
    </article>
  );
}

function Unlink({ node: { name, overlay } }: { node: BeeNode }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  const unlink = useAction(() => api.unlinkBee(overlay), {
    touches: [keys.beeNodes],
    done: () => showToast({ kind: 'done', text: t.bee.unlinked(name) }),
  });
  return (
    <Group justify="flex-end">
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        onClick={() => setAsking(true)}
        data-testid="bee-unlink"
      >
        {t.bee.unlink}
      </Button>
      <Confirm
        opened={asking}
        title={t.bee.unlinkTitle(name)}
        text={t.bee.unlinkText}
        yes={t.bee.unlinkYes}
        danger
        busy={unlink.isPending}
        onYes={() => unlink.mutate(undefined)}
        onClose={() => setAsking(false)}
      />
    </Group>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={3} size="h6">
        {title}
      </Title>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <div style={{ marginTop: 8 }}>{children}</div>
    </section>
  );
}

function Game({ node: { game, stake } }: { node: BeeNode }) {
  const { t, tag } = useLanguage();
  const number = (count: number) => formatNumber(count, tag);
  const rounds = ({ count, lastRound }: BeeNode['game']['won'], key: string) =>
    game.readAt === null ? (
      t.common.unknown
    ) : (
      <span key={key}>
        {number(count)}
        {lastRound !== null && (
          <Text span size="xs" c="dimmed" display="block">
            {t.bee.last(number(lastRound))}
          </Text>
        )}
      </span>
    );
  return (
    <Facts
      items={[
        [t.bee.selected, rounds(game.selected, 'selected')],
        [t.bee.played, rounds(game.played, 'played')],
        [t.bee.won, rounds(game.won, 'won')],
        [t.bee.frozen, rounds(game.frozen, 'frozen')],
        [
          t.bee.stake,
          stake ? (
            <span key="stake">
              {coinAmount(stake.plur, BZZ_DECIMALS, 'BZZ', tag)}
              <Text span size="xs" c={stake.frozenUntilBlock === null ? 'dimmed' : 'red'} display="block">
                {t.bee.stakeHeight(stake.height)} ·{' '}
                {stake.frozenUntilBlock === null
                  ? t.bee.stakeSince(number(stake.sinceBlock))
                  : t.bee.stakeFrozen(number(stake.frozenUntilBlock))}
              </Text>
            </span>
          ) : (
            t.bee.stakeNone
          ),
        ],
      ]}
    />
  );
}
