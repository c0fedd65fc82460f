import { Progress, Text } from '@mantine/core';
import type { BeeNode } from '../../api/models.js';
import { formatBytes, formatNumber } from '../../format/quantities.js';
import { duration } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Ago } from '../../ui/ago.js';
import { Facts } from '../../ui/facts.js';
import { BZZ_DECIMALS, COIN_DECIMALS, coinAmount } from './coins.js';

/** What a Bee node says of itself; what it did not say is unknown. */
export function BeeReport({ node: { report, sampleWindowSeconds } }: { node: BeeNode }) {
  const { t, tag } = useLanguage();
  const known = <T,>(value: T | null | undefined, show: (value: T) => string) =>
    value === null || value === undefined ? t.common.unknown : show(value);
  const yesNo = (value: boolean | null | undefined) => known(value, (is) => (is ? t.bee.yes : t.bee.no));
  const bytes = (value: number | null | undefined) => known(value, (count) => formatBytes(count, tag));
  const isWarm = report?.isWarmingUp;
  return (
    <Facts
      items={[
        [t.bee.read, report ? <Ago key="read" at={report.at} /> : t.common.never],
        [t.bee.chain, known(report?.blocksBehind, (count) => t.bee.blocks(formatNumber(count, tag)))],
        [t.bee.sync, yesNo(report?.isFullySynced)],
        [t.bee.warm, yesNo(isWarm === null || isWarm === undefined ? null : !isWarm)],
        [t.bee.health, yesNo(report?.isHealthy)],
        [t.bee.reachable, yesNo(report?.isReachable)],
        [
          t.bee.reserve,
          <span key="reserve" title={t.bee.reserveHint} data-testid="bee-reserve">
            {t.bee.reserveOf(bytes(report?.reserveWithinRadiusBytes), bytes(report?.reserveBytes))}
          </span>,
        ],
        [
          t.bee.radius,
          <span key="radius" title={t.bee.radiusHint}>
            {known(report?.storageRadius, String)}
          </span>,
        ],
        [
          t.bee.sample,
          <Sample key="sample" seconds={report?.sampleSeconds ?? null} windowSeconds={sampleWindowSeconds} />,
        ],
        [
          t.bee.gas,
          <span key="gas">
            {known(report?.gasWei, (wei) => coinAmount(wei, COIN_DECIMALS, 'xDAI', tag))}
            <Text span size="xs" c="dimmed" display="block">
              {t.bee.gasNeeds(
                known(report?.minimumGasWei, (wei) => coinAmount(wei, COIN_DECIMALS, 'xDAI', tag)),
              )}
            </Text>
          </span>,
        ],
        [t.bee.bzz, known(report?.bzzPlur, (plur) => coinAmount(plur, BZZ_DECIMALS, 'BZZ', tag))],
      ]}
    />
  );
}

/** How long the last sample took of the time there is. */
function Sample({ seconds, windowSeconds }: { seconds: number | null; windowSeconds: number }) {
  const { t, tag } = useLanguage();
  if (seconds === null) return <span title={t.bee.sampleHint}>{t.common.unknown}</span>;
  const part = (100 * seconds) / windowSeconds;
  const text = t.bee.sampleOf(duration(seconds * 1000, tag), duration(windowSeconds * 1000, tag));
  return (
    <span title={t.bee.sampleHint}>
      {text}
      <Progress
        value={Math.min(100, part)}
        color={part > 100 ? 'red' : part > 80 ? 'grain' : undefined}
        size="sm"
        mt={4}
        aria-label={text}
      />
    </span>
  );
}
