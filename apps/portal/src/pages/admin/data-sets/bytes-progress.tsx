import { Progress, Text } from '@mantine/core';
import { formatBytes } from '../../../format/quantities.js';
import { useLanguage } from '../../../i18n/index.js';

/** How much of some bytes has travelled. */
export function BytesProgress({
  label,
  text,
  bytes,
  ofBytes,
}: {
  label: string;
  text: (done: string, all: string) => string;
  bytes: number;
  ofBytes: number;
}) {
  const { tag } = useLanguage();
  return (
    <div>
      <Progress value={ofBytes === 0 ? 0 : (100 * bytes) / ofBytes} aria-label={label} animated />
      <Text size="xs" c="dimmed" mt={4} className="number">
        {text(formatBytes(bytes, tag), formatBytes(ofBytes, tag))}
      </Text>
    </div>
  );
}
