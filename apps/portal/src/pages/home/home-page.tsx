import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useCampaigns, useMe, useNodes, useSummary, useWork } from '../../api/queries.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { WorkProgress } from '../../ui/work-progress.js';
import { CampaignEarnings } from './campaign-earnings.js';
import { FirstSteps } from './first-steps.js';
import { LatestPayouts } from './latest-payouts.js';
import { StatusTiles } from './status-tiles.js';

/** What I earned, whether my nodes are well, and what comes next. */
export function HomePage() {
  const { t, tag } = useLanguage();
  const me = useMe().data;
  const summary = useSummary();
  const nodes = useNodes();
  const work = useWork();
  const campaigns = useCampaigns();
  const active = nodes.data?.items.filter((node) => node.state === 'active') ?? [];
  const earned = summary.data?.campaigns.some(({ held, released, published, paid }) =>
    [held, released, published, paid].some((amount) => amount !== '0'),
  );
  const running = campaigns.data?.items.some((campaign) => campaign.state === 'active');
  const silent = active.length > 0 && active.every((node) => !node.online);
  return (
    <Stack gap="lg">
      <div>
        <PageTitle title={me ? t.home.greeting(me.displayName) : t.home.title} query={summary} />
        <Stack gap="md">
          {silent && (
            <Alert color="red" title={t.home.allNodesOff} role="status">
              {t.home.allNodesOffText}
            </Alert>
          )}
          {me && !me.payoutAddress && !me.pendingPayoutAddress && (
            <Alert color="grain" title={t.home.noAddress}>
              <Text size="sm" mb="xs">
                {t.home.noAddressText}
              </Text>
              <Button component={Link} to="/account" size="xs" variant="light" color="grain">
                {t.home.setAddress}
              </Button>
            </Alert>
          )}
          {campaigns.data?.items
            .filter(({ fundsLowSince, state }) => fundsLowSince && state !== 'closed')
            .map(({ id, name, pausedForFunds }) => (
              <Alert key={id} color="grain" role="status" data-testid="campaign-funds">
                {pausedForFunds ? t.treasury.campaignPaused(name) : t.treasury.campaignLow(name)}
              </Alert>
            ))}
          {campaigns.data?.items
            .filter(({ tooLateForPlots, state }) => tooLateForPlots && state !== 'closed')
            .map(({ id, name, plotsUntil, endsAt }) => (
              <Alert key={id} color="grain" role="status" data-testid="campaign-last-plots">
                {t.home.noNewPlots(name, dateTime(plotsUntil, tag), dateTime(endsAt, tag))}
              </Alert>
            ))}
          {nodes.data && summary.data && !earned && <FirstSteps paired={active.length > 0} />}
        </Stack>
      </div>
      <QueryView query={summary} skeleton={<Lines count={1} height={190} />}>
        {({ campaigns: balances }) =>
          balances.length === 0 ? (
            campaigns.data && !running ? (
              <EmptyState title={t.home.noCampaign} text={t.home.noCampaignText} />
            ) : null
          ) : (
            <Stack>
              {balances.map((balance) => (
                <CampaignEarnings key={balance.campaignId} balance={balance} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      <StatusTiles />
      {active.length > 0 && (
        <section className="card" aria-label={t.home.work}>
          <Title order={2} size="h4" mb="sm">
            {t.home.work}
          </Title>
          <QueryView query={work}>
            {({ items }) =>
              items.length === 0 ? (
                <Text c="dimmed">{t.home.workNone}</Text>
              ) : (
                <Stack gap="md">
                  {items.map((piece) => (
                    <div key={piece.leaseId}>
                      <Text size="xs" c="dimmed">
                        {active.find(({ id }) => id === piece.nodeId)?.name}
                      </Text>
                      <WorkProgress work={piece} />
                    </div>
                  ))}
                </Stack>
              )
            }
          </QueryView>
        </section>
      )}
      <LatestPayouts />
    </Stack>
  );
}
