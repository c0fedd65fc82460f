import { Group, Progress, Text } from '@mantine/core';
import type { Work } from '../api/models.js';
import { formatBps } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';

/** One piece of work and how far it is; a progress nobody reported yet is not shown as 0 %. */
export function WorkProgress({ work }: { work: Pick<Work, 'kind' | 'k' | 'phase' | 'fraction'> }) {
  const { t, tag } = useLanguage();
  const title = work.kind === 'plot' ? t.nodes.plotWork(work.k) : t.nodes.moveWork(work.k);
  const { fraction } = work;
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{title}</Text>
        <Text size="sm" c="dimmed" className="number">
          {work.phase ? `${work.phase} · ` : ''}
          {fraction === null ? t.nodes.progressUnknown : formatBps(Math.floor(fraction * 100) * 100, tag)}
        </Text>
      </Group>
      {fraction !== null && (
        <Progress value={fraction * 100} size="sm" mt={4} aria-label={title} transitionDuration={600} />
      )}
    </div>
  );
}
