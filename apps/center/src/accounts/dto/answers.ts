import type { AccountRole } from '../../platform/auth/guards.js';

export class NonceAnswer {
  nonce: string;
  expiresAt: string;
}

export class AddressView {
  address: string;
  /** From when on it is paid to. */
  effectiveAt: string;
}

export class AddressChangeView extends AddressView {
  setAt: string;
  /** When it was called off, or replaced, before it took effect. */
  cancelledAt: string | null;
}

export class PayoutAddressesAnswer {
  items: AddressChangeView[];
}

export class MeAnswer {
  id: string;
  displayName: string;
  email: string | null;
  walletAddress: string | null;
  role: AccountRole;
  locale: 'en' | 'zh';
  payoutAddress: AddressView | null;
  pendingPayoutAddress: AddressView | null;
}
