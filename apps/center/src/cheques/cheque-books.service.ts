import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { OpenCheque } from '#libs/settlement';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { LedgerService } from '../rewards/ledger/ledger.service.js';
import type { MoreBooks } from '../rewards/reconcile/reconcile.service.js';
import type { Part } from './cash-parts.js';
import { ChequePayee } from './cheque.entity.js';

/** The newest cheque of a beneficiary, signed or still to be, and what was cashed; base units. */
export interface PayeeCheques extends OpenCheque {
  readonly beneficiary: string;
  readonly number: number;
}

/** What the cheques of a campaign come to. */
@Injectable()
export class ChequeBooks {
  constructor(private readonly ledger: LedgerService) {}

  /** One of each beneficiary of a campaign. */
  async newest(manager: EntityManager, campaignId: string): Promise<PayeeCheques[]> {
    const rows = await manager.query<Record<'beneficiary' | 'number' | 'cumulative' | 'cashed', string>[]>(
      `SELECT DISTINCT ON (c.beneficiary) c.beneficiary, c.number, c."cumulativePayout" AS cumulative,
         COALESCE(y.cashed, 0) AS cashed
       FROM cheques c
       LEFT JOIN cheque_payees y ON y."campaignId" = c."campaignId" AND y.beneficiary = c.beneficiary
       WHERE c."campaignId" = $1 ORDER BY c.beneficiary, c.number DESC`,
      [campaignId],
    );
    return rows.map(({ beneficiary, number, cumulative, cashed }) => ({
      beneficiary,
      number: Number(number),
      cumulativePayout: BigInt(cumulative),
      paidOut: BigInt(cashed),
    }));
  }

  /** Sum of all parts of each beneficiary's cheques: what its newest cheque says, or something is wrong. */
  private async byPayee(manager: EntityManager, campaignId: string): Promise<Map<string, bigint>> {
    const rows = await manager.query<{ beneficiary: string; sum: string }[]>(
      `SELECT c.beneficiary, SUM(p.amount) AS sum FROM cheques c JOIN cheque_parts p ON p."chequeId" = c.id
       WHERE c."campaignId" = $1 GROUP BY 1`,
      [campaignId],
    );
    return new Map(rows.map(({ beneficiary, sum }) => [beneficiary, BigInt(sum)]));
  }

  /** Base units in cheques, by account. */
  async byAccount(manager: EntityManager, campaignId: string): Promise<Map<string, bigint>> {
    const rows = await manager.query<{ accountId: string; sum: string }[]>(
      `SELECT p."accountId", SUM(p.amount) AS sum FROM cheque_parts p JOIN cheques c ON c.id = p."chequeId"
       WHERE c."campaignId" = $1 GROUP BY 1`,
      [campaignId],
    );
    return new Map(rows.map(({ accountId, sum }) => [accountId, BigInt(sum)]));
  }

  /** Every part of a beneficiary's cheques, in the order in which they are paid. */
  async partsOf(manager: EntityManager, campaignId: string, beneficiary: string): Promise<Part[]> {
    const rows = await manager.query<{ accountId: string; amount: string }[]>(
      `SELECT p."accountId", p.amount FROM cheque_parts p JOIN cheques c ON c.id = p."chequeId"
       WHERE c."campaignId" = $1 AND c.beneficiary = $2 ORDER BY c.number, p."accountId"`,
      [campaignId, beneficiary],
    );
    return rows.map(({ accountId, amount }) => ({ accountId, amount: BigInt(amount) }));
  }

  /** Base units that the contract has paid by cheques, as booked. */
  async cashed(manager: EntityManager, campaignId: string): Promise<bigint> {
    const { sum } = (await manager
      .createQueryBuilder(ChequePayee, 'payee')
      .select('COALESCE(SUM(payee.cashed), 0)', 'sum')
      .where('payee.campaignId = :campaignId', { campaignId })
      .getRawOne<{ sum: string }>())!;
    return BigInt(sum);
  }

  /** Of `reconcile`: the ledger against cheques and what was cashed, account by account and payee by payee. */
  readonly compare: MoreBooks = async (manager, campaign) => {
    if (campaign.payoutKind !== 'cheques') return [];
    const differences: Awaited<ReturnType<MoreBooks>> = [];
    const compare = (what: string, ledger: bigint, other: bigint) => {
      if (ledger === other) return;
      differences.push({ books: 'ledger and cheques', what, ledger: `${ledger}`, other: `${other}` });
    };
    const [booked, paid] = await this.booked(manager, campaign);
    const inCheques = await this.byAccount(manager, campaign.id);
    for (const account of new Set([...booked.keys(), ...inCheques.keys()]))
      compare(`in cheques of ${account}`, booked.get(account) ?? 0n, inCheques.get(account) ?? 0n);
    const parts = await this.byPayee(manager, campaign.id);
    for (const { beneficiary, cumulativePayout } of await this.newest(manager, campaign.id))
      compare(`cheque of ${beneficiary} and its parts`, parts.get(beneficiary) ?? 0n, cumulativePayout);
    compare('cashed', paid, await this.cashed(manager, campaign.id));
    return differences;
  };

  /** In cheques by the ledger, account by account, and what of all that was cashed. */
  private async booked(manager: EntityManager, { id }: Campaign): Promise<[Map<string, bigint>, bigint]> {
    const sums = new Map(await this.ledger.byOwner(id, 'contributor:published', manager));
    let paid = 0n;
    for (const [owner, amount] of await this.ledger.byOwner(id, 'contributor:paid', manager)) {
      sums.set(owner, (sums.get(owner) ?? 0n) + amount);
      paid += amount;
    }
    return [sums, paid];
  }
}
