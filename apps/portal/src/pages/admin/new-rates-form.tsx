import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.js';
import type { Campaign, NewRates } from '../../api/models.js';
import { keys, useAction } from '../../api/queries.js';
import { serverNow } from '../../format/server-clock.js';
import { useLanguage } from '../../i18n/index.js';
import { failureText } from '../../ui/failure-text.js';
import { showToast } from '../../ui/toasts.js';
import { fromLocalInput, toLocalInput } from './local-time.js';
import { draftOf, RatesFields, readRates } from './rates-fields.js';

/** Rates change forward only: a new version from a later time on. */
export function NewRatesForm({ campaign, close }: { campaign: Campaign; close: () => void }) {
  const { t } = useLanguage();
  const { decimals } = campaign.token;
  const [draft, setDraft] = useState(() => draftOf(campaign.nextRates ?? campaign.rates, decimals));
  const [from, setFrom] = useState(() => toLocalInput(serverNow() + 3_600_000));
  const publish = useAction((rates: NewRates) => api.newRates(campaign.id, rates), {
    quiet: true,
    touches: [keys.allCampaigns, keys.campaigns],
    done: () => {
      showToast({ kind: 'done', text: t.admin.form.published });
      close();
    },
  });
  const rates = readRates(draft, decimals);
  const effectiveAt = fromLocalInput(from);
  const past = effectiveAt !== null && Date.parse(effectiveAt) <= serverNow();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rates && effectiveAt && !past) publish.mutate({ ...rates, effectiveAt });
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={close}
      title={`${t.admin.newRates}: ${campaign.name}`}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            type="datetime-local"
            label={t.admin.form.effectiveAt}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={effectiveAt === null ? t.admin.form.required : past && t.admin.form.past}
          />
          <RatesFields draft={draft} setDraft={setDraft} decimals={decimals} />
          {publish.error && (
            <Alert color="red" role="alert">
              {failureText(publish.error, t)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t.common.cancel}
            </Button>
            <Button type="submit" loading={publish.isPending} disabled={!rates || !effectiveAt || past}>
              {t.admin.form.publish}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
