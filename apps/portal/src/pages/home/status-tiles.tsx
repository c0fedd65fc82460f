import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Plot } from '../../api/models.js';
import { useNodes, usePlots } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { toServerTime } from '../../format/server-clock.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { type Read } from '../../ui/query-view.js';
import { VerdictBadge } from '../../ui/verdict.js';

function latestCheck(plots: readonly Plot[]): NonNullable<Plot['lastCheck']> | null {
  return plots
    .flatMap((plot) => plot.lastCheck ?? [])
    .reduce<NonNullable<Plot['lastCheck']> | null>(
      (last, check) => (last && last.at >= check.at ? last : check),
      null,
    );
}

function Tile({ name, query, children }: { name: string; query: Read<unknown>; children: ReactNode }) {
  const { t } = useLanguage();
  const known = query.data !== undefined;
  return (
    <section className="card" aria-label={name}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      {known ? (
        children
      ) : (
        <Text c="dimmed" fz="lg">
          {query.error ? t.common.unknown : '…'}
        </Text>
      )}
      {known && query.error && (
        <Text size="xs" c="red">
          <Ago at={toServerTime(query.dataUpdatedAt)} />
        </Text>
      )}
    </section>
  );
}

/** Nodes online, last check, plots that count. */
export function StatusTiles() {
  const { t, tag } = useLanguage();
  const nodes = useNodes();
  const plots = usePlots();
  const active = nodes.data?.items.filter((node) => node.state === 'active') ?? [];
  const counting = (plots.data ?? []).filter((plot) => plot.state === 'accepted').length;
  const last = latestCheck(plots.data ?? []);
  return (
    <div className="tiles">
      <Tile name={t.home.nodesOnline} query={nodes}>
        {active.length === 0 ? (
          <Text>{t.home.noNodes}</Text>
        ) : (
          <Text>
            <span className="big">{formatNumber(active.filter((node) => node.online).length, tag)}</span>{' '}
            {t.home.ofNodes(active.length)}
          </Text>
        )}
      </Tile>
      <Tile name={t.home.lastCheck} query={plots}>
        {last ? (
          <Text>
            <span className="big">
              <Ago at={last.at} />
            </span>{' '}
            <VerdictBadge verdict={last.verdict} />
          </Text>
        ) : (
          <Text>{t.home.lastCheckNone}</Text>
        )}
      </Tile>
      <Tile name={t.home.plots} query={plots}>
        <span className="big">
          {plots.hasNextPage ? t.home.plotsMore(counting) : formatNumber(counting, tag)}
        </span>
      </Tile>
    </div>
  );
}
