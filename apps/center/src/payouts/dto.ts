import { TokenView } from '../campaigns/dto.js';
import type { OutboxState, Purpose } from './outbox.entity.js';
import type { PayoutState, RootState } from './payout.entity.js';
import type { HeldFor } from './wishes/held-for.js';

export class HoldView {
  reason: HeldFor;
  /** Base units from which on it would be sent, at the fee of when this was last looked at. */
  until: string;
}

export class PayoutView {
  id: string;
  campaignId: string;
  campaignName: string;
  token: TokenView;
  address: string;
  /** Base units. */
  amount: string;
  units: string;
  state: PayoutState;
  /** Why it waits, as its contributor asked for. */
  held: HoldView | null;
  tx: string | null;
  /** Null when the chain has no explorer configured. */
  txUrl: string | null;
  blockNumber: number | null;
  at: string;
  epochIndex: number;
}

export class PayoutsPage {
  items: PayoutView[];
  next: string | null;
}

export class RootTransactionView {
  purpose: Exclude<Purpose, 'fill'>;
  hash: string;
  state: OutboxState;
}

export class PayoutRootView {
  id: string;
  campaignId: string;
  campaignName: string;
  token: TokenView;
  number: number;
  epochIndex: number;
  root: string;
  totalUnits: string;
  dataHash: string;
  /** Where the bundle behind it lies on Swarm, 32 bytes hex; null: not there. */
  swarmReference: string | null;
  recipients: number;
  /** Base units this root pays. */
  amount: string;
  state: RootState;
  createdAt: string;
  /** Whether an admin can approve it here now. */
  awaitsApproval: boolean;
  transactions: RootTransactionView[];
}

export class PayoutRootsPage {
  items: PayoutRootView[];
  next: string | null;
}
