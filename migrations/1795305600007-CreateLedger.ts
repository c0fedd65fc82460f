import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLedger1795305600007 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "ledger_transactions" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "kind" text NOT NULL,
        "key" text NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "UQ_c1da95eeb308ca53670ac9ee6ae" UNIQUE ("key"),
        CONSTRAINT "PK_633d103c9e415d615aacf9b1929" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_2047c265f55d544f1145c65158" ON "ledger_transactions" ("campaignId");
      CREATE TABLE "ledger_postings" (
        "id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        "transactionId" uuid NOT NULL,
        "campaignId" uuid NOT NULL,
        "account" text NOT NULL,
        "owner" uuid,
        "token" text NOT NULL,
        "amount" numeric(78,0) NOT NULL,
        CONSTRAINT "PK_4cdc4ebcb3797412b9d9177df70" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_b3f86925c792c3547c061f6884" ON "ledger_postings" ("transactionId");
      CREATE INDEX "IDX_6d52462d40bd53e3ecb5d38381" ON "ledger_postings" ("campaignId", "account", "owner");
      ALTER TABLE "ledger_postings" ADD CONSTRAINT "FK_b3f86925c792c3547c061f6884e" FOREIGN KEY ("transactionId") REFERENCES "ledger_transactions"("id");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "ledger_postings";
      DROP TABLE "ledger_transactions";
    `);
  }
}
