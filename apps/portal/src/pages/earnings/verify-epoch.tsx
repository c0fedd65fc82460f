import { Alert, Button, Drawer, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { VerifyStep } from '#libs/bundle';
import type { Balances, Me } from '../../api/models.js';
import { useBundles, useCenter, useMe } from '../../api/queries.js';
import { exactAmount } from '../../format/money.js';
import { formatBytes, formatNumber } from '../../format/quantities.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';
import { Facts } from '../../ui/facts.js';
import { OnSwarm } from '../../ui/on-swarm.js';
import type { Progress as At, Failure, Sound } from '../../verify/messages.js';
import { useVerification } from '../../verify/use-verification.js';
import { bookedLines, differencesOf } from './booked-lines.js';
import { BundleLine } from './bundle-line.js';
import { lineReason } from './line-reason.js';

const steps: readonly VerifyStep[] = ['manifest', 'draws', 'answers', 'rewards', 'tree'];

/** Recomputes a period from its published bundle, in a worker of this browser. */
export function VerifyEpoch({
  campaign,
  epochIndex,
  day,
  close,
}: {
  campaign: Balances;
  epochIndex: number;
  /** On which the lines of the period are shown. */
  day: string | null;
  close: () => void;
}) {
  const { t, tag } = useLanguage();
  const me = useMe().data;
  const center = useCenter().data;
  const { state, start, cancel, evidence } = useVerification();
  const begin = () => {
    if (!me || !center) return;
    const base = `${window.location.origin}/api/bundles/${campaign.campaignId}`;
    start({ kind: 'verify', base, epochIndex, centerPublicKey: center.publicKey, account: me.id });
  };
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={t.verify.title(formatNumber(epochIndex, tag))}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Stack data-testid="verify" data-state={state.at}>
        <Text size="sm" c="dimmed">
          {t.verify.lead}
        </Text>
        <Published campaignId={campaign.campaignId} epochIndex={epochIndex} />
        {state.at === 'working' ? (
          <Working progress={state.progress} cancel={cancel} />
        ) : (
          <div>
            <Button onClick={begin} disabled={!me || !center} data-testid="verify-start" data-autofocus>
              {state.at === 'idle' ? t.verify.start : t.verify.again}
            </Button>
          </div>
        )}
        <div aria-live="polite">
          {state.at === 'cancelled' && <Alert color="gray">{t.verify.cancelled}</Alert>}
          {state.at === 'failed' && <Failed failure={state.failure} />}
          {state.at === 'sound' && (
            <Alert color="croft" title={t.verify.sound}>
              <Same campaign={campaign} sound={state.sound} day={day} />
            </Alert>
          )}
        </div>
        {state.at === 'sound' && me && (
          <Result sound={state.sound} campaign={campaign} me={me} evidence={evidence} />
        )}
      </Stack>
    </Drawer>
  );
}

/** Where else the bundle can be had, so that it can be verified without the center. */
function Published({ campaignId, epochIndex }: { campaignId: string; epochIndex: number }) {
  const { t } = useLanguage();
  const bundle = useBundles(campaignId).data?.items.find((item) => item.epochIndex === epochIndex);
  return (
    <Facts items={[[t.dataSets.onSwarm.title, <OnSwarm key="swarm" reference={bundle?.swarmReference} />]]} />
  );
}

function Working({ progress: { step, bytes, ofBytes }, cancel }: { progress: At; cancel: () => void }) {
  const { t, tag } = useLanguage();
  const now = steps.indexOf(step);
  return (
    <section className="card" aria-label={t.verify.working}>
      <ol className="doing">
        {steps.map((one, i) => (
          <li
            key={one}
            className={i < now ? 'done' : undefined}
            aria-current={i === now ? 'step' : undefined}
          >
            {t.verify.steps[one]}
          </li>
        ))}
      </ol>
      <Progress
        value={ofBytes ? Math.min(100, (100 * bytes) / ofBytes) : 0}
        mt="md"
        aria-label={t.verify.working}
        animated
      />
      <Group justify="space-between" mt="xs" gap="xs">
        <Text size="xs" c="dimmed" className="number">
          {t.verify.progress(
            formatBytes(bytes, tag),
            ofBytes === null ? t.common.unknown : formatBytes(ofBytes, tag),
          )}
        </Text>
        <Button size="xs" variant="default" onClick={cancel} data-testid="verify-cancel">
          {t.common.cancel}
        </Button>
      </Group>
    </section>
  );
}

function Failed({ failure }: { failure: Failure }) {
  const { t, locale } = useLanguage();
  if (failure.kind === 'unreadable') {
    return (
      <Alert color="grain" title={t.verify.unreadable} role="alert">
        <Text size="sm" className="anywhere">
          {failure.message}
        </Text>
      </Alert>
    );
  }
  const { code, words } = failure;
  return (
    <Alert color="red" title={t.verify.differs} role="alert" data-testid="verify-fault" data-code={code}>
      <Text>{t.verify.faults[code]}</Text>
      <Text size="sm" mt={4} className="anywhere">
        {words[locale]}
      </Text>
      <Text size="sm" mt="sm">
        {t.verify.differsKeep}
      </Text>
    </Alert>
  );
}

/** Whether the lines that the portal shows are those of the bundle. */
function Same({ campaign, sound, day }: { campaign: Balances; sound: Sound; day: string | null }) {
  const { t, tag } = useLanguage();
  const { epochIndex } = sound;
  const shown = useQuery({
    queryKey: ['earnings', 'booked', campaign.campaignId, epochIndex, day],
    queryFn: () => (day === null ? null : bookedLines(campaign.campaignId, day, epochIndex)),
    staleTime: 60_000,
  });
  if (shown.data === undefined && !shown.error) return <Text size="sm">{t.verify.showing}</Text>;
  if (!shown.data) return <Text size="sm">{t.verify.notCompared}</Text>;
  const { here, there } = differencesOf(shown.data, sound.own);
  if (here.length + there.length === 0) {
    return (
      <Text size="sm" data-testid="verify-same">
        {t.verify.soundSame(sound.own.length)}
      </Text>
    );
  }
  const token = campaign.token;
  const textOf = ({ kind, amount }: (typeof here)[number]) =>
    `${t.earnings.kinds[kind]} ${exactAmount(amount, token.decimals, tag)} ${token.symbol}`;
  return (
    <>
      <Text size="sm">{t.verify.notSame}</Text>
      <ul>
        {here.map((line) => (
          <li key={`here ${textOf(line)}`}>
            {textOf(line)} ({t.verify.notSameHere})
          </li>
        ))}
        {there.map((line) => (
          <li key={`there ${textOf(line)}`}>
            {textOf(line)} ({t.verify.notSameThere})
          </li>
        ))}
      </ul>
    </>
  );
}

function Result({
  sound,
  campaign: { token },
  evidence,
}: {
  sound: Sound;
  campaign: Balances;
  me: Me;
  evidence: ReturnType<typeof useVerification>['evidence'];
}) {
  const { t, tag } = useLanguage();
  const f = t.verify.facts;
  const { due } = sound;
  const released = due && `${exactAmount(due.releasedAfter, token.decimals, tag)} ${token.symbol}`;
  return (
    <>
      <section className="card">
        <Facts
          items={[
            [f.checks, formatNumber(sound.answers, tag)],
            [f.lines, formatNumber(sound.lines, tag)],
            [f.signatures, formatNumber(sound.signatures, tag)],
            [f.proofs, formatNumber(sound.proofs, tag)],
            [f.ruleset, sound.ruleset],
            [
              f.before,
              sound.previous ? <Hex key="before" value={sound.previous} what={f.before} /> : f.beforeFirst,
            ],
            [
              f.hash,
              <span key="hash" title={f.hashHint}>
                <Hex value={sound.manifestHash} what={f.hash} />
              </span>,
            ],
            [f.root, sound.root ? <Hex key="root" value={sound.root} what={f.root} /> : t.common.none],
            [f.due, due && released ? f.dueText(released, due.units) : f.dueNone],
          ]}
        />
      </section>
      <Title order={3} size="h5">
        {t.verify.ownTitle}
      </Title>
      {sound.own.length === 0 && <Text c="dimmed">{t.verify.ownNone}</Text>}
      {sound.own.map((line) => (
        <BundleLine
          key={[line.kind, line.node, line.plot].join(' ')}
          line={line}
          reason={lineReason(line, t, tag)}
          token={token}
          evidence={evidence}
        />
      ))}
    </>
  );
}
