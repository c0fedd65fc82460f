import { Badge, Group, Text, Tooltip } from '@mantine/core';
import type { Verdict, VerdictCounts } from '../api/models.js';
import { formatNumber } from '../format/quantities.js';
import { useLanguage } from '../i18n/index.js';

const colors: Record<Verdict, string> = {
  proved: 'croft',
  empty: 'orange',
  late: 'grain',
  silent: 'gray',
  invalid: 'red',
};
const order: readonly Verdict[] = ['proved', 'empty', 'late', 'silent', 'invalid'];

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { t } = useLanguage();
  return (
    <Tooltip
      label={t.verdictHints[verdict]}
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Badge variant="light" color={colors[verdict]} tt="none">
        {t.verdicts[verdict]}
      </Badge>
    </Tooltip>
  );
}

export function totalChecks(counts: VerdictCounts): number {
  return order.reduce((all, verdict) => all + counts[verdict], 0);
}

/** "12 proved, 1 late": only what happened. */
export function VerdictTally({ counts, none }: { counts: VerdictCounts; none: string }) {
  const { t, tag } = useLanguage();
  if (totalChecks(counts) === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  return (
    <Group gap={8} wrap="wrap" className="tally">
      {order
        .filter((verdict) => counts[verdict] > 0)
        .map((verdict) => (
          <span key={verdict} className={`verdict ${verdict}`} title={t.verdictHints[verdict]}>
            <b>{formatNumber(counts[verdict], tag)}</b> {t.verdicts[verdict]}
          </span>
        ))}
    </Group>
  );
}
