import { Progress, Text } from '@mantine/core';
import type { AdminTask } from '../../api/models.js';
import { useTasks } from '../../api/queries.js';
import { formatBps, formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageTitle } from '../../ui/page-title.js';
import { QueryView } from '../../ui/query-view.js';
import { StateBadge, type Tone } from '../../ui/state-badge.js';

const tones: Record<AdminTask['state'], Tone> = {
  open: 'waits',
  leased: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'off',
};

export function TasksPage() {
  const { t, tag } = useLanguage();
  const tasks = useTasks();
  const columns: Column<AdminTask>[] = [
    {
      key: 'task',
      header: t.admin.task,
      cell: ({ kind, k }) => (
        <span>
          {t.admin.taskKinds[kind]}
          {kind !== 'replica' && `, k=${k}`}
        </span>
      ),
    },
    {
      key: 'state',
      header: t.admin.state,
      cell: ({ state }) => <StateBadge tone={tones[state]} text={t.admin.taskStates[state]} />,
    },
    { key: 'node', header: t.admin.node, cell: ({ nodeName }) => nodeName ?? '–' },
    {
      key: 'progress',
      header: t.admin.progress,
      cell: ({ state, phase, fraction, failure }) => {
        if (failure) {
          return (
            <Text span size="sm" c="red" style={{ overflowWrap: 'anywhere' }}>
              {failure}
            </Text>
          );
        }
        if (state !== 'leased') return '–';
        if (fraction === null) return t.nodes.progressUnknown;
        return (
          <div style={{ minWidth: 130 }}>
            <Text size="xs" c="dimmed">
              {phase} {formatBps(Math.floor(fraction * 100) * 100, tag)}
            </Text>
            <Progress size="sm" value={fraction * 100} aria-label={t.admin.progress} />
          </div>
        );
      },
    },
    {
      key: 'attempts',
      header: t.admin.attempts,
      end: true,
      cell: ({ attempts }) => formatNumber(attempts, tag),
    },
    { key: 'created', header: t.admin.created, cell: ({ createdAt }) => <Ago at={createdAt} /> },
  ];
  return (
    <>
      <PageTitle title={t.admin.tasksTitle} query={tasks} />
      <QueryView query={tasks}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.admin.tasksEmpty} text={t.admin.tasksEmptyText} />
          ) : (
            <DataTable
              label={t.admin.tasksTitle}
              columns={columns}
              rows={items}
              rowKey={(task) => task.id}
              rowTestId="admin-task-row"
              more={tasks}
            />
          )
        }
      </QueryView>
    </>
  );
}
