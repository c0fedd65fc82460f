import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Balances } from '../../api/models.js';
import { useDays } from '../../api/queries.js';
import { approximateAmount } from '../../format/money.js';
import { dayName, utcDay } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Money } from '../../ui/money.js';
import { useNow } from '../../ui/now.js';

const parts = ['paid', 'published', 'released', 'held'] as const;

/** Today, in total, and in which of the four places the total is. */
export function CampaignEarnings({ balance }: { balance: Balances }) {
  const { t, tag } = useLanguage();
  const today = utcDay(useNow());
  const days = useDays(balance.campaignId, 30);
  const total = parts.reduce((all, part) => all + BigInt(balance[part]), 0n);
  return (
    <section className="card" aria-label={balance.campaignName}>
      <Group justify="space-between" mb="md" gap="xs">
        <Text fw={600}>{balance.campaignName}</Text>
        <Anchor component={Link} size="sm" to={`/earnings?campaign=${balance.campaignId}&day=${today}`}>
          {t.home.seeDays}
        </Anchor>
      </Group>
      <div className="tiles">
        <div>
          <Text size="sm" c="dimmed">
            {t.home.today}
          </Text>
          <div className="big" data-testid="earned-today">
            {days.data ? (
              <Money
                units={days.data.items.find((item) => item.day === today)?.total ?? '0'}
                token={balance.token}
              />
            ) : (
              <Text span c="dimmed" fz="md" ff="text">
                {days.error ? t.common.unknown : '…'}
              </Text>
            )}
          </div>
          <Text size="xs" c="dimmed">
            {t.home.soFar(dayName(today, tag))}
          </Text>
        </div>
        <div>
          <Text size="sm" c="dimmed">
            {t.home.total}
          </Text>
          <div className="big" data-testid="earned-total">
            <Money units={total} token={balance.token} />
          </div>
        </div>
      </div>
      <div className="parts" aria-hidden="true" style={{ marginBlock: 16 }}>
        {total > 0n &&
          parts.map((part) => (
            <div
              key={part}
              className={`part-${part}`}
              style={{ flexGrow: approximateAmount(balance[part], balance.token.decimals) }}
            />
          ))}
      </div>
      <div className="tiles">
        {parts.map((part) => (
          <div key={part}>
            <Text size="sm">
              <span className={`dot part-${part}`} />
              {t.home[part]}
            </Text>
            <Text fw={600} data-testid={`balance-${part}`}>
              <Money units={balance[part]} token={balance.token} />
            </Text>
            <Text size="xs" c="dimmed">
              {t.home[`${part}Hint`]}
            </Text>
          </div>
        ))}
      </div>
    </section>
  );
}
