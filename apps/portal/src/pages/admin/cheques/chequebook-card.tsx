import { Alert, Divider, Text, Title } from '@mantine/core';
import type { Chequebook } from '../../../api/models.js';
import { formatNumber } from '../../../format/quantities.js';
import { duration } from '../../../format/time.js';
import { useLanguage } from '../../../i18n/index.js';
import { Ago } from '../../../ui/ago.js';
import { Hex } from '../../../ui/copy.js';
import { Facts } from '../../../ui/facts.js';
import { Money } from '../../../ui/money.js';

/** What is uncashed of a campaign's cheques, and what covers it. What was never read is unknown. */
export function ChequebookCard({ book }: { book: Chequebook }) {
  const { t, tag } = useLanguage();
  const { token, onChain, wanted } = book;
  const isShort =
    onChain && (!onChain.covered || (wanted !== null && BigInt(wanted) > BigInt(onChain.liquidBalance)));
  const money = (units: string) => <Money units={units} token={token} />;
  return (
    <section className="card" aria-label={book.campaignName} data-testid="chequebook">
      <Title order={2} size="h4" mb="sm">
        {book.campaignName}{' '}
        <Text span size="sm" c="dimmed">
          {book.chainName}
        </Text>
      </Title>
      {isShort && (
        <Alert color="red" mb="sm" role="status" data-testid="chequebook-uncovered">
          {t.cheques.missing}
        </Alert>
      )}
      {onChain?.bounced && (
        <Alert color="grain" mb="sm" role="status">
          {t.cheques.bounced}
        </Alert>
      )}
      <div className="tiles">
        <div>
          <Text size="sm" c="dimmed">
            {t.cheques.uncashed}
          </Text>
          <span className="big" data-testid="uncashed">
            {money(book.uncashed)}
          </span>
        </div>
        <div>
          <Text size="sm" c="dimmed">
            {t.cheques.liquid}
          </Text>
          <span className="big">{onChain ? money(onChain.liquidBalance) : t.common.unknown}</span>
          {onChain && (
            <Text size="xs" c="dimmed">
              {t.treasury.read} <Ago at={onChain.readAt} />
            </Text>
          )}
        </div>
      </div>
      <Divider my="md" />
      <Facts
        items={[
          [t.cheques.wanted, wanted === null ? t.common.unknown : money(wanted)],
          [t.cheques.inAll, money(book.inCheques)],
          [t.cheques.cashed, money(book.cashed)],
          [t.cheques.beneficiaries, formatNumber(book.beneficiaries, tag)],
          [t.cheques.unsigned, formatNumber(book.unsigned, tag)],
          [t.cheques.dispute, duration(book.disputeSeconds * 1000, tag)],
          [t.cheques.balance, onChain ? money(onChain.balance) : t.common.unknown],
          [t.cheques.chequebook, <Hex key="book" value={book.chequebook} what={t.cheques.chequebook} />],
          [
            t.cheques.issuer,
            book.issuer ? <Hex key="issuer" value={book.issuer} what={t.cheques.issuer} /> : t.common.unknown,
          ],
        ]}
      />
    </section>
  );
}
