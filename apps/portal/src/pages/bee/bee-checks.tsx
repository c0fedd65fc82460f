import { Group, Text } from '@mantine/core';
import type { BeeNode } from '../../api/models.js';
import { formatBps, formatBytes, formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Facts } from '../../ui/facts.js';
import { StateBadge, type Tone } from '../../ui/state-badge.js';

type Check = NonNullable<BeeNode['lastCheck']>;
type Verdict = NonNullable<Check['verdict']>;

const tones: Record<Verdict, Tone> = {
  held: 'good',
  insufficient: 'waits',
  invalid: 'bad',
  unready: 'bad',
  late: 'waits',
  excused: 'off',
};
const verdicts: readonly Verdict[] = ['held', 'insufficient', 'invalid', 'unready', 'late', 'excused'];

/** What the center's own checks found. */
export function BeeChecks({ node: { checks, lastCheck, estimate } }: { node: BeeNode }) {
  const { t, tag } = useLanguage();
  const counted = verdicts.filter((verdict) => checks[verdict] > 0);
  return (
    <Facts
      items={[
        [
          t.bee.results,
          counted.length === 0
            ? t.bee.checksNone
            : counted
                .map((verdict) => `${formatNumber(checks[verdict], tag)} × ${t.bee.verdicts[verdict]}`)
                .join(' · '),
        ],
        [t.bee.lastCheck, lastCheck ? <LastCheck key="last" check={lastCheck} /> : t.bee.checksNone],
        [
          t.bee.size,
          estimate ? (
            <span key="size">
              {t.bee.sizeOf(
                formatBytes(Number(estimate.bytes), tag),
                formatBps(Math.round(estimate.relativeError * 10_000), tag),
                estimate.samples,
              )}
              {estimate.isCapped && (
                <Text span size="xs" c="dimmed" display="block">
                  {t.bee.sizeCapped}
                </Text>
              )}
            </span>
          ) : (
            t.bee.sizeNone
          ),
        ],
      ]}
    />
  );
}

function LastCheck({ check: { verdict, reason, lacks, startedAt } }: { check: Check }) {
  const { t } = useLanguage();
  // what is missing has words; reasons are codes for who looks into the protocol
  const why = [...(reason ? [reason] : []), ...lacks.map((gap) => t.bee.gaps[gap])];
  return (
    <span data-testid="bee-last-check">
      <Group gap={6}>
        {verdict ? (
          <StateBadge tone={tones[verdict]} text={t.bee.verdicts[verdict]} />
        ) : (
          <StateBadge tone="busy" text={t.bee.underWay} />
        )}
        <Text span size="xs" c="dimmed">
          <Ago at={startedAt} />
        </Text>
      </Group>
      {why.length > 0 && (
        <Text span size="xs" c="dimmed" display="block" className="anywhere">
          {t.bee.because(why.join(', '))}
        </Text>
      )}
    </span>
  );
}
