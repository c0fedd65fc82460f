import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ComingCheque } from '../../api/models.js';
import { useCheques } from '../../api/queries.js';
import { shortAmount } from '../../format/money.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { PageTitle } from '../../ui/page-title.js';
import { QueryView } from '../../ui/query-view.js';
import { type Connected, ConnectWallet } from '../../wallet/connect-wallet.js';
import { ChequeCard } from './cheque-card.js';

/** The cheques I was given: to download, or to cash with the wallet they are for. */
export function ChequesPage() {
  const { t } = useLanguage();
  const cheques = useCheques();
  const [connected, setConnected] = useState<Connected | null>(null);
  return (
    <>
      <PageTitle title={t.cheques.title} query={cheques} />
      <Text c="dimmed" mb="xs" maw={680}>
        {t.cheques.lead}
      </Text>
      <Text c="dimmed" size="sm" mb="lg" maw={680}>
        {t.cheques.final}
      </Text>
      <QueryView query={cheques}>
        {({ items, coming }) => (
          <Stack>
            {items.length === 0 ? (
              <EmptyState title={t.cheques.empty} text={t.cheques.emptyText} />
            ) : (
              <>
                <section className="card">
                  <Title order={2} size="h4" mb={4}>
                    {t.cheques.wallet}
                  </Title>
                  <Text size="sm" c="dimmed" mb="sm">
                    {t.cheques.walletHint}
                  </Text>
                  <ConnectWallet connected={connected} connect={setConnected} none={t.cheques.walletNone} />
                </section>
                {items.map((cheque) => (
                  <ChequeCard
                    key={`${cheque.campaignId} ${cheque.beneficiary}`}
                    cheque={cheque}
                    connected={connected}
                  />
                ))}
              </>
            )}
            {coming.length > 0 && <Coming items={coming} />}
          </Stack>
        )}
      </QueryView>
    </>
  );
}

function Coming({ items }: { items: readonly ComingCheque[] }) {
  const { t, tag } = useLanguage();
  const why = ({ held, round, signableFrom, token }: ComingCheque) => {
    if (held)
      return t.cheques.held[held.reason](`${shortAmount(held.until, token.decimals, tag)} ${token.symbol}`);
    return (
      <>
        {t.cheques.comingWhen[round ?? 'none']} {signableFrom && dateTime(signableFrom, tag)}
      </>
    );
  };
  return (
    <section className="card" data-testid="cheques-coming">
      <Title order={2} size="h4" mb="sm">
        {t.cheques.coming}
      </Title>
      <Facts
        items={items.map((item) => [
          item.campaignName,
          <span key={item.campaignId}>
            <Money units={item.amount} token={item.token} />{' '}
            <Text span size="xs" c="dimmed">
              {why(item)}
            </Text>
          </span>,
        ])}
      />
    </section>
  );
}
