import { Text, Title } from '@mantine/core';
import type { Balances, RewardLine } from '../../api/models.js';
import { useLines } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { dateTime, dayName } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { Money } from '../../ui/money.js';
import { QueryView } from '../../ui/query-view.js';
import { cutsOf, lineReason } from './line-reason.js';

/** Every line of a day with its reason in words; a line opens its evidence. */
export function DayLines({
  campaign: { campaignId, token },
  day,
  open,
  verify,
}: {
  campaign: Balances;
  day: string;
  open: (id: string) => void;
  verify: (epochIndex: number) => void;
}) {
  const { t, tag } = useLanguage();
  const lines = useLines(campaignId, day);
  const columns: Column<RewardLine>[] = [
    {
      key: 'at',
      header: t.earnings.at,
      cell: ({ at, epochIndex }) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          <time dateTime={at} title={dateTime(at, tag)}>
            {new Intl.DateTimeFormat(tag, { timeStyle: 'medium' }).format(new Date(at))}
          </time>
          <Text span size="xs" c="dimmed" display="block">
            {t.earnings.epoch} {formatNumber(epochIndex, tag)}{' '}
            <button
              type="button"
              className="row-button"
              aria-label={t.verify.actionOf(formatNumber(epochIndex, tag))}
              onClick={() => verify(epochIndex)}
              data-testid="verify-open"
            >
              {t.verify.action}
            </button>
          </Text>
        </span>
      ),
    },
    {
      key: 'reason',
      header: '',
      cell: (line) => (
        <div style={{ textAlign: 'start', width: '100%' }}>
          <Text size="xs" c="dimmed">
            {t.earnings.kinds[line.kind]}
          </Text>
          <button type="button" className="row-button" onClick={() => open(line.id)}>
            {lineReason(line, t, tag)}
          </button>
          {cutsOf(line, token, t, tag).map((cut) => (
            <Text key={cut} size="xs" c="orange">
              {cut}
            </Text>
          ))}
        </div>
      ),
    },
    {
      key: 'amount',
      header: t.earnings.amount,
      end: true,
      cell: ({ amount, kind }) => (
        <b style={{ opacity: kind === 'plotting-release' ? 0.6 : 1 }}>
          <Money units={amount} token={token} />
        </b>
      ),
    },
  ];
  return (
    <section aria-label={t.earnings.linesOf(dayName(day, tag))}>
      <Title order={2} size="h4" mb="sm">
        {t.earnings.linesOf(dayName(day, tag))}
      </Title>
      <QueryView query={lines}>
        {(items) =>
          items.length === 0 ? (
            <Text c="dimmed">{t.earnings.noLines}</Text>
          ) : (
            <DataTable
              label={t.earnings.linesOf(dayName(day, tag))}
              columns={columns}
              rows={items}
              rowKey={(line) => line.id}
              rowTestId="earning-line"
              more={lines}
            />
          )
        }
      </QueryView>
    </section>
  );
}
