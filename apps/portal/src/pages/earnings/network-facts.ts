import type { RewardLine } from '../../api/models.js';
import { formatBytes, formatPpm, formatWeight } from '../../format/quantities.js';
import type { Texts } from '../../i18n/en.js';

/** What a line's network weight follows from, as pairs for people; what was not measured is unknown, never 0. */
export function networkFacts(
  { networkWeightPpm, network }: RewardLine['reason'],
  t: Texts,
  tag: string,
): (readonly [string, string])[] {
  if (networkWeightPpm === undefined) return [];
  const weight = [t.earnings.networkWeight, formatWeight(networkWeightPpm, tag)] as const;
  if (!network) return [weight];
  const known = (value: number | null, show: (value: number) => string) =>
    value === null ? t.common.unknown : show(value);
  const milliseconds = (ms: number) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: 'millisecond',
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    }).format(ms);
  const speed = (bytes: number) => t.earnings.perSecond(formatBytes(bytes, tag));
  const { pings, lost, roundTripUs, answerMs, downBytesPerSecond, upBytesPerSecond } = network;
  const lossPpm = pings === 0 ? null : Math.round((lost / pings) * 1_000_000);
  return [
    weight,
    [t.earnings.loss, known(lossPpm, (ppm) => t.earnings.lossOf(formatPpm(ppm, tag), pings))],
    [t.earnings.answerTime, known(answerMs, milliseconds)],
    [t.earnings.roundTrip, known(roundTripUs, (us) => milliseconds(us / 1000))],
    [t.earnings.speedTo, known(downBytesPerSecond, speed)],
    [t.earnings.speedFrom, known(upBytesPerSecond, speed)],
  ];
}
