import { Button, Drawer, Stack, Text, Title } from '@mantine/core';
import type { CheckRow, RewardLineDetail, Token } from '../../api/models.js';
import { useLine } from '../../api/queries.js';
import { exactAmount } from '../../format/money.js';
import { formatBps, formatNumber, shorten } from '../../format/quantities.js';
import { dateTime, milliseconds, utcDay } from '../../format/time.js';
import type { Texts } from '../../i18n/en.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { Money } from '../../ui/money.js';
import { QueryView } from '../../ui/query-view.js';
import { VerdictBadge } from '../../ui/verdict.js';
import { cutsOf, lineReason, neighbourhoodTime, plotEquivalentTime } from './line-reason.js';
import { networkFacts } from './network-facts.js';

/** One line to the ground: how it was counted, and every check behind it. */
export function LineEvidence({
  id,
  token,
  verify,
  close,
}: {
  id: string;
  token: Token;
  verify: (epochIndex: number, day: string) => void;
  close: () => void;
}) {
  const { t } = useLanguage();
  const line = useLine(id);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={t.earnings.evidence}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <QueryView query={line}>{(detail) => <Detail line={detail} token={token} verify={verify} />}</QueryView>
    </Drawer>
  );
}

function Detail({
  line,
  token,
  verify,
}: {
  line: RewardLineDetail;
  token: Token;
  verify: (epochIndex: number, day: string) => void;
}) {
  const { t, tag } = useLanguage();
  const { reason } = line;
  const storage = line.kind === 'storage';
  const bee = line.kind === 'bee-node';
  const units = (amount: string) => `${exactAmount(amount, token.decimals, tag)} ${token.symbol}`;
  const referral = line.kind === 'referral';
  const counted = storage || bee || line.kind === 'plotting' || line.kind === 'plotting-held';
  const [quantity, rate] = storage
    ? [plotEquivalentTime(line.quantity, t, tag), t.earnings.rateHour(units(line.rate))]
    : bee
      ? [neighbourhoodTime(line.quantity, t, tag), t.earnings.rateNeighbourhood(units(line.rate))]
      : referral
        ? [units(line.quantity), formatBps(Number(line.rate), tag)]
        : [t.earnings.quantityPlots(line.quantity), t.earnings.ratePlot(units(line.rate))];
  return (
    <Stack data-testid="line-evidence">
      <div>
        <div className="big">
          <Money units={line.amount} token={token} exact />
        </div>
        <Text mt={4}>{lineReason(line, t, tag)}</Text>
        {cutsOf(line, token, t, tag).map((cut) => (
          <Text key={cut} size="sm" c="orange">
            {cut}
          </Text>
        ))}
        <Button
          size="xs"
          variant="light"
          mt="sm"
          onClick={() => verify(line.epochIndex, utcDay(Date.parse(line.at)))}
        >
          {t.verify.actionOf(formatNumber(line.epochIndex, tag))}
        </Button>
      </div>
      <section className="card" aria-label={t.earnings.howCounted}>
        <Title order={3} size="h5" mb={4}>
          {t.earnings.howCounted}
        </Title>
        {counted && (
          <Text size="sm" c="dimmed" mb="sm">
            {formulaOf(line.kind, t)}
          </Text>
        )}
        <Facts
          items={[
            [t.earnings.quantity, quantity],
            [t.earnings.rate, rate],
            reason.shareBps === undefined ? null : [t.earnings.share, formatBps(reason.shareBps, tag)],
            reason.availabilityBps === undefined
              ? null
              : [t.earnings.availability, formatBps(reason.availabilityBps, tag)],
            ...networkFacts(reason, t, tag),
            reason.bee === undefined
              ? null
              : [t.bee.overlay, <Hex key="overlay" value={reason.bee.overlay} what={t.bee.overlay} />],
            reason.plotId === undefined
              ? null
              : [t.plots.plot, <Hex key="plot" value={reason.plotId} what={t.plots.plotId} />],
            [t.earnings.at, dateTime(line.at, tag)],
            [t.earnings.epoch, formatNumber(line.epochIndex, tag)],
          ]}
        />
      </section>
      <section aria-label={t.earnings.evidence}>
        <Title order={3} size="h5" mb="sm">
          {t.earnings.evidence}
        </Title>
        {line.evidence.length === 0 ? (
          <Text c="dimmed">{bee ? t.earnings.beeEvidence : t.earnings.evidenceNone}</Text>
        ) : (
          <Stack gap="sm">
            {line.evidence.map((check) => (
              <Check key={`${check.roundId}-${check.plotId}`} check={check} />
            ))}
          </Stack>
        )}
        {line.evidence.length >= 200 && (
          <Text size="xs" c="dimmed" mt="xs">
            {t.earnings.evidenceMost(line.evidence.length)}
          </Text>
        )}
      </section>
    </Stack>
  );
}

function formulaOf(kind: RewardLineDetail['kind'], t: Texts): string {
  if (kind === 'bee-node') return t.earnings.formulaBee;
  return kind === 'storage' ? t.earnings.formulaStorage : t.earnings.formulaPlotting;
}

function Check({ check }: { check: CheckRow }) {
  const { t, tag } = useLanguage();
  return (
    <article className="card" style={{ padding: 14 }} data-testid="evidence-check">
      <Facts
        items={[
          [t.earnings.round, formatNumber(check.roundIndex, tag)],
          [t.earnings.verdict, <VerdictBadge key="verdict" verdict={check.verdict} />],
          [
            t.earnings.time,
            <span key="time">
              {dateTime(check.sentAt, tag)}
              <Text span size="xs" c="dimmed" display="block">
                {check.answerMs === null
                  ? t.earnings.noAnswer
                  : t.earnings.answered(milliseconds(check.answerMs, tag))}
              </Text>
            </span>,
          ],
          [
            t.earnings.sub,
            <span key="sub" title={t.earnings.subHint}>
              {check.subIndex === null ? t.common.none : t.earnings.subText(check.subIndex)}
            </span>,
          ],
          [
            t.earnings.proof,
            check.proof === null ? (
              t.earnings.noProof
            ) : (
              <Hex key="proof" value={check.proof} what={`${t.earnings.proof} ${shorten(check.proof)}`} />
            ),
          ],
          [t.plots.plot, <Hex key="plot" value={check.plotId} what={t.plots.plotId} />],
          [t.earnings.beacon, <Hex key="beacon" value={check.beacon} what={t.earnings.beacon} />],
        ]}
      />
    </article>
  );
}
