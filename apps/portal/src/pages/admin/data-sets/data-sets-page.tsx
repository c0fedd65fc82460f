import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAllCampaigns, useDataSets } from '../../../api/queries.js';
import { useLanguage } from '../../../i18n/index.js';
import { EmptyState } from '../../../ui/empty-state.js';
import { PageTitle } from '../../../ui/page-title.js';
import { Lines, QueryView } from '../../../ui/query-view.js';
import { DataSetCard } from './data-set-card.js';
import { NewDataSetForm } from './new-data-set-form.js';

/** Data that campaigns pay for keeping: newest first, and the way to more. */
export function DataSetsPage() {
  const { t } = useLanguage();
  const dataSets = useDataSets();
  const campaigns = useAllCampaigns();
  const [making, setMaking] = useState(false);
  const make = (
    <Button onClick={() => setMaking(true)} data-testid="new-data-set">
      {t.dataSets.make}
    </Button>
  );
  return (
    <>
      <PageTitle title={t.dataSets.title} query={dataSets}>
        {make}
      </PageTitle>
      <Text c="dimmed" mb="lg" maw={680}>
        {t.dataSets.lead}
      </Text>
      <QueryView query={dataSets} skeleton={<Lines count={2} height={220} />}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.dataSets.empty} text={t.dataSets.emptyText} />
          ) : (
            <Stack>
              {items.map((dataSet) => (
                <DataSetCard
                  key={dataSet.id}
                  dataSet={dataSet}
                  campaign={campaigns.data?.items.find(({ id }) => id === dataSet.campaignId) ?? null}
                />
              ))}
              {dataSets.hasNextPage && (
                <Button
                  variant="light"
                  style={{ alignSelf: 'flex-start' }}
                  loading={dataSets.isFetchingNextPage}
                  onClick={() => void dataSets.fetchNextPage()}
                >
                  {t.common.more}
                </Button>
              )}
            </Stack>
          )
        }
      </QueryView>
      {making && <NewDataSetForm close={() => setMaking(false)} />}
    </>
  );
}
