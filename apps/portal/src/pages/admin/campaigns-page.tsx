import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAllCampaigns } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { CampaignCard } from './campaign-card.js';
import { NewCampaignForm } from './new-campaign-form.js';

export function CampaignsPage() {
  const { t } = useLanguage();
  const campaigns = useAllCampaigns();
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageTitle title={t.admin.campaignsTitle} query={campaigns}>
        <Button onClick={() => setMaking(true)} data-testid="new-campaign">
          {t.admin.newCampaign}
        </Button>
      </PageTitle>
      <QueryView query={campaigns} skeleton={<Lines count={2} height={260} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.admin.campaignEmpty} text={t.admin.campaignEmptyText} />
          ) : (
            <Stack>
              {items.map((campaign) => (
                <CampaignCard key={campaign.id} campaign={campaign} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      {making && <NewCampaignForm close={() => setMaking(false)} />}
    </>
  );
}
