import {
  Alert,
  Button,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.js';
import type { Campaign } from '../../api/models.js';
import { keys, useAction } from '../../api/queries.js';
import { serverNow } from '../../format/server-clock.js';
import { useLanguage } from '../../i18n/index.js';
import { failureText } from '../../ui/failure-text.js';
import { showToast } from '../../ui/toasts.js';
import { readAddress } from '../../wallet/eip55.js';
import { fromLocalInput, toLocalInput } from './local-time.js';
import { type RatesDraft, RatesFields, readRates } from './rates-fields.js';

const DAY_MS = 86_400_000;

/** Numbers of a campaign with what a production campaign usually takes. */
const usual = {
  epochSeconds: 86_400,
  roundSeconds: 60,
  minK: 32,
  taskK: 32,
  plotTarget: 1000,
  retentionSeconds: 30 * 86_400,
};
const bounds: Record<keyof typeof usual, [min: number, max: number]> = {
  epochSeconds: [5, 7 * 86_400],
  roundSeconds: [1, 86_400],
  minK: [1, 255],
  taskK: [1, 255],
  plotTarget: [0, 10_000_000],
  retentionSeconds: [0, 10 * 366 * 86_400],
};

export function NewCampaignForm({ close }: { close: () => void }) {
  const { t } = useLanguage();
  const { form } = t.admin;
  const [name, setName] = useState('');
  const [token, setToken] = useState('');
  const [payoutKind, setPayoutKind] = useState<Campaign['payoutKind']>('push');
  const [disputeHours, setDisputeHours] = useState(24);
  const [contract, setContract] = useState('');
  const [starts, setStarts] = useState(() => toLocalInput(serverNow()));
  const [ends, setEnds] = useState(() => toLocalInput(serverNow() + 90 * DAY_MS));
  const [numbers, setNumbers] = useState(usual);
  const [decimals, setDecimals] = useState(18);
  const [draft, setDraft] = useState<RatesDraft>({
    perPlot: [{ key: 1, k: 32, amount: '1' }],
    immediatePercent: 50,
    referralPercent: 0,
    perHour: '0.01',
    beePerDay: '0',
  });
  const [tried, setTried] = useState(false);
  const create = useAction(api.newCampaign, {
    quiet: true,
    touches: [keys.allCampaigns, keys.campaigns],
    done: (campaign) => {
      showToast({ kind: 'done', text: form.created(campaign.name) });
      close();
    },
  });

  const startsAt = fromLocalInput(starts);
  const endsAt = fromLocalInput(ends);
  const tokenAddress = readAddress(token).address;
  const payoutContract = readAddress(contract).address;
  const rates = readRates(draft, decimals);
  const ordered = startsAt !== null && endsAt !== null && startsAt < endsAt;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!name.trim() || !tokenAddress || !payoutContract || !startsAt || !endsAt || !ordered || !rates)
      return;
    const paying =
      payoutKind === 'cheques'
        ? { payoutKind, payoutContract, disputeSeconds: disputeHours * 3600 }
        : { payoutKind, payoutContract };
    create.mutate({ name: name.trim(), tokenAddress, ...paying, startsAt, endsAt, ...numbers, rates });
  };
  const number = (key: keyof typeof usual, description?: string) => (
    <NumberInput
      label={form[key]}
      description={description}
      min={bounds[key][0]}
      max={bounds[key][1]}
      allowDecimal={false}
      clampBehavior="strict"
      value={numbers[key]}
      onChange={(value) => setNumbers({ ...numbers, [key]: Number(value) })}
    />
  );
  return (
    <Modal
      opened
      size="xl"
      onClose={close}
      title={t.admin.newCampaign}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={form.name}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && !name.trim() && form.required}
          />
          <TextInput
            label={form.token}
            placeholder="0x…"
            spellCheck={false}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={(tried || token !== '') && !tokenAddress && form.addressWrong}
          />
          <NativeSelect
            label={t.cheques.payoutKind}
            description={t.cheques.payoutKindHint}
            value={payoutKind}
            onChange={({ currentTarget: { value } }) => setPayoutKind(value === 'cheques' ? value : 'push')}
            data={(['push', 'cheques'] as const).map((value) => ({
              value,
              label: t.cheques.payoutKinds[value],
            }))}
            data-testid="payout-kind"
          />
          {payoutKind === 'cheques' && (
            <NumberInput
              label={t.cheques.disputeHours}
              min={0}
              max={720}
              allowDecimal={false}
              clampBehavior="strict"
              value={disputeHours}
              onChange={(value) => setDisputeHours(Number(value))}
            />
          )}
          <TextInput
            label={payoutKind === 'cheques' ? t.cheques.chequebookField : form.contract}
            description={payoutKind === 'cheques' ? t.cheques.chequebookHint : form.contractHint}
            placeholder="0x…"
            spellCheck={false}
            value={contract}
            onChange={(event) => setContract(event.currentTarget.value)}
            error={(tried || contract !== '') && !payoutContract && form.addressWrong}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              type="datetime-local"
              label={form.startsAt}
              value={starts}
              onChange={(event) => setStarts(event.currentTarget.value)}
              error={startsAt === null && form.required}
            />
            <TextInput
              type="datetime-local"
              label={form.endsAt}
              value={ends}
              onChange={(event) => setEnds(event.currentTarget.value)}
              error={endsAt === null ? form.required : !ordered && form.endBeforeStart}
            />
            {number('epochSeconds', form.epochHint)}
            {number('retentionSeconds', form.retentionHint)}
            {number('roundSeconds')}
            {number('plotTarget')}
            {number('taskK')}
            {number('minK')}
          </SimpleGrid>
          <NumberInput
            label={form.decimals}
            description={form.decimalsHint}
            maw={300}
            min={0}
            max={36}
            allowDecimal={false}
            value={decimals}
            onChange={(value) => setDecimals(Number(value))}
          />
          <RatesFields draft={draft} setDraft={setDraft} decimals={decimals} />
          {create.error && (
            <Alert color="red" role="alert">
              {failureText(create.error, t)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t.common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {form.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
