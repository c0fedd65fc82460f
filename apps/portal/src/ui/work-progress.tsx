import { Group, Progress, Text } from '@mantine/core';
import type { Work } from '../api/models.js';
import { formatBps } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';

/** One piece of work and how far it is. */
export function WorkProgress({ work }: { work: Work }) {
  const { t, tag } = useLanguage();
  const titles = {
    plot: t.nodes.plotWork(work.k),
    move: t.nodes.moveWork(work.k),
    replica: t.dataSets.own.work,
  };
  const title = titles[work.kind];
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{title}</Text>
        <Text size="sm" c="dimmed" className="number">
          {work.phase ? `${work.phase} · ` : ''}
          {formatBps(Math.floor(work.fraction * 100) * 100, tag)}
        </Text>
      </Group>
      <Progress value={work.fraction * 100} size="sm" mt={4} aria-label={title} transitionDuration={600} />
    </div>
  );
}
