import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { Campaign, CampaignState, Rates, Token } from '../../api/models.js';
import { keys, useAction, useFunds } from '../../api/queries.js';
import { formatBps, formatNumber } from '../../format/quantities.js';
import { dateTime, duration } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Confirm } from '../../ui/confirm.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { QueryView } from '../../ui/query-view.js';
import { StateBadge, type Tone } from '../../ui/state-badge.js';
import { showToast } from '../../ui/toasts.js';
import { NewRatesForm } from './new-rates-form.js';

const tones: Record<CampaignState, Tone> = { draft: 'waits', active: 'good', paused: 'waits', closed: 'off' };

/** One campaign: its money, its frame, its rates, and what may be done with it. */
export function CampaignCard({ campaign }: { campaign: Campaign }) {
  const { t, tag } = useLanguage();
  const [rating, setRating] = useState(false);
  const { token, nextRates } = campaign;
  const seconds = (count: number) => duration(count * 1000, tag);
  return (
    <article className="card" aria-label={campaign.name} data-testid="campaign-card">
      <Stack>
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Title order={2} size="h4">
              {campaign.name}
            </Title>
            <StateBadge tone={tones[campaign.state]} text={t.admin.states[campaign.state]} />
            {campaign.demo && (
              <StateBadge tone="waits" text={t.admin.demoCampaign} hint={t.common.demoHint} />
            )}
          </Group>
          <Group gap="xs">
            {campaign.state !== 'closed' && (
              <Button size="xs" variant="default" onClick={() => setRating(true)} data-testid="new-rates">
                {t.admin.newRates}
              </Button>
            )}
            <StateButtons campaign={campaign} />
          </Group>
        </Group>
        <Budget campaign={campaign} />
        <Facts
          items={[
            [t.admin.runsFrom, `${dateTime(campaign.startsAt, tag)} – ${dateTime(campaign.endsAt, tag)}`],
            [t.admin.epoch, seconds(campaign.epochSeconds)],
            [t.admin.round, seconds(campaign.roundSeconds)],
            [t.admin.taskK, `${campaign.plotKind} k=${campaign.taskK}`],
            [t.admin.minK, `${campaign.plotKind} k=${campaign.minK}`],
            [t.admin.target, formatNumber(campaign.plotTarget, tag)],
            [t.admin.retention, seconds(campaign.retentionSeconds)],
            [t.admin.chain, `${campaign.chainName} (${token.chainId})`],
            [t.admin.token, <Hex key="token" value={token.address} what={t.admin.token} />],
            [t.cheques.payoutKind, t.cheques.payoutKinds[campaign.payoutKind]],
            campaign.disputeSeconds === null
              ? null
              : ([t.cheques.dispute, seconds(campaign.disputeSeconds)] as const),
            [
              t.admin.contract,
              <Hex key="contract" value={campaign.payoutContract} what={t.admin.contract} />,
            ],
          ]}
        />
        <RatesFacts title={t.admin.ratesNow(campaign.rates.version)} rates={campaign.rates} token={token} />
        {nextRates && (
          <RatesFacts
            title={t.admin.ratesNext(dateTime(nextRates.effectiveAt, tag))}
            rates={nextRates}
            token={token}
          />
        )}
      </Stack>
      {rating && <NewRatesForm campaign={campaign} close={() => setRating(false)} />}
    </article>
  );
}

function Budget({ campaign: { id, token } }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const funds = useFunds(id);
  return (
    <QueryView query={funds}>
      {({ funded, committed, held, released, published, paid }) => {
        const promised = [held, released, published, paid].reduce((all, part) => all + BigInt(part), 0n);
        // the book's campaign accounts hold what is not promised to anybody yet
        const left = BigInt(funded) + BigInt(committed);
        return (
          <Facts
            items={[
              [t.admin.funded, <Money key="funded" units={left + promised} token={token} />],
              [t.admin.promised, <Money key="promised" units={promised} token={token} />],
              [t.admin.left, <Money key="left" units={left} token={token} />],
            ]}
          />
        );
      }}
    </QueryView>
  );
}

function RatesFacts({ title, rates, token }: { title: string; rates: Rates; token: Token }) {
  const { t, tag } = useLanguage();
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {title}
      </Text>
      <Facts
        items={[
          ...Object.entries(rates.plottingPerPlot).map(
            ([k, units]) => [t.admin.perPlot(k), <Money key={k} units={units} token={token} />] as const,
          ),
          [t.admin.immediate, formatBps(rates.immediateBps, tag)],
          [t.admin.referral, formatBps(rates.referralBps, tag)],
          [t.admin.perHour, <Money key="hour" units={rates.storagePerPlotEquivalentHour} token={token} />],
          [t.admin.beePerDay, <Money key="bee" units={rates.beePerNeighbourhoodDay} token={token} />],
        ]}
      />
    </div>
  );
}

function StateButtons({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const [closing, setClosing] = useState(false);
  const change = useAction(
    (state: Exclude<CampaignState, 'draft'>) => api.setCampaignState(campaign.id, state),
    {
      touches: [keys.allCampaigns, keys.campaigns],
      done: ({ name, state }) => {
        setClosing(false);
        showToast({ kind: 'done', text: t.admin.stateDone(name, t.admin.states[state]) });
      },
    },
  );
  const { state } = campaign;
  const busy = change.isPending;
  if (state === 'closed') return null;
  return (
    <>
      {state === 'active' ? (
        <Button size="xs" variant="default" loading={busy} onClick={() => change.mutate('paused')}>
          {t.admin.pause}
        </Button>
      ) : (
        <Button size="xs" loading={busy} onClick={() => change.mutate('active')}>
          {state === 'draft' ? t.admin.activate : t.admin.resume}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="red" disabled={busy} onClick={() => setClosing(true)}>
        {t.admin.closeCampaign}
      </Button>
      <Confirm
        opened={closing}
        title={t.admin.closeTitle(campaign.name)}
        text={t.admin.closeText}
        yes={t.admin.closeYes}
        danger
        busy={busy}
        onYes={() => change.mutate('closed')}
        onClose={() => setClosing(false)}
      />
    </>
  );
}
