import { Alert, Stack, Text, Title } from '@mantine/core';
import type { Campaign, NewRates, Preview, PreviewRow, Token } from '../../api/models.js';
import { usePreview } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { Lines, QueryView } from '../../ui/query-view.js';

/** What the last 30 days would have come to under rates that are not published yet, for whom, and how long the budget lasts. */
export function RatesPreview({
  campaign,
  draft,
  outdated,
}: {
  campaign: Campaign;
  draft: NewRates;
  /** Something else was typed since. */
  outdated: boolean;
}) {
  const { t } = useLanguage();
  const preview = usePreview(campaign.id, draft);
  return (
    <section className="card" aria-label={t.admin.preview.title} data-testid="rates-preview">
      <Stack gap="sm">
        <Title order={3} size="h5">
          {t.admin.preview.title}
        </Title>
        {outdated && (
          <Alert color="grain" py="xs" role="status">
            {t.admin.preview.outdated}
          </Alert>
        )}
        <QueryView query={preview} skeleton={<Lines count={3} />}>
          {({ first, items }) =>
            first.epochs === 0 ? (
              <Text c="dimmed">{t.admin.preview.none}</Text>
            ) : (
              <>
                <Sums preview={first} token={campaign.token} />
                <Contributors rows={items} token={campaign.token} more={preview} />
              </>
            )
          }
        </QueryView>
      </Stack>
    </section>
  );
}

function Sums({ preview, token }: { preview: Preview; token: Token }) {
  const { t, tag } = useLanguage();
  const { from, until, epochs, cutEpochs, replayed, booked, difference, budget, contributors } = preview;
  const text = t.admin.preview;
  const ends =
    BigInt(budget.available) <= 0n
      ? text.usedUp
      : budget.endsAt !== null
        ? dateTime(budget.endsAt, tag)
        : budget.lastsToEnd
          ? text.noEndInSight
          : t.common.unknown;
  return (
    <>
      <Text size="sm">
        {text.span(dateTime(from!, tag), dateTime(until!, tag), formatNumber(epochs, tag))}
      </Text>
      <Facts
        items={[
          [text.underDraft, <Money key="draft" units={replayed} token={token} />],
          [text.booked, <Money key="booked" units={booked} token={token} />],
          [text.difference, <Signed key="difference" units={difference} token={token} />],
          [
            text.perDay,
            budget.perDay === null ? (
              t.common.unknown
            ) : (
              <Money key="day" units={budget.perDay} token={token} />
            ),
          ],
          [text.available, <Money key="available" units={budget.available} token={token} />],
          [text.budgetEnds, budget.lastsToEnd && budget.endsAt ? text.afterCampaign(ends) : ends],
          [text.contributors, formatNumber(contributors, tag)],
        ]}
      />
      {cutEpochs > 0 && (
        <Text size="sm" c="orange">
          {text.cut(formatNumber(cutEpochs, tag), formatNumber(epochs, tag))}
        </Text>
      )}
      {budget.lastsToEnd === false && (
        <Text size="sm" c="orange">
          {text.tooSmall}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {text.how}
      </Text>
    </>
  );
}

function Contributors({
  rows,
  token,
  more,
}: {
  rows: readonly PreviewRow[];
  token: Token;
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  const { t } = useLanguage();
  const text = t.admin.preview;
  const columns: Column<PreviewRow>[] = [
    {
      key: 'who',
      header: text.contributor,
      cell: ({ name, accountId }) => name || accountId.slice(0, 8),
    },
    {
      key: 'booked',
      header: text.columnBooked,
      end: true,
      cell: ({ booked }) => <Money units={booked} token={token} />,
    },
    {
      key: 'draft',
      header: text.columnDraft,
      end: true,
      cell: ({ replayed }) => <Money units={replayed} token={token} />,
    },
    {
      key: 'difference',
      header: text.difference,
      end: true,
      cell: ({ difference }) => <Signed units={difference} token={token} />,
    },
  ];
  return (
    <DataTable
      label={text.contributors}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.accountId}
      rowTestId="preview-row"
      more={more}
    />
  );
}

/** An amount more or less; the sign is told, not only the colour. */
function Signed({ units, token }: { units: string; token: Token }) {
  const value = BigInt(units);
  const colour = value === 0n ? undefined : value > 0n ? 'teal' : 'red';
  return (
    <Text component="span" c={colour} inherit>
      {value > 0n && '+'}
      <Money units={value} token={token} />
    </Text>
  );
}
