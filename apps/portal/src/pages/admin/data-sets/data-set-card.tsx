import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Campaign, DataSet } from '../../../api/models.js';
import { formatBytes, formatNumber } from '../../../format/quantities.js';
import { payPerDay } from '../../../format/storage-pay.js';
import { useLanguage } from '../../../i18n/index.js';
import { Ago } from '../../../ui/ago.js';
import { Hex } from '../../../ui/copy.js';
import { Facts } from '../../../ui/facts.js';
import { Money } from '../../../ui/money.js';
import { StateBadge, type Tone } from '../../../ui/state-badge.js';
import { ReadBack } from './read-back.js';
import { ReplicasDrawer } from './replicas-drawer.js';
import { SendContent } from './send-content.js';
import { WantedForm } from './wanted-form.js';

const tones: Record<DataSet['state'], Tone> = { loading: 'waits', ready: 'good', failed: 'bad' };

const REPLICA = 'swarm-replica';

/** One data set: its content, how well it is kept, what that costs, and what may be done. */
export function DataSetCard({ dataSet, campaign }: { dataSet: DataSet; campaign: Campaign | null }) {
  const { t, tag } = useLanguage();
  const words = t.dataSets;
  const [open, setOpen] = useState<'replicas' | 'wanted' | 'send' | 'read' | null>(null);
  const close = () => setOpen(null);
  const { name, source, state, failure, k, bytes, replicaBytes, wanted, reference, contentHash } = dataSet;
  const number = (count: number) => formatNumber(count, tag);
  const hinted = (hint: string, value: ReactNode) => (
    <span key={hint} title={hint}>
      {value}
    </span>
  );
  const isLoaded = state === 'ready';
  const pay = campaign && isLoaded ? payPerDay({ kind: REPLICA, k }, campaign.rates) : null;
  const failureText = failure && failure in t.errors ? t.errors[failure as keyof typeof t.errors] : failure;
  return (
    <article className="card" aria-label={name} data-testid="data-set-card">
      <Stack>
        <Group justify="space-between" gap="sm">
          <Group gap="sm" miw={0}>
            <Title order={2} size="h4" className="anywhere">
              {name}
            </Title>
            <StateBadge tone={tones[state]} text={words.states[state]} hint={words.stateHints[state]} />
          </Group>
          <Group gap="xs">
            {source === 'upload' && state === 'loading' && (
              <Button size="xs" onClick={() => setOpen('send')} data-testid="send-content">
                {words.send}
              </Button>
            )}
            {isLoaded && source !== 'filler' && (
              <Button size="xs" variant="default" onClick={() => setOpen('read')} data-testid="read-back">
                {words.read}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={() => setOpen('wanted')} data-testid="change-wanted">
              {words.change}
            </Button>
            <Button size="xs" variant="light" onClick={() => setOpen('replicas')} data-testid="show-replicas">
              {words.replicas}
            </Button>
          </Group>
        </Group>
        {failureText && (
          <Text size="sm" c="red" className="anywhere">
            {failureText}
          </Text>
        )}
        <Facts
          items={[
            [
              words.kept,
              <b key="kept" data-testid="data-set-kept">
                {words.keptOf(number(dataSet.proved), number(wanted))}
              </b>,
            ],
            [words.arriving, number(dataSet.arrived)],
            [words.waiting, hinted(words.waitingHint, number(dataSet.waiting))],
            [words.lost, hinted(words.lostHint, number(dataSet.lost))],
            [words.size, isLoaded ? formatBytes(bytes, tag) : t.common.notYet],
            [
              words.perReplica,
              isLoaded ? hinted(words.perReplicaHint, formatBytes(replicaBytes, tag)) : t.common.notYet,
            ],
            [
              words.costs,
              pay === null || !campaign ? (
                t.common.unknown
              ) : (
                <Money key="costs" units={pay * BigInt(wanted)} token={campaign.token} />
              ),
            ],
            [words.campaign, campaign?.name ?? t.common.unknown],
            [words.source, hinted(words.sourceHints[source], words.sources[source])],
            reference ? [words.reference, <Hex key="ref" value={reference} what={words.reference} />] : null,
            contentHash ? [words.hash, <Hex key="hash" value={contentHash} what={words.hash} />] : null,
            [words.made, <Ago key="made" at={dataSet.createdAt} />],
          ]}
        />
      </Stack>
      {open === 'replicas' && <ReplicasDrawer dataSet={dataSet} close={close} />}
      {open === 'wanted' && <WantedForm dataSet={dataSet} close={close} />}
      {open === 'send' && <SendContent dataSet={dataSet} close={close} />}
      {open === 'read' && <ReadBack dataSet={dataSet} close={close} />}
    </article>
  );
}
