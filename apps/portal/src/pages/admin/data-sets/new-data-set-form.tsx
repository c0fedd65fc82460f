import {
  Alert,
  Button,
  FileInput,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../../api/client.js';
import type { DataSet, NewDataSet } from '../../../api/models.js';
import { keys, useAction, useAllCampaigns } from '../../../api/queries.js';
import { parseBytes } from '../../../format/quantities.js';
import { useLanguage } from '../../../i18n/index.js';
import { failureText } from '../../../ui/failure-text.js';
import { showToast } from '../../../ui/toasts.js';
import { BytesProgress } from './bytes-progress.js';
import { useSending } from './use-sending.js';
import { MOST_REPLICAS } from './wanted-form.js';

const sources = ['upload', 'reference', 'filler'] as const;

/** Makes a data set; a file is sent right after it. */
export function NewDataSetForm({ close }: { close: () => void }) {
  const { t } = useLanguage();
  const words = t.dataSets;
  const campaigns = useAllCampaigns();
  const open = campaigns.data?.items.filter(({ state }) => state !== 'closed') ?? [];
  const [campaign, setCampaign] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [source, setSource] = useState<DataSet['source']>('upload');
  const [file, setFile] = useState<File | null>(null);
  const [reference, setReference] = useState('');
  const [size, setSize] = useState('1GB');
  const [wanted, setWanted] = useState<number | string>(3);
  const [tried, setTried] = useState(false);
  const { sending, sent } = useSending(name.trim(), close);
  const create = useAction(api.newDataSet, {
    quiet: true,
    touches: [keys.dataSets],
    done: ({ id }) => {
      if (source === 'upload') return sending.mutate({ id, file: file! });
      showToast({ kind: 'done', text: words.created(name.trim()) });
      close();
    },
  });

  const campaignId = campaign ?? open[0]?.id;
  const bytes = parseBytes(size);
  const named = reference
    .trim()
    .replace(/^(bzz:\/\/|0x)/, '')
    .toLowerCase();
  const fileError = !file ? tried && words.fileNone : file.size === 0 && words.fileEmpty;
  const referenceError = (tried || reference !== '') && !/^[0-9a-f]{64}$/.test(named) && words.referenceWrong;
  const sizeError = bytes === null && words.sizeWrong;
  const errors = { upload: !file || fileError, reference: referenceError, filler: sizeError };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!campaignId || !name.trim() || wanted === '' || errors[source]) return;
    const content: Partial<NewDataSet> =
      source === 'filler' ? { bytes: bytes! } : source === 'reference' ? { reference: named } : {};
    create.mutate({ campaignId, name: name.trim(), source, wanted: Number(wanted), ...content });
  };
  // once it is made, only its content can still fail: it must not be made twice
  const isMade = create.isSuccess;
  return (
    <Modal
      opened
      size="lg"
      onClose={close}
      title={words.make}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {campaigns.data && open.length === 0 && <Alert color="grain">{words.noCampaign}</Alert>}
          <Select
            label={words.campaign}
            data={open.map(({ id, name: label }) => ({ value: id, label }))}
            value={campaignId ?? null}
            onChange={setCampaign}
            allowDeselect={false}
          />
          <TextInput
            label={words.name}
            description={words.nameHint}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && !name.trim() && t.admin.form.required}
            data-testid="data-set-name"
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {words.source}
            </Text>
            <SegmentedControl
              fullWidth
              aria-label={words.source}
              value={source}
              onChange={(value) => setSource(value as DataSet['source'])}
              data={sources.map((value) => ({ value, label: words.sources[value] }))}
              data-testid="data-set-source"
            />
            <Text size="xs" c="dimmed" mt={6}>
              {words.sourceHints[source]}
            </Text>
          </div>
          {source === 'upload' && (
            <FileInput
              label={words.file}
              placeholder={words.chooseFile}
              value={file}
              onChange={setFile}
              error={fileError}
            />
          )}
          {source === 'reference' && (
            <TextInput
              label={words.reference}
              description={words.referenceHint}
              spellCheck={false}
              value={reference}
              onChange={(event) => setReference(event.currentTarget.value)}
              error={referenceError}
              data-testid="data-set-reference"
            />
          )}
          {source === 'filler' && (
            <TextInput
              label={words.fillerSize}
              description={words.fillerHint}
              value={size}
              onChange={(event) => setSize(event.currentTarget.value)}
              error={sizeError}
              data-testid="data-set-size"
            />
          )}
          <NumberInput
            label={words.wanted}
            description={words.waitingHint}
            min={0}
            max={MOST_REPLICAS}
            allowDecimal={false}
            clampBehavior="strict"
            value={wanted}
            onChange={setWanted}
            error={wanted === '' && t.admin.form.required}
          />
          {sent && <BytesProgress label={words.sending} text={words.progress} {...sent} />}
          {(create.error || sending.error) && (
            <Alert color="red" role="alert">
              {failureText((create.error ?? sending.error)!, t)} {sending.error && words.halfDone}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {isMade && !sending.isPending ? t.common.close : t.common.cancel}
            </Button>
            <Button
              type="submit"
              loading={create.isPending || sending.isPending}
              disabled={isMade || !campaignId}
              data-testid="data-set-create"
            >
              {words.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
