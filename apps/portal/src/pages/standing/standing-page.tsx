import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { Consequence } from '../../api/models.js';
import { keys, useAction, useConsequences } from '../../api/queries.js';
import { formatNumber } from '../../format/quantities.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Facts } from '../../ui/facts.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { showToast } from '../../ui/toasts.js';
import { StepEvidence } from './step-evidence.js';
import { AppealSoFar, StepHead } from './step-head.js';

const MOST = 4000;

/** Every step of my nodes from stage to stage, newest first. */
export function StandingPage() {
  const { t } = useLanguage();
  const steps = useConsequences();
  return (
    <>
      <PageTitle title={t.standing.title} query={steps} />
      <Text c="dimmed" mb="lg" maw={680}>
        {t.standing.lead}
      </Text>
      <QueryView query={steps} skeleton={<Lines count={2} height={170} />}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.standing.empty} text={t.standing.emptyText} />
          ) : (
            <Stack>
              {items.map((step, i) => (
                <Step
                  key={step.id}
                  step={step}
                  isNewest={items.findIndex(({ nodeId }) => nodeId === step.nodeId) === i}
                />
              ))}
              {steps.hasNextPage && (
                <Button
                  variant="light"
                  style={{ alignSelf: 'flex-start' }}
                  loading={steps.isFetchingNextPage}
                  onClick={() => void steps.fetchNextPage()}
                >
                  {t.common.more}
                </Button>
              )}
            </Stack>
          )
        }
      </QueryView>
    </>
  );
}

function Step({
  step,
  isNewest,
}: {
  step: Consequence;
  /** Where its node stands now; only that has a clock. */
  isNewest: boolean;
}) {
  const { t, tag } = useLanguage();
  return (
    <article
      className="card"
      data-testid="step"
      aria-label={`${step.nodeName} ${t.standing.stages[step.to]}`}
    >
      <Stack gap="md">
        <div>
          <StepHead step={step} />
        </div>
        {isNewest && (
          <Facts
            items={[
              [
                t.standing.review,
                step.reviewAt ? t.standing.reviewIn(dateTime(step.reviewAt, tag)) : t.standing.reviewNone,
              ],
            ]}
          />
        )}
        <StepEvidence step={step} read={api.consequenceEvidence} />
        <AppealSoFar step={step} label={t.standing.appealed} />
        {step.mayAppeal && <AppealForm id={step.id} />}
      </Stack>
    </article>
  );
}

function AppealForm({ id }: { id: string }) {
  const { t, tag } = useLanguage();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const send = useAction(() => api.appeal(id, text.trim()), {
    touches: [keys.consequences],
    done: () => showToast({ kind: 'done', text: t.standing.appealDone }),
  });
  if (!open) {
    return (
      <div>
        <Button variant="default" size="xs" onClick={() => setOpen(true)} data-testid="appeal-open">
          {t.standing.appeal}
        </Button>
      </div>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(undefined);
      }}
    >
      <Textarea
        label={t.standing.appealLabel}
        description={t.standing.appealHint(formatNumber(MOST - text.length, tag))}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
        data-testid="appeal-text"
      />
      <Button
        type="submit"
        mt="sm"
        disabled={text.trim() === ''}
        loading={send.isPending}
        data-testid="appeal-send"
      >
        {t.standing.appealSend}
      </Button>
    </form>
  );
}
