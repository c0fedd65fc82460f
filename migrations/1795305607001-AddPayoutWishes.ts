import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What contributors ask of their payouts, why a payout is held back, and what pushes cost. */
export class AddPayoutWishes1795305607001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "payout_wishes" (
        "accountId" uuid NOT NULL,
        "campaignId" uuid NOT NULL,
        "minimum" numeric(78,0) NOT NULL,
        "maxFeeBps" integer,
        "changedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_payout_wishes" PRIMARY KEY ("accountId", "campaignId")
      );
      ALTER TABLE "payouts" ADD "heldFor" text, ADD "heldUntil" numeric(78,0);
      CREATE INDEX "held_payouts" ON "payouts" ("campaignId") WHERE state = 'held';
      ALTER TABLE "outbox" ADD "gasUsed" numeric(78,0), ADD "payees" integer;
      CREATE TABLE "prices" (
        "asset" text NOT NULL,
        "currency" text NOT NULL,
        "day" date NOT NULL,
        "price" text NOT NULL,
        "readAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_prices" PRIMARY KEY ("asset", "currency", "day")
      );
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "prices";
      ALTER TABLE "outbox" DROP "payees", DROP "gasUsed";
      DROP INDEX "held_payouts";
      ALTER TABLE "payouts" DROP "heldUntil", DROP "heldFor";
      DROP TABLE "payout_wishes";
    `);
  }
}
