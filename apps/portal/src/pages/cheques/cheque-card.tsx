import { Alert, Button, Divider, Group, Text, Title } from '@mantine/core';
import { chequeUrl } from '../../api/client.js';
import type { Cheque } from '../../api/models.js';
import { formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { StateBadge, type Tone } from '../../ui/state-badge.js';
import type { Connected } from '../../wallet/connect-wallet.js';
import { CashCheque } from './cash-cheque.js';

const tones: Record<Cheque['state'], Tone> = {
  issued: 'waits',
  partly_cashed: 'busy',
  cashed: 'good',
  bounced: 'bad',
};

/** One cheque: what it says, what was cashed, whether it is covered, and what can be done with it. */
export function ChequeCard({ cheque, connected }: { cheque: Cheque; connected: Connected | null }) {
  const { t, tag } = useLanguage();
  const { token, lastCash, onChain, state } = cheque;
  const money = (units: string) => <Money units={units} token={token} />;
  const shared = cheque.mine !== cheque.cumulativePayout;
  return (
    <article className="card" aria-label={cheque.campaignName} data-testid="cheque" data-state={state}>
      <Group justify="space-between" mb="md" gap="xs">
        <Group gap="sm">
          <Title order={2} size="h4">
            {cheque.campaignName}{' '}
            <Text span size="sm" c="dimmed">
              {t.cheques.number(formatNumber(cheque.number, tag))}, {cheque.chainName}
            </Text>
          </Title>
          <StateBadge tone={tones[state]} text={t.cheques.states[state]} hint={t.cheques.hints[state]} />
        </Group>
        <Button
          component="a"
          href={chequeUrl(cheque.id)}
          download
          variant="default"
          size="xs"
          data-testid="cheque-download"
        >
          {t.cheques.download}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t.cheques.left}
      </Text>
      <span className="big" data-testid="cheque-left">
        {money(cheque.uncashed)}
      </span>
      <Divider my="md" />
      <Facts
        items={[
          [t.cheques.inAll, money(cheque.cumulativePayout)],
          [t.cheques.cashed, money(cheque.cashed)],
          shared
            ? [
                t.cheques.mine,
                <span key="mine" title={t.cheques.mineHint}>
                  {money(cheque.mine)}
                </span>,
              ]
            : null,
          [
            t.cheques.cover,
            onChain ? (
              <span key="cover">
                {onChain.covered ? t.cheques.covered : t.cheques.uncovered}{' '}
                <Text span size="xs" c="dimmed">
                  {t.treasury.read} <Ago at={onChain.readAt} />
                </Text>
              </span>
            ) : (
              t.common.unknown
            ),
          ],
          [t.cheques.signed, <Ago key="signed" at={cheque.signedAt} />],
          lastCash && [
            t.cheques.lastCash,
            <Hex key="last" value={lastCash.tx} what={t.payouts.txHash} href={lastCash.txUrl} />,
          ],
          [
            t.cheques.beneficiary,
            <Hex key="beneficiary" value={cheque.beneficiary} what={t.cheques.beneficiary} />,
          ],
          [t.cheques.chequebook, <Hex key="book" value={cheque.chequebook} what={t.cheques.chequebook} />],
        ]}
      />
      {onChain?.bounced && (
        <Alert color="grain" mt="md" role="status">
          {t.cheques.bounced}
        </Alert>
      )}
      {connected && state !== 'cashed' && (
        <>
          <Divider my="md" />
          <CashCheque key={`${connected.account} ${cheque.id}`} cheque={cheque} connected={connected} />
        </>
      )}
    </article>
  );
}
