import { Drawer, Stack, Text } from '@mantine/core';
import type { DataSet, Replica } from '../../../api/models.js';
import { useReplicas } from '../../../api/queries.js';
import { formatBytes, formatNumber } from '../../../format/quantities.js';
import { duration } from '../../../format/time.js';
import { useLanguage } from '../../../i18n/index.js';
import { Ago } from '../../../ui/ago.js';
import { Hex } from '../../../ui/copy.js';
import { type Column, DataTable } from '../../../ui/data-table.js';
import { QueryView } from '../../../ui/query-view.js';
import { StateBadge, type Tone } from '../../../ui/state-badge.js';
import { VerdictTally } from '../../../ui/verdict.js';

const tones: Readonly<Record<string, Tone>> = {
  accepted: 'good',
  registered: 'busy',
  making: 'busy',
  open: 'waits',
  withdrawn: 'off',
};
const HOUR_MS = 3_600_000;

/** Those that count first, those that are gone last. */
const order = ['accepted', 'registered', 'kept', 'open', 'making', 'lost', 'rejected', 'withdrawn'];
const byState = (a: Replica, b: Replica) => order.indexOf(a.state) - order.indexOf(b.state);

/** Every replica of a data set: who keeps it, how its checks went, and what was proved in all. */
export function ReplicasDrawer({ dataSet, close }: { dataSet: DataSet; close: () => void }) {
  const { t, tag } = useLanguage();
  const words = t.dataSets;
  const replicas = useReplicas(dataSet.id);
  const size = formatBytes(dataSet.replicaBytes, tag);
  const states = words.replicaStates as Readonly<Record<string, string>>;
  const columns: Column<Replica>[] = [
    {
      key: 'keeper',
      header: words.keeper,
      cell: ({ accountName, nodeName }) => (
        <>
          <b>{accountName ?? words.keeperNone}</b>
          {nodeName && (
            <Text span size="xs" c="dimmed" display="block">
              {nodeName}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'state',
      header: words.replicaState,
      cell: ({ state }) => <StateBadge tone={tones[state] ?? 'bad'} text={states[state] ?? state} />,
    },
    {
      key: 'proof',
      header: words.lastProof,
      cell: ({ lastProvedAt, checks }) => (
        <>
          {lastProvedAt ? <Ago at={lastProvedAt} /> : t.common.notYet}
          <VerdictTally counts={checks} none={t.plots.noChecks} />
        </>
      ),
    },
    {
      key: 'proved',
      header: words.provedTime,
      cell: ({ provedMs }) => (
        <span className="number" title={words.provedTimeHint}>
          {provedMs === 0 ? t.common.notYet : `${size} × ${duration(provedMs, tag)}`}
        </span>
      ),
    },
    {
      key: 'root',
      header: words.root,
      cell: ({ root }) => (root ? <Hex value={root} what={words.root} /> : t.common.notYet),
    },
  ];
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="xl"
      title={words.replicasOf(dataSet.name)}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <QueryView query={replicas}>
        {({ items }) => {
          const ms = items.reduce((sum, { provedMs }) => sum + provedMs, 0);
          const byteHours = (dataSet.replicaBytes * ms) / HOUR_MS;
          const number = (count: number) => formatNumber(count, tag);
          return (
            <Stack data-testid="replicas">
              <div>
                <Text fw={600} title={words.sumHint} data-testid="replicas-sum">
                  {words.sum(formatBytes(byteHours, tag))}
                </Text>
                <Text size="sm" c="dimmed">
                  {dataSet.lost === 0
                    ? words.lossNone
                    : words.losses(number(dataSet.lost), number(dataSet.proved), number(dataSet.wanted))}
                </Text>
              </div>
              {items.length === 0 ? (
                <Text>{words.replicasNone}</Text>
              ) : (
                <DataTable
                  label={words.replicas}
                  columns={columns}
                  rows={[...items].sort(byState)}
                  rowKey={({ id }) => id}
                  rowTestId="replica-row"
                />
              )}
            </Stack>
          );
        }}
      </QueryView>
    </Drawer>
  );
}
