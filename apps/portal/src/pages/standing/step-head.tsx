import { Group, Text, Title } from '@mantine/core';
import type { Consequence } from '../../api/models.js';
import { duration } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { useNow } from '../../ui/now.js';
import { StateBadge, type Tone } from '../../ui/state-badge.js';

const tones: Record<Consequence['to'], Tone> = {
  active: 'good',
  notice: 'waits',
  suspended: 'bad',
  probation: 'busy',
};

/** Which node went where, when and why. */
export function StepHead({ step }: { step: Consequence }) {
  const { t } = useLanguage();
  const { stages, stageHints, causes } = t.standing;
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
          {step.nodeName || t.common.unknown}
        </Title>
        <StateBadge
          tone={tones[step.to]}
          text={t.standing.fromTo(stages[step.from], stages[step.to])}
          hint={stageHints[step.to]}
        />
      </Group>
      <Text mt="xs">{causes[step.cause]}</Text>
      <Text size="sm" c="dimmed">
        <Ago at={step.at} />
      </Text>
    </>
  );
}

/** What was said against a step, by when it must be answered, and what it came to. */
export function AppealSoFar({ step, label }: { step: Consequence; label: string }) {
  const { t, tag } = useLanguage();
  const now = useNow();
  if (step.appeal === null) return null;
  const left = step.answerDueAt === null ? null : Date.parse(step.answerDueAt) - now;
  const { standing } = t;
  return (
    <div data-testid="appeal">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <StateBadge
          tone={step.excused === null ? 'waits' : step.excused ? 'good' : 'off'}
          text={step.excused === null ? standing.open : step.excused ? standing.granted : standing.rejected}
        />
        {step.appealedAt && (
          <Text size="xs" c="dimmed">
            <Ago at={step.appealedAt} />
          </Text>
        )}
      </Group>
      <Text size="sm" className="said">
        {step.appeal}
      </Text>
      {step.answeredAt === null && left !== null && (
        <Text size="sm" c={left < 0 ? 'red' : undefined}>
          {left < 0 ? standing.answerOverdue : standing.answerDue(duration(left, tag))}
        </Text>
      )}
      {step.answeredAt !== null && (
        <>
          <Text size="sm" fw={600} mt="xs">
            {standing.answer}
          </Text>
          <Text size="sm" className="said">
            {step.answer || standing.answerNone}
          </Text>
        </>
      )}
    </div>
  );
}
