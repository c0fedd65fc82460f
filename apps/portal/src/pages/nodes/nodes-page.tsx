import { Button, Stack } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { NodeView } from '../../api/models.js';
import { useNodes, usePlots, useWork } from '../../api/queries.js';
import { useLanguage } from '../../i18n/index.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { Lines, QueryView } from '../../ui/query-view.js';
import { AddNode } from './add-node.js';
import { NodeCard } from './node-card.js';

const byName = (a: NodeView, b: NodeView) =>
  Number(b.online) - Number(a.online) || a.name.localeCompare(b.name);

/** My nodes; `?add` opens the way to a new one. */
export function NodesPage() {
  const { t } = useLanguage();
  const nodes = useNodes();
  const work = useWork();
  const plots = usePlots();
  const card = (node: NodeView) => (
    <NodeCard
      key={node.id}
      node={node}
      work={work.data?.items.filter(({ nodeId }) => nodeId === node.id) ?? null}
      kept={
        plots.data
          ? {
              plots: plots.data.filter(({ keptByMe, nodeId }) => keptByMe && nodeId === node.id),
              more: plots.hasNextPage,
            }
          : null
      }
    />
  );
  const [params, setParams] = useSearchParams();
  const adding = params.has('add');
  const open = () => setParams({ add: '' }, { replace: true });
  const close = () => setParams({}, { replace: true });
  return (
    <>
      <PageTitle title={t.nodes.title} query={nodes}>
        <Button onClick={open} data-testid="add-node">
          {t.nodes.add}
        </Button>
      </PageTitle>
      <QueryView query={nodes} skeleton={<Lines count={2} height={220} />}>
        {({ items }) => {
          const active = items.filter((node) => node.state === 'active').sort(byName);
          const former = items.filter((node) => node.state !== 'active').sort(byName);
          return (
            <Stack>
              {active.length === 0 && (
                <EmptyState title={t.nodes.empty} text={t.nodes.emptyText}>
                  <Button mt="sm" onClick={open}>
                    {t.nodes.add}
                  </Button>
                </EmptyState>
              )}
              <div className="cards">{active.map(card)}</div>
              {former.length > 0 && (
                <details>
                  <summary style={{ cursor: 'pointer', marginBlock: 8 }}>
                    {t.nodes.former(former.length)}
                  </summary>
                  <div className="cards">{former.map(card)}</div>
                </details>
              )}
            </Stack>
          );
        }}
      </QueryView>
      {adding && <AddNode close={close} />}
    </>
  );
}
