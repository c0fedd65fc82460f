import { Text } from '@mantine/core';
import type { Plot, PlotState } from '../api/models.js';
import { useCampaigns, useNodes, usePlots } from '../api/queries.js';
import { formatBytes } from '../format/quantities.js';
import { payPerDay } from '../format/storage-pay.js';
import { useLanguage } from '../i18n/index.js';
import { Ago } from '../ui/ago.js';
import { Hex } from '../ui/copy.js';
import { type Column, DataTable } from '../ui/data-table.js';
import { EmptyState } from '../ui/empty-state.js';
import { Money } from '../ui/money.js';
import { PageTitle } from '../ui/page-title.js';
import { QueryView } from '../ui/query-view.js';
import { StateBadge, type Tone } from '../ui/state-badge.js';
import { VerdictBadge, VerdictTally } from '../ui/verdict.js';

const REPLICA = 'swarm-replica';

const tones: Record<PlotState, Tone> = { registered: 'busy', accepted: 'good', rejected: 'bad', lost: 'bad' };

/** Plots I made or keep and replicas I keep, how their checks went, and what keeping them earns. */
export function PlotsPage() {
  const { t, tag } = useLanguage();
  const plots = usePlots();
  const nodes = useNodes();
  const campaigns = useCampaigns();
  const pay = (plot: Plot) => {
    const campaign = campaigns.data?.items.find(({ id }) => id === plot.campaignId);
    const units = campaign ? payPerDay(plot, campaign.rates) : null;
    return campaign && units !== null ? <Money units={units} token={campaign.token} /> : t.common.unknown;
  };
  const keeper = ({ keptByMe, nodeId, state }: Plot) => {
    const node = nodes.data?.items.find(({ id }) => id === nodeId);
    if (keptByMe) return node ? t.plots.keptByNode(node.name) : t.plots.keptByMe;
    return state === 'accepted' ? t.plots.keptByOther : t.plots.keptByNobody;
  };
  const columns: Column<Plot>[] = [
    {
      key: 'plot',
      header: t.plots.plot,
      cell: ({ plotId, registeredAt }) => (
        <>
          <Hex value={plotId} what={t.plots.plotId} />
          <Text span size="xs" c="dimmed" display="block" title={t.plots.registered}>
            <Ago at={registeredAt} />
          </Text>
        </>
      ),
    },
    {
      key: 'size',
      header: t.plots.size,
      cell: ({ kind, k, plotBytes }) =>
        kind === REPLICA ? (
          <>
            <StateBadge tone="off" text={t.dataSets.own.replica} hint={t.dataSets.own.hint} />
            <span className="number" style={{ whiteSpace: 'nowrap', marginInlineStart: 6 }}>
              {formatBytes(plotBytes, tag)}
            </span>
          </>
        ) : (
          <span className="number" style={{ whiteSpace: 'nowrap' }}>
            k={k} · {formatBytes(plotBytes, tag)}
          </span>
        ),
    },
    {
      key: 'state',
      header: t.plots.state,
      cell: ({ state, kind }) => {
        const isLostReplica = state === 'lost' && kind === REPLICA;
        const hint = isLostReplica ? t.dataSets.own.lost : t.plots.stateHints[state];
        return <StateBadge tone={tones[state]} text={t.plots.states[state]} hint={hint} />;
      },
    },
    {
      key: 'role',
      header: t.plots.role,
      cell: (plot) => (
        <>
          {keeper(plot)}
          {plot.plottedByMe && plot.kind !== REPLICA && (
            <Text span size="xs" c="dimmed" display="block">
              {t.plots.made}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'last',
      header: t.plots.lastCheck,
      cell: ({ lastCheck }) =>
        lastCheck ? (
          <>
            <VerdictBadge verdict={lastCheck.verdict} />
            <Text span size="xs" c="dimmed" display="block">
              <Ago at={lastCheck.at} />
            </Text>
          </>
        ) : (
          <Text span size="sm" c="dimmed">
            {t.plots.notChecked}
          </Text>
        ),
    },
    {
      key: 'checks',
      header: t.plots.checks,
      cell: ({ checks }) => <VerdictTally counts={checks} none={t.plots.noChecks} />,
    },
    {
      key: 'pay',
      header: t.dataSets.own.perDay,
      end: true,
      testId: 'plot-pay',
      cell: (plot) => (
        <span title={t.dataSets.own.perDayHint}>
          {plot.keptByMe && plot.state === 'accepted' ? pay(plot) : '–'}
        </span>
      ),
    },
  ];
  return (
    <>
      <PageTitle title={t.plots.title} query={plots} />
      <QueryView query={plots}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.plots.empty} text={t.plots.emptyText} />
          ) : (
            <>
              {items.some(({ kind }) => kind === REPLICA) && (
                <Text c="dimmed" mb="lg" maw={680}>
                  {t.dataSets.own.lead}
                </Text>
              )}
              <DataTable
                label={t.plots.title}
                columns={columns}
                rows={items}
                rowKey={(plot) => plot.id}
                rowTestId="plot-row"
                more={plots}
              />
              <Text size="xs" c="dimmed" mt="xs">
                {t.dataSets.own.perDay}: {t.dataSets.own.perDayHint}
              </Text>
            </>
          )
        }
      </QueryView>
    </>
  );
}
