import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Balances, HeldPart } from '../../api/models.js';
import { useHeldParts } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { dateTime, duration } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { Money } from '../../ui/money.js';

/** Held parts whose release is put off: why, and until when. Nothing where there are none. */
export function HeldLonger({ campaign: { campaignId, token } }: { campaign: Balances }) {
  const { t, tag } = useLanguage();
  const { data } = useHeldParts(campaignId);
  if (!data || data.putOff === 0) return null;
  const columns: Column<HeldPart>[] = [
    {
      key: 'plot',
      header: t.pay.held.plot,
      cell: ({ plotId, k }) => (
        <>
          <Hex value={plotId} what={t.plots.plotId} /> k={k}
        </>
      ),
    },
    { key: 'why', header: t.pay.held.why, cell: (part) => <Why part={part} />, testId: 'held-why' },
    {
      key: 'left',
      header: t.pay.held.left,
      cell: ({ remainingMs }) => (remainingMs > 0 ? duration(remainingMs, tag) : t.pay.held.leftNone),
    },
    {
      key: 'amount',
      header: t.pay.held.amount,
      end: true,
      cell: ({ amount }) => <Money units={amount} token={token} />,
    },
  ];
  return (
    <section data-testid="held-longer">
      <Title order={2} size="h4">
        {t.pay.held.title} · <Money units={data.putOffAmount} token={token} />
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw={680}>
        {t.pay.held.lead}
      </Text>
      <DataTable
        label={t.pay.held.title}
        columns={columns}
        rows={data.items}
        rowKey={({ plotId, k }) => `${plotId} ${k}`}
      />
      {data.putOff > data.items.length && (
        <Text size="xs" c="dimmed" mt="xs">
          {t.pay.held.more(formatNumber(data.putOff - data.items.length, tag))}
        </Text>
      )}
    </section>
  );
}

function Why({ part: { reason, until, provedAt, missed } }: { part: HeldPart }) {
  const { t, tag } = useLanguage();
  const { reasons, appeal } = t.pay.held;
  const when = until ? dateTime(until, tag) : t.common.unknown;
  if (reason === 'unproved') {
    return reasons.unproved(dateTime(provedAt, tag), formatNumber(missed, tag), when);
  }
  if (reason !== 'lost') return reasons[reason](when);
  return (
    <>
      {reasons.lost(when)}{' '}
      <Anchor component={Link} to="/standing" size="sm">
        {appeal}
      </Anchor>
    </>
  );
}
