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
import { RatesPreview } from './rates-preview.js';

/** Rates change forward only: a new version from a later time on; what it would have come to can be looked at before. */
export function NewRatesForm({ campaign, close }: { campaign: Campaign; close: () => void }) {
  const { t } = useLanguage();
  const { decimals } = campaign.token;
  const [draft, setDraft] = useState(() => draftOf(campaign.nextRates ?? campaign.rates, decimals));
  const [from, setFrom] = useState(() => toLocalInput(serverNow() + 3_600_000));
  const [asked, setAsked] = useState<NewRates | null>(null);
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
  const typed = rates && effectiveAt && !past ? { ...rates, effectiveAt } : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed) publish.mutate(typed);
  };
  return (
    <Modal
      opened
      size="xl"
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
            <Button
              variant="light"
              disabled={!typed}
              onClick={() => setAsked(typed)}
              data-testid="preview-rates"
            >
              {t.admin.preview.show}
            </Button>
            <Button type="submit" loading={publish.isPending} disabled={!typed}>
              {t.admin.form.publish}
            </Button>
          </Group>
          {asked && (
            <RatesPreview
              campaign={campaign}
              draft={asked}
              outdated={JSON.stringify(asked) !== JSON.stringify(typed)}
            />
          )}
        </Stack>
      </form>
    </Modal>
  );
}
