import { Text, Title } from '@mantine/core';
import { lazy, Suspense, useRef } from 'react';
import type { Balances, EarningsDay } from '../../api/models.js';
import { useDays } from '../../api/queries.js';
import { shortAmount } from '../../format/money.js';
import { dayName, lastDays, utcDay } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Money } from '../../ui/money.js';
import { useNow } from '../../ui/now.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { DayLines } from './day-lines.js';

const DayChart = lazy(async () => ({ default: (await import('./day-chart.js')).DayChart }));

/** A chart of days, the lines of the one that is chosen, and all days as a table. */
export function Days({
  campaign,
  range,
  chosen,
  choose,
  open,
  verify,
}: {
  campaign: Balances;
  range: number;
  /** Null: the newest day with earnings. */
  chosen: string | null;
  choose: (day: string) => void;
  open: (lineId: string) => void;
  verify: (epochIndex: number, day: string) => void;
}) {
  const { t, tag } = useLanguage();
  const { campaignId, token } = campaign;
  const lines = useRef<HTMLDivElement>(null);
  const goTo = (day: string) => {
    choose(day);
    lines.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  };
  const query = useDays(campaignId, range);
  const today = utcDay(useNow());
  return (
    <QueryView query={query} skeleton={<Lines count={1} height={320} />}>
      {({ items }) => {
        if (items.length === 0) return <EmptyState title={t.earnings.empty} text={t.earnings.emptyText} />;
        const shown = chosen ?? items[items.length - 1]!.day;
        const total = items.reduce((sum, day) => sum + BigInt(day.total), 0n);
        const money = (part: 'plotting' | 'storage' | 'other' | 'total') => (day: EarningsDay) => (
          <Money units={day[part]} token={token} />
        );
        const other = items.some((day) => day.other !== '0');
        const columns: Column<EarningsDay>[] = [
          {
            key: 'day',
            header: t.earnings.day,
            cell: ({ day }) => (
              <button
                type="button"
                className="row-button"
                aria-pressed={day === shown}
                aria-label={t.earnings.openDay(dayName(day, tag))}
                onClick={() => goTo(day)}
                data-testid="earning-day"
              >
                {dayName(day, tag)}
                {day === today && ` (${t.earnings.today})`}
              </button>
            ),
          },
          { key: 'plotting', header: t.earnings.plotting, end: true, cell: money('plotting') },
          { key: 'storage', header: t.earnings.storage, end: true, cell: money('storage') },
          ...(other ? [{ key: 'other', header: t.earnings.other, end: true, cell: money('other') }] : []),
          {
            key: 'total',
            header: t.earnings.totalColumn,
            end: true,
            cell: (day) => <b>{money('total')(day)}</b>,
          },
        ];
        return (
          <>
            <section className="card">
              <div className="legend" aria-hidden="true">
                <span>
                  <span className="dot" style={{ background: 'var(--bar-plotting)' }} />
                  {t.earnings.plotting}
                </span>
                <span>
                  <span className="dot" style={{ background: 'var(--bar-storage)' }} />
                  {t.earnings.storage}
                </span>
                <Text span size="sm" c="dimmed">
                  {token.symbol}
                </Text>
              </div>
              <Suspense fallback={<Lines count={1} height={220} />}>
                <DayChart
                  days={withEmptyDays(items, range, today)}
                  token={token}
                  label={t.earnings.chart(
                    range,
                    `${shortAmount(total, token.decimals, tag)} ${token.symbol}`,
                  )}
                  choose={goTo}
                />
              </Suspense>
            </section>
            <div ref={lines} style={{ marginBlock: 24, scrollMarginTop: 76 }}>
              <DayLines
                campaign={campaign}
                day={shown}
                open={open}
                verify={(epoch) => verify(epoch, shown)}
              />
            </div>
            <Title order={2} size="h4" mb="sm">
              {t.earnings.byDay}
            </Title>
            <div>
              <DataTable
                label={t.earnings.title}
                columns={columns}
                rows={[...items].reverse()}
                rowKey={({ day }) => day}
              />
              <Text size="xs" c="dimmed" mt="xs">
                {t.earnings.allDays} · {t.common.utcDay}
              </Text>
            </div>
          </>
        );
      }}
    </QueryView>
  );
}

/** The center leaves out days on which nothing was earned: those are known to be 0, and the axis must show them. */
function withEmptyDays(items: readonly EarningsDay[], range: number, today: string): EarningsDay[] {
  const known = new Map(items.map((item) => [item.day, item]));
  const nothing = { plotting: '0', storage: '0', other: '0', total: '0' };
  return lastDays(range, Date.parse(`${today}T00:00:00Z`)).map(
    (day) => known.get(day) ?? { day, ...nothing },
  );
}
