import { Button, Stack, Text, Title } from '@mantine/core';
import { useChequebooks, useChequeRounds } from '../../../api/queries.js';
import { useLanguage } from '../../../i18n/index.js';
import { EmptyState } from '../../../ui/empty-state.js';
import { PageTitle } from '../../../ui/page-title.js';
import { Lines, QueryView } from '../../../ui/query-view.js';
import { ChequeRoundCard } from './cheque-round-card.js';
import { ChequebookCard } from './chequebook-card.js';

/** Cheques of all campaigns: what is uncashed and what covers it, and the rounds on their way to being signed. */
export function ChequeRoundsPage() {
  const { t } = useLanguage();
  const books = useChequebooks();
  const rounds = useChequeRounds();
  return (
    <>
      <PageTitle title={t.cheques.adminTitle} query={books} />
      <Text c="dimmed" mb="lg" maw={680}>
        {t.cheques.adminLead}
      </Text>
      <QueryView query={books} skeleton={<Lines count={1} height={210} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.cheques.adminEmpty} text={t.cheques.adminEmptyText} />
          ) : (
            <Stack>
              {items.map((book) => (
                <ChequebookCard key={book.campaignId} book={book} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      <Title order={2} size="h3" mt="xl" mb="md">
        {t.cheques.rounds}
      </Title>
      <QueryView query={rounds} skeleton={<Lines count={2} height={150} />}>
        {(items) => (
          <Stack>
            {items.length === 0 && <Text c="dimmed">{t.cheques.noRounds}</Text>}
            {items.map((round) => (
              <ChequeRoundCard key={round.id} round={round} />
            ))}
            {rounds.hasNextPage && (
              <Button
                variant="light"
                style={{ alignSelf: 'flex-start' }}
                loading={rounds.isFetchingNextPage}
                onClick={() => void rounds.fetchNextPage()}
              >
                {t.common.more}
              </Button>
            )}
          </Stack>
        )}
      </QueryView>
    </>
  );
}
