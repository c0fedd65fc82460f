import { Button, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/index.js';

/** Three steps to the first line; `paired` when the first two are behind. */
export function FirstSteps({ paired }: { paired: boolean }) {
  const { t } = useLanguage();
  const done = paired ? 'done' : undefined;
  return (
    <section className="card" aria-label={t.home.startTitle}>
      <Title order={2} size="h3" mb="md">
        {t.home.startTitle}
      </Title>
      <ol className="steps">
        <li className={done}>
          <Text fw={600}>{t.home.step1}</Text>
          <Text size="sm" c="dimmed">
            {t.home.step1Text}
          </Text>
          {!paired && (
            <Button component={Link} to="/nodes?add" mt="sm" size="sm" data-testid="add-first-node">
              {t.nodes.add}
            </Button>
          )}
        </li>
        <li className={done}>
          <Text fw={600}>{t.home.step2}</Text>
          <Text size="sm" c="dimmed">
            {t.home.step2Text}
          </Text>
        </li>
        <li>
          <Text fw={600}>{t.home.step3}</Text>
          <Text size="sm" c="dimmed">
            {paired ? t.home.step3Waiting : t.home.step3Text}
          </Text>
        </li>
      </ol>
    </section>
  );
}
