import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was last read of contracts and senders, and campaigns that stand still for want of money. */
export class CreateTreasury1795305607003 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "contract_readings" (
        "campaignId" uuid NOT NULL,
        "tokenBalance" numeric(78,0) NOT NULL,
        "paid" numeric(78,0) NOT NULL,
        "readAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_contract_readings" PRIMARY KEY ("campaignId")
      );
      CREATE TABLE "sender_readings" (
        "chainId" integer NOT NULL,
        "address" text NOT NULL,
        "role" text NOT NULL,
        "balance" numeric(78,0) NOT NULL,
        "readAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_sender_readings" PRIMARY KEY ("chainId", "address")
      );
      ALTER TABLE "campaigns" ADD "fundsLowSince" TIMESTAMP(3) WITH TIME ZONE, ADD "pausedForFunds" boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns" DROP "pausedForFunds", DROP "fundsLowSince";
      DROP TABLE "sender_readings";
      DROP TABLE "contract_readings";
    `);
  }
}
