import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/index.js';

/** Asks once before something that cannot be undone. */
export function Confirm({
  opened,
  title,
  text,
  yes,
  danger = false,
  busy,
  onYes,
  onClose,
  children,
}: {
  opened: boolean;
  title: string;
  text: string;
  yes: string;
  danger?: boolean;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useLanguage();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t.common.close }}
    >
      <Text size="sm">{text}</Text>
      {children}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t.common.cancel}
        </Button>
        <Button color={danger ? 'red' : undefined} loading={busy} onClick={onYes} data-testid="confirm-yes">
          {yes}
        </Button>
      </Group>
    </Modal>
  );
}
