import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Line } from '#libs/bundle';
import type { Token } from '../../api/models.js';
import { exactAmount } from '../../format/money.js';
import { formatBps, formatNumber, formatWeight } from '../../format/quantities.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { VerdictBadge } from '../../ui/verdict.js';
import type { CheckOfLine, Failure, LineEvidence } from '../../verify/messages.js';
import { cutsOf } from './line-reason.js';

/** A line as the bundle has it: quantity, rate and weights; from there to its checks, and to their proofs. */
export function BundleLine({
  line,
  reason,
  token,
  evidence,
}: {
  line: Line;
  /** In words. */
  reason: string;
  token: Token;
  evidence: (line: Line) => Promise<LineEvidence | Failure>;
}) {
  const { t, tag, locale } = useLanguage();
  const [found, setFound] = useState<LineEvidence | Failure | 'reading' | null>(null);
  const show = () => {
    setFound('reading');
    void evidence(line).then(setFound);
  };
  const { quantity, unit, rate } = line;
  const units = t.verify.units as Record<string, string>;
  return (
    <article className="card" data-testid="bundle-line">
      <Group justify="space-between" gap="xs" align="baseline">
        <Text size="sm" c="dimmed">
          {t.earnings.kinds[line.kind]}
        </Text>
        <b>
          <Money units={line.amount} token={token} exact />
        </b>
      </Group>
      <Text size="sm">{reason}</Text>
      {cutsOf(line, token, t, tag).map((cut) => (
        <Text key={cut} size="xs" c="orange">
          {cut}
        </Text>
      ))}
      <Text size="sm" mt="xs" className="anywhere number">
        {t.verify.way(
          formatDigits(quantity, tag),
          units[unit] ?? unit,
          line.kind === 'referral'
            ? formatBps(Number(rate), tag)
            : `${exactAmount(rate, token.decimals, tag)} ${token.symbol}`,
        )}
      </Text>
      <Weights line={line} />
      {found === null || found === 'reading' ? (
        <Button
          size="xs"
          variant="light"
          mt="sm"
          loading={found === 'reading'}
          onClick={show}
          data-testid="bundle-line-show"
        >
          {t.verify.show}
        </Button>
      ) : 'kind' in found ? (
        <Text size="sm" c="red" mt="sm" role="alert" className="anywhere">
          {found.kind === 'fault' ? found.words[locale] : found.message}
        </Text>
      ) : (
        <Found evidence={found} />
      )}
    </article>
  );
}

const formatDigits = (digits: string, tag: string) =>
  /^\d+$/.test(digits) ? new Intl.NumberFormat(tag).format(BigInt(digits)) : digits;

function Weights({ line: { reason } }: { line: Line }) {
  const { t, tag } = useLanguage();
  const number = (key: string) => (typeof reason[key] === 'number' ? reason[key] : null);
  const [share, availability, weight, fraction] = [
    number('shareBps'),
    number('availabilityBps'),
    number('networkWeightPpm'),
    number('fractionBps'),
  ];
  const parts = [
    share === null ? null : `${t.earnings.share} ${formatBps(share, tag)}`,
    availability === null ? null : `${t.earnings.availability} ${formatBps(availability, tag)}`,
    weight === null ? null : `${t.earnings.networkWeight} ${formatWeight(weight, tag)}`,
    fraction === null ? null : formatBps(fraction, tag),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {t.verify.weights}: {parts.join(' · ')}
    </Text>
  );
}

function Found({ evidence: { checks, total, plot } }: { evidence: LineEvidence }) {
  const { t, tag } = useLanguage();
  return (
    <Stack gap="xs" mt="sm" data-testid="bundle-evidence">
      {plot && (
        <Group gap="xs">
          <Text size="sm">{t.verify.plotIs(plot.k)}</Text>
          <Hex value={plot.plotId} what={t.plots.plotId} />
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {total === 0
          ? t.verify.checksNone
          : t.verify.checksShown(formatNumber(checks.length, tag), formatNumber(total, tag))}
      </Text>
      <ul className="checks">
        {checks.map((check) => (
          <Check key={check.line} check={check} />
        ))}
      </ul>
    </Stack>
  );
}

function Check({ check }: { check: CheckOfLine }) {
  const { t, tag } = useLanguage();
  const [open, setOpen] = useState(false);
  const { verdict, holds, round, subIndex, proof } = check;
  return (
    <li>
      <Group gap="xs">
        <button
          type="button"
          className="row-button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="bundle-check"
        >
          {t.earnings.round} {formatNumber(round, tag)}
        </button>
        <VerdictBadge verdict={verdict} />
        {holds !== null && (
          <Badge variant="outline" color={holds ? 'croft' : 'red'} tt="none" data-holds={holds}>
            {holds ? t.verify.holds : t.verify.holdsNot}
          </Badge>
        )}
      </Group>
      {!check.counts && (
        <Text size="xs" c="dimmed">
          {t.verify.countsNot}
        </Text>
      )}
      {open && (
        <Facts
          items={[
            [t.earnings.time, dateTime(new Date(check.sentAt).toISOString(), tag)],
            [t.earnings.sub, subIndex === null ? t.common.none : t.earnings.subText(subIndex)],
            [t.plots.plot, <Hex key="plot" value={check.plotId} what={t.plots.plotId} />],
            [
              t.earnings.proof,
              proof ? <Hex key="proof" value={proof} what={t.earnings.proof} /> : t.earnings.noProof,
            ],
            [t.earnings.beacon, <Hex key="beacon" value={check.beacon} what={t.earnings.beacon} />],
            ['answers.ndjson.zst', t.verify.recordAt(formatNumber(check.line, tag))],
          ]}
        />
      )}
    </li>
  );
}
