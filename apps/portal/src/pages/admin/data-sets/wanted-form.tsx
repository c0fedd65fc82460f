import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../../api/client.js';
import type { DataSet } from '../../../api/models.js';
import { keys, useAction } from '../../../api/queries.js';
import { formatNumber } from '../../../format/quantities.js';
import { useLanguage } from '../../../i18n/index.js';
import { showToast } from '../../../ui/toasts.js';

/** As many as a data set may have. */
export const MOST_REPLICAS = 10_000;

/** How many replicas of a data set there are to be. */
export function WantedForm({
  dataSet: { id, name, wanted },
  close,
}: {
  dataSet: DataSet;
  close: () => void;
}) {
  const { t, tag } = useLanguage();
  const [typed, setTyped] = useState<number | string>(wanted);
  const change = useAction((count: number) => api.wantReplicas(id, count), {
    touches: [keys.dataSets],
    done: (_, count) => {
      showToast({ kind: 'done', text: t.dataSets.wantedDone(name, formatNumber(count, tag)) });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '') change.mutate(Number(typed));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t.dataSets.changeTitle(name)}
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t.dataSets.changeText}
          </Text>
          <NumberInput
            label={t.dataSets.wanted}
            min={0}
            max={MOST_REPLICAS}
            allowDecimal={false}
            clampBehavior="strict"
            value={typed}
            onChange={setTyped}
            data-autofocus
            data-testid="wanted"
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t.common.cancel}
            </Button>
            <Button type="submit" loading={change.isPending} data-testid="wanted-save">
              {t.common.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
