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
