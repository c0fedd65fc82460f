import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A change that was replaced or called off before it took effect must never do so. */
export class LetPayoutAddressesBeCancelled1795305607002 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "payout_addresses" ADD "cancelledAt" TIMESTAMP(3) WITH TIME ZONE;
      UPDATE "payout_addresses" older SET "cancelledAt" = newer."setAt"
        FROM "payout_addresses" newer
        WHERE newer."accountId" = older."accountId" AND newer."setAt" > older."setAt"
          AND newer."setAt" < older."effectiveAt";
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`ALTER TABLE "payout_addresses" DROP "cancelledAt"`);
  }
}
