import { Stack, Text } from '@mantine/core';
import { useAddressHistory } from '../../api/queries.js';
import { dateTime } from '../../format/time.js';
import { useLanguage } from '../../i18n/index.js';
import { Hex } from '../../ui/copy.js';

/** Every address that was ever set: whoever was in the account cannot take a change out of it. */
export function AddressHistory() {
  const { t, tag } = useLanguage();
  const items = useAddressHistory().data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <details>
      <summary>{t.pay.addressHistory}</summary>
      <Stack gap={6} mt="xs">
        {items.map(({ address, setAt, effectiveAt, cancelledAt }) => (
          <div key={setAt + address}>
            <Hex value={address} what={t.payouts.address} />
            <Text size="xs" c="dimmed">
              {t.pay.addressSet(dateTime(setAt, tag))},{' '}
              {cancelledAt
                ? t.pay.addressCancelled(dateTime(cancelledAt, tag))
                : t.pay.addressFrom(dateTime(effectiveAt, tag))}
            </Text>
          </div>
        ))}
      </Stack>
    </details>
  );
}
