import { Text } from '@mantine/core';
import type { Plot, PlotState } from '../api/models.js';
import { useNodes, usePlots } from '../api/queries.js';
import { formatBytes } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';
import { Ago } from '../ui/ago.js';
import { Hex } from '../ui/copy.js';
import { type Column, DataTable } from '../ui/data-table.js';
import { EmptyState } from '../ui/empty-state.js';
import { PageTitle } from '../ui/page-title.js';
import { QueryView } from '../ui/query-view.js';
import { StateBadge, type Tone } from '../ui/state-badge.js';
import { VerdictBadge, VerdictTally } from '../ui/verdict.js';

const tones: Record<PlotState, Tone> = { registered: 'busy', accepted: 'good', rejected: 'bad', lost: 'bad' };

/** Plots I made or keep, and how their checks went. */
export function PlotsPage() {
  const { t, tag } = useLanguage();
  const plots = usePlots();
  const nodes = useNodes();
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
      cell: ({ k, plotBytes }) => (
        <span className="number" style={{ whiteSpace: 'nowrap' }}>
          k={k} · {formatBytes(plotBytes, tag)}
        </span>
      ),
    },
    {
      key: 'state',
      header: t.plots.state,
      cell: ({ state }) => (
        <StateBadge tone={tones[state]} text={t.plots.states[state]} hint={t.plots.stateHints[state]} />
      ),
    },
    {
      key: 'role',
      header: t.plots.role,
      cell: (plot) => (
        <>
          {keeper(plot)}
          {plot.plottedByMe && (
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
  ];
  return (
    <>
      <PageTitle title={t.plots.title} query={plots} />
      <QueryView query={plots}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.plots.empty} text={t.plots.emptyText} />
          ) : (
            <DataTable
              label={t.plots.title}
              columns={columns}
              rows={items}
              rowKey={(plot) => plot.id}
              rowTestId="plot-row"
              more={plots}
            />
          )
        }
      </QueryView>
    </>
  );
}
