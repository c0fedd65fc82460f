import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useOverview } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { VerdictTally } from '../../ui/verdict.js';

function Tile({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="card" aria-label={name}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      {children}
    </section>
  );
}

/** The operator's first look. */
export function OverviewPage() {
  const { t, tag } = useLanguage();
  const overview = useOverview();
  const number = (value: number) => formatNumber(value, tag);
  return (
    <>
      <PageTitle title={t.admin.overviewTitle} query={overview} />
      <QueryView query={overview} skeleton={<Lines count={2} height={110} />}>
        {({ nodesOnline, nodes, plots, replicas, checksLastDay, openTasks, pendingPayouts }) => (
          <Stack gap="md">
            <div className="tiles">
              <Tile name={t.admin.nodesOnline}>
                <Text>
                  <span className="big">{number(nodesOnline)}</span> {t.home.ofNodes(nodes)}
                </Text>
              </Tile>
              <Tile name={t.admin.plotsAccepted}>
                <span className="big">{number(plots.accepted)}</span>
                <Text size="xs" c="dimmed">
                  {t.admin.plotsOther(number(plots.registered), number(plots.rejected), number(plots.lost))}
                </Text>
              </Tile>
              <Tile name={t.dataSets.overview}>
                <span className="big">{number(replicas.accepted)}</span>
                <Text size="xs" c="dimmed">
                  {t.admin.plotsOther(
                    number(replicas.registered),
                    number(replicas.rejected),
                    number(replicas.lost),
                  )}
                </Text>
              </Tile>
              <Tile name={t.admin.openTasks}>
                <span className="big">{number(openTasks)}</span>
              </Tile>
              <Tile name={t.admin.pendingPayouts}>
                <span className="big">{number(pendingPayouts)}</span>
                {pendingPayouts > 0 && (
                  <div>
                    <Anchor component={Link} to="/admin/payouts" size="sm">
                      {t.admin.approveNow}
                    </Anchor>
                  </div>
                )}
              </Tile>
            </div>
            <section className="card" aria-label={t.admin.checks}>
              <Title order={2} size="h4" mb="sm">
                {t.admin.checks}
              </Title>
              <VerdictTally counts={checksLastDay} none={t.admin.checksNone} />
            </section>
          </Stack>
        )}
      </QueryView>
    </>
  );
}
