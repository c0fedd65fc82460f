import { Button, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { statementUrl } from '../api/client.js';
import { useCampaigns } from '../api/queries.js';
import { utcDay } from '../format/time.js';
import { useLanguage } from '../i18n/index.js';
import { useNow } from '../ui/now.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const formats = ['csv', 'json', 'pdf'] as const;

/** Every booking of a period, to keep or to hand in. */
export function Statements() {
  const { t } = useLanguage();
  const campaigns = useCampaigns().data?.items ?? [];
  const now = useNow();
  const today = utcDay(now);
  const [chosen, setChosen] = useState('');
  const [from, setFrom] = useState(() => utcDay(now - 30 * DAY_MS));
  const [to, setTo] = useState(today);
  const campaignId = chosen || campaigns[0]?.id;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const right = days >= 1 && days <= MOST_DAYS;
  if (!campaignId) return null;
  return (
    <section className="card" aria-label={t.pay.statements} style={{ marginTop: 24 }}>
      <Title order={2} size="h4" mb="xs">
        {t.pay.statements}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t.pay.statementsText}
      </Text>
      <Group align="flex-start" gap="sm" mb="md">
        {campaigns.length > 1 && (
          <NativeSelect
            label={t.payouts.campaign}
            value={campaignId}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextInput
          type="date"
          label={t.pay.from}
          value={from}
          max={to}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t.pay.to}
          value={to}
          max={today}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={!right && t.pay.periodWrong}
        />
      </Group>
      <Group gap="sm">
        {formats.map((format) => (
          <Button
            key={format}
            component="a"
            variant="light"
            href={right ? statementUrl({ campaignId, from, to, format }) : undefined}
            download
            data-disabled={!right || undefined}
            data-testid={`statement-${format}`}
          >
            {t.pay.download(format.toUpperCase())}
          </Button>
        ))}
      </Group>
    </section>
  );
}
