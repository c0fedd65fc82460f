import { Stack, Text } from '@mantine/core';
import { useBeeEarnings, useBeeNodes } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { CommandLine } from '../../ui/copy.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { BeeCard } from './bee-card.js';

const LINK = [
  'npx croft bee link --bee http://127.0.0.1:1633',
  '--bee-key-file /path/to/bee/keys/swarm.key --bee-password-file /path/to/password',
].join(' ');

/** All that an operator of Bee nodes has to know of them, on one page. */
export function BeePage() {
  const { t } = useLanguage();
  const nodes = useBeeNodes();
  const earnings = useBeeEarnings();
  return (
    <>
      <PageTitle title={t.bee.title} query={nodes} />
      <Text c="dimmed" mb="lg" maw={680}>
        {t.bee.lead}
      </Text>
      <QueryView query={nodes} skeleton={<Lines count={1} height={420} />}>
        {({ isOffered, items }) => {
          if (!isOffered) return <EmptyState title={t.bee.notOffered} text={t.bee.notOfferedText} />;
          if (items.length === 0)
            return (
              <EmptyState title={t.bee.empty} text={t.bee.emptyText}>
                <CommandLine text={LINK} what={t.bee.linkCommand} />
              </EmptyState>
            );
          return (
            <Stack>
              {items.map((node) => (
                <BeeCard
                  key={node.nodeId}
                  node={node}
                  earned={earnings.data?.items.filter(({ nodeId }) => nodeId === node.nodeId) ?? null}
                />
              ))}
            </Stack>
          );
        }}
      </QueryView>
    </>
  );
}
