import type { AdminNode } from '../../api/models.js';
import { useAllNodes } from '../../api/queries.js';
import { formatBytes } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { QueryView } from '../../ui/query-view.js';
import { NodeState } from '../nodes/node-card.js';

export function AllNodesPage() {
  const { t, tag } = useLanguage();
  const nodes = useAllNodes();
  const columns: Column<AdminNode>[] = [
    { key: 'name', header: t.admin.node, cell: ({ name }) => <b>{name}</b> },
    { key: 'owner', header: t.admin.owner, cell: ({ accountName }) => accountName },
    { key: 'state', header: t.admin.state, cell: (node) => <NodeState node={node} /> },
    {
      key: 'seen',
      header: t.admin.seen,
      cell: ({ lastSeenAt }) => (lastSeenAt ? <Ago at={lastSeenAt} /> : t.nodes.neverSeen),
    },
    {
      key: 'roles',
      header: t.admin.roles,
      cell: ({ roles }) => roles.map((role) => t.nodes[role]).join(' · '),
    },
    {
      key: 'offered',
      header: t.admin.offered,
      end: true,
      cell: ({ storeBytes }) => formatBytes(storeBytes, tag),
    },
    {
      key: 'machine',
      header: t.nodes.machine,
      cell: ({ report }) => (
        <small>
          {t.nodes.machineText(report.os, report.arch, report.cores, formatBytes(report.memoryBytes, tag))}
        </small>
      ),
    },
  ];
  return (
    <>
      <PageTitle title={t.admin.nodesTitle} query={nodes} />
      <QueryView query={nodes}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.admin.nodesEmpty} text={t.admin.nodesEmptyText} />
          ) : (
            <DataTable
              label={t.admin.nodesTitle}
              columns={columns}
              rows={items}
              rowKey={(node) => node.id}
              rowTestId="admin-node-row"
              more={nodes}
            />
          )
        }
      </QueryView>
    </>
  );
}
