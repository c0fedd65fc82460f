import { Alert, Button, FileInput, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { DataSet } from '../../../api/models.js';
import { useLanguage } from '../../../i18n/index.js';
import { failureText } from '../../../ui/failure-text.js';
import { BytesProgress } from './bytes-progress.js';
import { useSending } from './use-sending.js';

/** Sends a data set the content it still waits for. */
export function SendContent({ dataSet: { id, name }, close }: { dataSet: DataSet; close: () => void }) {
  const { t } = useLanguage();
  const [file, setFile] = useState<File | null>(null);
  const { sending, sent } = useSending(name, close);
  return (
    <Modal
      opened
      onClose={close}
      title={t.dataSets.sendTitle(name)}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Stack>
        <FileInput
          label={t.dataSets.file}
          placeholder={t.dataSets.chooseFile}
          value={file}
          onChange={setFile}
          error={file?.size === 0 && t.dataSets.fileEmpty}
        />
        {sent && <BytesProgress label={t.dataSets.sending} text={t.dataSets.progress} {...sent} />}
        {sending.error && (
          <Alert color="red" role="alert">
            {failureText(sending.error, t)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t.common.cancel}
          </Button>
          <Button
            disabled={!file || file.size === 0}
            loading={sending.isPending}
            onClick={() => file && sending.mutate({ id, file })}
          >
            {t.dataSets.send}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
