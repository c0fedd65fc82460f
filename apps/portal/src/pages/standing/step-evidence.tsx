import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Consequence, EvidenceCheck } from '../../api/models.js';
import { formatBps, formatNumber } from '../../format/quantities.js';
import { dateTime, milliseconds } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { QueryView } from '../../ui/query-view.js';
import { VerdictBadge } from '../../ui/verdict.js';

/** What a step rests on: the measurement, the plots, and each check with all that was signed about it. */
export function StepEvidence({
  step,
  read,
}: {
  step: Consequence;
  read: (id: string) => Promise<{ items: EvidenceCheck[] }>;
}) {
  const { t, tag } = useLanguage();
  const [open, setOpen] = useState(false);
  const { fraction, plotIds, checkIds } = step;
  if (!fraction && plotIds.length === 0 && checkIds.length === 0) {
    // a granted appeal says why by itself
    if (step.cause !== 'time_passed') return null;
    return (
      <Text size="sm" c="dimmed">
        {t.standing.evidenceNone}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Facts
        items={[
          fraction && [
            t.standing.fraction,
            t.standing.fractionText(
              formatBps(fraction.bps, tag),
              formatBps(fraction.lowBps, tag),
              formatBps(fraction.highBps, tag),
              formatNumber(fraction.tries, tag),
            ),
          ],
          plotIds.length === 0
            ? null
            : [
                t.standing.plots,
                <span key="plots">
                  {plotIds.map((id) => (
                    <Hex key={id} value={id} what={t.plots.plotId} />
                  ))}
                </span>,
              ],
        ]}
      />
      {checkIds.length > 0 && (
        <div>
          <Button
            size="xs"
            variant="light"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            data-testid="step-evidence-show"
          >
            {open ? t.standing.evidenceHide : t.standing.evidence}
          </Button>
        </div>
      )}
      {open && <Checks id={step.id} read={read} />}
    </Stack>
  );
}

function Checks({ id, read }: { id: string; read: (id: string) => Promise<{ items: EvidenceCheck[] }> }) {
  const query = useQuery({ queryKey: ['step-evidence', id], queryFn: () => read(id), staleTime: 60_000 });
  return (
    <QueryView query={query}>
      {({ items }) => (
        <Stack gap="sm" data-testid="step-evidence">
          {items.map((check) => (
            <Check key={check.id} check={check} />
          ))}
        </Stack>
      )}
    </QueryView>
  );
}

function Check({ check }: { check: EvidenceCheck }) {
  const { t, tag } = useLanguage();
  const signed = (value: string | null, what: string) =>
    value === null ? t.standing.noReceipt : <Hex value={value} what={what} />;
  return (
    <article className="card" style={{ padding: 14 }}>
      <Facts
        items={[
          [t.earnings.round, `${formatNumber(check.roundIndex, tag)} (${t.standing.kinds[check.roundKind]})`],
          [
            t.earnings.verdict,
            check.verdict === null ? (
              t.standing.pending
            ) : (
              <span key="verdict">
                <VerdictBadge verdict={check.verdict} />
                {check.withheld && (
                  <Text span size="xs" display="block">
                    {t.standing.withheld}
                  </Text>
                )}
              </span>
            ),
          ],
          [
            t.earnings.time,
            <span key="time">
              {dateTime(check.sentAt, tag)}
              <Text span size="xs" c="dimmed" display="block">
                {check.receivedAt === null
                  ? t.earnings.noAnswer
                  : t.earnings.answered(
                      milliseconds(Date.parse(check.receivedAt) - Date.parse(check.sentAt), tag),
                    )}
              </Text>
            </span>,
          ],
          [t.earnings.sub, check.subIndex === null ? t.common.none : t.earnings.subText(check.subIndex)],
          [
            t.earnings.proof,
            check.proof === null ? (
              t.earnings.noProof
            ) : (
              <Hex key="proof" value={check.proof} what={t.earnings.proof} />
            ),
          ],
          [t.plots.plot, <Hex key="plot" value={check.plotId} what={t.plots.plotId} />],
          [t.standing.answerSignature, signed(check.answerSignature, t.standing.answerSignature)],
          [t.standing.receipt, signed(check.receiptSignature, t.standing.receipt)],
          [t.earnings.beacon, <Hex key="beacon" value={check.beacon} what={t.earnings.beacon} />],
        ]}
      />
    </article>
  );
}
