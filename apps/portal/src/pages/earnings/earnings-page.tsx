import { NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Balances } from '../../api/models.js';
import { useSummary } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { QueryView } from '../../ui/query-view.js';
import { Days } from './days.js';
import { HeldLonger } from './held-longer.js';
import { LineEvidence } from './line-evidence.js';

const VerifyEpoch = lazy(async () => ({ default: (await import('./verify-epoch.js')).VerifyEpoch }));

const ranges = [7, 30, 90] as const;

/** What I earned by day; a day leads to its lines, a line to its checks. All of it is in the address. */
export function EarningsPage() {
  const { t } = useLanguage();
  const summary = useSummary();
  const [params, setParams] = useSearchParams();
  const [range, setRange] = useState<number>(30);
  const set = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries(changes))
          value === null ? next.delete(key) : next.set(key, value);
        return next;
      },
      { replace: true },
    );
  const day = params.get('day');
  const line = params.get('line');
  const verify = /^\d{1,9}$/.test(params.get('verify') ?? '') ? Number(params.get('verify')) : null;
  const chosen = (campaigns: readonly Balances[]) =>
    campaigns.find(({ campaignId }) => campaignId === params.get('campaign')) ??
    campaigns.find(
      ({ held, released, published, paid }) =>
        BigInt(held) + BigInt(released) + BigInt(published) + BigInt(paid) > 0n,
    ) ??
    campaigns[0];
  return (
    <>
      <PageTitle title={t.earnings.title} query={summary}>
        <SegmentedControl
          size="xs"
          aria-label={t.earnings.range}
          value={String(range)}
          onChange={(value) => setRange(Number(value))}
          data={ranges.map((count) => ({ value: String(count), label: t.earnings.days(count) }))}
        />
      </PageTitle>
      <QueryView query={summary}>
        {({ campaigns }) => {
          const campaign = chosen(campaigns);
          if (!campaign)
            return <EmptyState title={t.earnings.noCampaigns} text={t.earnings.noCampaignsText} />;
          return (
            <Stack gap="lg">
              {campaigns.length > 1 && (
                <NativeSelect
                  label={t.earnings.campaign}
                  maw={360}
                  value={campaign.campaignId}
                  onChange={(event) =>
                    set({ campaign: event.currentTarget.value, day: null, line: null, verify: null })
                  }
                  data={campaigns.map(({ campaignId, campaignName }) => ({
                    value: campaignId,
                    label: campaignName,
                  }))}
                />
              )}
              <HeldLonger campaign={campaign} />
              <Days
                campaign={campaign}
                range={range}
                chosen={day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null}
                choose={(next) => set({ campaign: campaign.campaignId, day: next, line: null })}
                open={(id) => set({ line: id })}
                verify={(epochIndex, ofDay) =>
                  set({ campaign: campaign.campaignId, verify: String(epochIndex), day: ofDay })
                }
              />
              {line && (
                <LineEvidence
                  id={line}
                  token={campaign.token}
                  verify={(epochIndex, ofDay) =>
                    set({ line: null, verify: String(epochIndex), day: ofDay, campaign: campaign.campaignId })
                  }
                  close={() => set({ line: null })}
                />
              )}
              {verify !== null && !line && (
                <Suspense>
                  <VerifyEpoch
                    key={`${campaign.campaignId} ${verify}`}
                    campaign={campaign}
                    epochIndex={verify}
                    day={day}
                    close={() => set({ verify: null })}
                  />
                </Suspense>
              )}
            </Stack>
          );
        }}
      </QueryView>
    </>
  );
}
