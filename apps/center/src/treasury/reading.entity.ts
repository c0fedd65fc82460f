import { Column, Entity, PrimaryColumn } from 'typeorm';
import { amountColumn, timeColumn } from '../platform/database/columns.js';

/** What a campaign's contract was last seen to hold, at a final block. */
@Entity('contract_readings')
export class ContractReading {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'PK_contract_readings' })
  campaignId: string;

  /** Base units, both. */
  @Column(amountColumn)
  tokenBalance: bigint;

  @Column(amountColumn)
  paid: bigint;

  @Column(timeColumn)
  readAt: Date;
}

const senderKey = { primaryKeyConstraintName: 'PK_sender_readings' };

/** What an account that sends transactions was last seen to have for their fees. */
@Entity('sender_readings')
export class SenderReading {
  @PrimaryColumn({ type: 'integer', ...senderKey })
  chainId: number;

  /** EIP-55. */
  @PrimaryColumn({ type: 'text', ...senderKey })
  address: string;

  @Column({ type: 'text' })
  role: 'proposer' | 'approver';

  /** 10^-18 of the chain's coin. */
  @Column(amountColumn)
  balance: bigint;

  @Column(timeColumn)
  readAt: Date;
}
