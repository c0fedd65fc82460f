import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type ContentRead, readContent } from '../../../api/content.js';
import type { DataSet } from '../../../api/models.js';
import { formatBytes } from '../../../format/quantities.js';
import { useLanguage } from '../../../i18n/index.js';
import { failureText } from '../../../ui/failure-text.js';
import { BytesProgress } from './bytes-progress.js';

type Reading =
  | { at: 'idle' }
  | { at: 'reading'; bytes: number }
  | { at: 'failed'; error: Error }
  | { at: 'read'; read: ContentRead };

/** Reads a data set back from its keepers and compares it with the hash that was taken when it came in. */
export function ReadBack({ dataSet, close }: { dataSet: DataSet; close: () => void }) {
  const { t } = useLanguage();
  const [reading, setReading] = useState<Reading>({ at: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = () => {
    const stop = new AbortController();
    running.current = stop;
    setReading({ at: 'reading', bytes: 0 });
    const onRead = (bytes: number) => setReading({ at: 'reading', bytes });
    readContent(dataSet.id, dataSet.bytes, onRead, stop.signal).then(
      (read) => setReading({ at: 'read', read }),
      (error: Error) => !stop.signal.aborted && setReading({ at: 'failed', error }),
    );
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t.dataSets.readTitle(dataSet.name)}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Stack data-testid="reading" data-state={reading.at}>
        <Text size="sm" c="dimmed">
          {t.dataSets.readLead}
        </Text>
        {reading.at === 'reading' ? (
          <BytesProgress
            label={t.dataSets.read}
            text={t.dataSets.progress}
            bytes={reading.bytes}
            ofBytes={dataSet.bytes}
          />
        ) : (
          <div>
            <Button onClick={start} data-autofocus data-testid="read-start">
              {reading.at === 'idle' ? t.dataSets.readStart : t.dataSets.readAgain}
            </Button>
          </div>
        )}
        <div aria-live="polite">
          {reading.at === 'failed' && (
            <Alert color="red" role="alert">
              {failureText(reading.error, t)}
            </Alert>
          )}
          {reading.at === 'read' && <Outcome dataSet={dataSet} read={reading.read} />}
        </div>
      </Stack>
    </Modal>
  );
}

function Outcome({ dataSet, read: { content, hash, isCut } }: { dataSet: DataSet; read: ContentRead }) {
  const { t, tag } = useLanguage();
  const words = t.dataSets;
  const size = formatBytes(content.size, tag);
  if (isCut)
    return (
      <Alert color="grain" role="alert" data-testid="read-outcome" data-outcome="cut">
        {words.readCut(size, formatBytes(dataSet.bytes, tag))}
      </Alert>
    );
  const isWhole = dataSet.contentHash === hash;
  if (dataSet.contentHash !== null && !isWhole)
    return (
      <Alert
        color="red"
        title={words.readDiffers}
        role="alert"
        data-testid="read-outcome"
        data-outcome="differs"
      >
        <span className="anywhere">{words.readDiffersText(size, hash)}</span>
      </Alert>
    );
  return (
    <Alert
      color="croft"
      title={isWhole ? words.readWhole : undefined}
      data-testid="read-outcome"
      data-outcome="whole"
    >
      <Text size="sm" className="anywhere">
        {isWhole ? words.readWholeText(size, hash) : words.readNoHash}
      </Text>
      <Button size="xs" mt="sm" onClick={() => save(content, dataSet.name)} data-testid="read-save">
        {words.save}
      </Button>
    </Alert>
  );
}

/** Hands a file to the browser's downloads. */
function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // the browser takes hold of it in its own time
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
