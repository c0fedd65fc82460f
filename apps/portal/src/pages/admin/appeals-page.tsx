import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { Consequence } from '../../api/models.js';
import { keys, useAction, useAppeals } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { showToast } from '../../ui/toasts.js';
import { StepEvidence } from '../standing/step-evidence.js';
import { AppealSoFar, StepHead } from '../standing/step-head.js';

const MOST = 4000;

/** What contributors say against steps of their nodes: open ones first, by their clock. */
export function AppealsPage() {
  const { t } = useLanguage();
  const appeals = useAppeals();
  return (
    <>
      <PageTitle title={t.standing.appealsTitle} query={appeals} />
      <Text c="dimmed" mb="lg" maw={680}>
        {t.standing.appealsLead}
      </Text>
      <QueryView query={appeals} skeleton={<Lines count={2} height={170} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.standing.appealsEmpty} text={t.standing.appealsEmptyText} />
          ) : (
            <Stack>
              {items.map((step) => (
                <article key={step.id} className="card" data-testid="appeal-card">
                  <Stack gap="md">
                    <div>
                      <StepHead step={step} />
                    </div>
                    <StepEvidence step={step} read={api.appealEvidence} />
                    <AppealSoFar step={step} label={t.standing.theirWords} />
                    {step.answeredAt === null && <AnswerForm step={step} />}
                  </Stack>
                </article>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </>
  );
}

function AnswerForm({ step }: { step: Consequence }) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const answer = useAction((excused: boolean) => api.answerAppeal(step.id, { text: text.trim(), excused }), {
    touches: [keys.appeals],
    done: () => showToast({ kind: 'done', text: t.standing.answered }),
  });
  const button = (excused: boolean) => (
    <Button
      variant={excused ? 'filled' : 'default'}
      disabled={text.trim() === '' || answer.isPending}
      loading={answer.isPending && answer.variables === excused}
      onClick={() => answer.mutate(excused)}
      data-testid={excused ? 'appeal-grant' : 'appeal-reject'}
    >
      {excused ? t.standing.grant : t.standing.reject}
    </Button>
  );
  return (
    <div>
      <Textarea
        label={t.standing.yourAnswer}
        description={t.standing.yourAnswerHint}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="appeal-answer"
      />
      <Group mt="sm" gap="sm">
        {button(true)}
        {button(false)}
      </Group>
    </div>
  );
}
