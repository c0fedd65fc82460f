import { Alert, Anchor } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import type { Me } from '../api/models.js';
import { dateTime } from '../format/time.js';
import { useLanguage } from '../i18n/index.js';

/** On every page while a change of the payout address waits: who did not ask for it has until then. */
export function AddressNotice({ me: { pendingPayoutAddress } }: { me: Me }) {
  const { t, tag } = useLanguage();
  const { pathname } = useLocation();
  if (!pendingPayoutAddress || pathname === '/account') return null;
  const { address, effectiveAt } = pendingPayoutAddress;
  return (
    <Alert color="grain" mb="md" py="xs" role="status" data-testid="address-notice">
      <span style={{ overflowWrap: 'anywhere' }}>
        {t.pay.addressNotice(address, dateTime(effectiveAt, tag))}
      </span>{' '}
      <Anchor component={Link} to="/account" size="sm">
        {t.pay.addressNoticeLook}
      </Anchor>
    </Alert>
  );
}
