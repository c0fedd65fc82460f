import { Alert, Divider, Stack, Text, Title } from '@mantine/core';
import type { Treasury } from '../../api/models.js';
import { useChequebooks, useTreasury } from '../../api/queries.js';
import { shortAmount } from '../../format/money.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';

const COIN_DECIMALS = 18;

/** Where the operator's money is, and how long it lasts. What is not known is said to be unknown. */
export function TreasuryPage() {
  const { t } = useLanguage();
  const treasury = useTreasury();
  return (
    <>
      <PageTitle title={t.treasury.title} query={treasury} />
      <Text c="dimmed" mb="lg" maw={680}>
        {t.treasury.lead}
      </Text>
      <QueryView query={treasury} skeleton={<Lines count={2} height={210} />}>
        {({ items, senders }) => (
          <Stack>
            {items.map((campaign) => (
              <CampaignMoney key={campaign.campaignId} campaign={campaign} />
            ))}
            <Senders senders={senders} />
          </Stack>
        )}
      </QueryView>
    </>
  );
}

function CampaignMoney({ campaign }: { campaign: Treasury['items'][number] }) {
  const { t, tag } = useLanguage();
  const { token, runwayDays, onContract, perDay } = campaign;
  const cheques = useChequebooks().data?.items.find(({ campaignId }) => campaignId === campaign.campaignId);
  const money = (units: string) => <Money units={units} token={token} />;
  return (
    <section className="card" aria-label={campaign.campaignName} data-testid="treasury-campaign">
      <Title order={2} size="h4" mb="sm">
        {campaign.campaignName}{' '}
        <Text span size="sm" c="dimmed">
          {campaign.chainName}
        </Text>
      </Title>
      {campaign.pausedForFunds ? (
        <Alert color="red" mb="sm" role="status">
          {t.treasury.paused}
        </Alert>
      ) : (
        campaign.fundsLowSince && (
          <Alert color="grain" mb="sm" role="status">
            {t.treasury.low} <Ago at={campaign.fundsLowSince} />
          </Alert>
        )
      )}
      <div className="tiles">
        <div>
          <Text size="sm" c="dimmed">
            {t.treasury.runway}
          </Text>
          <span className="big" data-testid="runway">
            {runwayDays === null ? t.common.unknown : t.treasury.days(formatNumber(runwayDays, tag))}
          </span>
          <Text size="xs" c="dimmed">
            {perDay === null
              ? t.treasury.paceUnknown
              : t.treasury.pace(`${shortAmount(perDay, token.decimals, tag)} ${token.symbol}`)}
          </Text>
        </div>
        <div>
          <Text size="sm" c="dimmed">
            {t.treasury.free}
          </Text>
          <span className="big">{money(campaign.free)}</span>
        </div>
      </div>
      <Divider my="md" />
      <Facts
        items={[
          [t.treasury.everFunded, money(campaign.everFunded)],
          [t.treasury.committed, money(campaign.committed)],
          [t.treasury.held, money(campaign.held)],
          [t.treasury.owed, money(campaign.owed)],
          [t.treasury.paid, money(campaign.paid)],
          cheques
            ? [
                t.cheques.uncashed,
                <span key="uncashed" data-testid="treasury-uncashed">
                  {money(cheques.uncashed)}{' '}
                  <Text span size="xs" c={cheques.onChain?.covered === false ? 'red' : 'dimmed'}>
                    {cheques.onChain
                      ? cheques.onChain.covered
                        ? t.cheques.isCovered
                        : t.cheques.notCovered
                      : t.common.unknown}
                  </Text>
                </span>,
              ]
            : null,
          [
            t.treasury.onContract,
            onContract ? (
              <span key="contract">
                {money(onContract.tokenBalance)}{' '}
                <Text span size="xs" c="dimmed">
                  {t.treasury.read} <Ago at={onContract.readAt} />
                </Text>
              </span>
            ) : (
              t.common.unknown
            ),
          ],
        ]}
      />
    </section>
  );
}

function Senders({ senders }: { senders: Treasury['senders'] }) {
  const { t, tag } = useLanguage();
  return (
    <section className="card" aria-label={t.treasury.senders}>
      <Title order={2} size="h4" mb="sm">
        {t.treasury.senders}
      </Title>
      {senders.length === 0 && <Text c="dimmed">{t.treasury.sendersUnknown}</Text>}
      <Stack gap="sm">
        {senders.map(({ chainId, chainName, address, role, balance, readAt, payouts }) => (
          <div key={`${chainId}:${address}`} data-testid="treasury-sender">
            <Hex value={address} what={t.payouts.address} />
            <Text size="sm">
              {t.treasury.roles[role]}, {chainName}:{' '}
              {t.treasury.coins(shortAmount(balance, COIN_DECIMALS, tag))}
            </Text>
            <Text size="xs" c="dimmed">
              {role === 'proposer' &&
                (payouts === null
                  ? `${t.treasury.payoutsUnknown} `
                  : `${t.treasury.payouts(shortAmount(payouts, 0, tag))} `)}
              {t.treasury.read} <Ago at={readAt} />
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  );
}
