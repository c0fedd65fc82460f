import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { NodeView, Plot, Work } from '../../api/models.js';
import { keys, useAction } from '../../api/queries.js';
import { formatBytes, formatNumber } from '../../format/quantities.js';
import type { Texts } from '../../i18n/en.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Confirm } from '../../ui/confirm.js';
import { Facts } from '../../ui/facts.js';
import { StateBadge } from '../../ui/state-badge.js';
import { showToast } from '../../ui/toasts.js';
import { WorkProgress } from '../../ui/work-progress.js';

/** One computer of mine; `work` and `kept` are null while they are not known. */
export function NodeCard({
  node,
  work,
  kept,
}: {
  node: NodeView;
  work: readonly Work[] | null;
  kept: { plots: readonly Plot[]; more: boolean } | null;
}) {
  const { t, tag } = useLanguage();
  const [asking, setAsking] = useState(false);
  const revoke = useAction(() => api.revokeNode(node.id), {
    touches: [keys.nodes, keys.plots],
    done: () => {
      setAsking(false);
      showToast({ kind: 'done', text: t.nodes.revokedDone(node.name) });
    },
  });
  const { report } = node;
  const active = node.state === 'active';
  return (
    <article className="card" aria-label={node.name} data-testid="node-card">
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <span className={`online-dot ${node.online ? 'on' : ''}`} aria-hidden="true" />
            <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
              {node.name}
            </Title>
          </Group>
          <NodeState node={node} />
        </Group>
        <Facts
          items={[
            [t.nodes.lastSeen, node.lastSeenAt ? <Ago key="seen" at={node.lastSeenAt} /> : t.nodes.neverSeen],
            [t.admin.roles, node.roles.map((role) => t.nodes[role]).join(' · ')],
            [t.nodes.offered, formatBytes(node.storeBytes, tag)],
            [
              t.nodes.free,
              report.storeFreeBytes === null ? t.common.unknown : formatBytes(report.storeFreeBytes, tag),
            ],
            [
              t.nodes.kept,
              kept === null
                ? t.common.unknown
                : kept.more
                  ? t.home.plotsMore(kept.plots.length)
                  : keptText(kept.plots, t, tag),
            ],
            [t.nodes.paired, <Ago key="paired" at={node.pairedAt} />],
          ]}
        />
        {active && (
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              {t.nodes.work}
            </Text>
            {work === null || work.length === 0 ? (
              <Text size="sm">{work === null ? t.common.unknown : t.nodes.workNone}</Text>
            ) : (
              <Stack gap="sm">
                {work.map((piece) => (
                  <WorkProgress key={piece.leaseId} work={piece} />
                ))}
              </Stack>
            )}
          </div>
        )}
        <Group justify="space-between" gap="xs" align="flex-end">
          <Text size="xs" c="dimmed" style={{ flex: 1, minWidth: 180 }}>
            {t.nodes.machineText(report.os, report.arch, report.cores, formatBytes(report.memoryBytes, tag))}
            {` · ${t.nodes.client} ${report.clientVersion}`}
          </Text>
          {active && (
            <Button variant="subtle" color="red" size="compact-sm" onClick={() => setAsking(true)}>
              {t.nodes.revoke}
            </Button>
          )}
        </Group>
      </Stack>
      <Confirm
        opened={asking}
        title={t.nodes.revokeTitle(node.name)}
        text={t.nodes.revokeText}
        yes={t.nodes.revokeYes}
        danger
        busy={revoke.isPending}
        onYes={() => revoke.mutate(undefined)}
        onClose={() => setAsking(false)}
      />
    </article>
  );
}

export function NodeState({ node }: { node: Pick<NodeView, 'state' | 'online'> }) {
  const { t } = useLanguage();
  if (node.state !== 'active') return <StateBadge tone="off" text={t.nodes[node.state]} />;
  return (
    <StateBadge tone={node.online ? 'good' : 'bad'} text={node.online ? t.nodes.online : t.nodes.offline} />
  );
}

/** "12", or "12 plots and 3 replicas" where there are any. */
function keptText(kept: readonly Plot[], t: Texts, tag: string): string {
  const replicas = kept.filter(({ kind }) => kind === 'swarm-replica').length;
  const plots = kept.length - replicas;
  const words = t.dataSets.own;
  return replicas === 0 ? formatNumber(plots, tag) : words.kept(words.plots(plots), words.replicas(replicas));
}
