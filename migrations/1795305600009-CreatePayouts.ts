import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePayouts1795305600009 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "payout_roots" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "number" integer NOT NULL,
        "epochIndex" integer NOT NULL,
        "prevRoot" text NOT NULL,
        "root" text NOT NULL,
        "totalUnits" numeric(78,0) NOT NULL,
        "dataHash" text NOT NULL,
        "state" text NOT NULL DEFAULT 'built',
        "approvedBy" uuid,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "UQ_e8643838c19d5d3bc973b5e2e35" UNIQUE ("campaignId", "number"),
        CONSTRAINT "PK_a5a291175a0d15989efe401fa59" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_e809a8ff2dcd7aef13b2e8edec" ON "payout_roots" ("campaignId");
      CREATE TABLE "payout_entries" (
        "rootId" uuid NOT NULL,
        "index" integer NOT NULL,
        "accountId" uuid NOT NULL,
        "address" text NOT NULL,
        "units" numeric(78,0) NOT NULL,
        CONSTRAINT "PK_e9385f7b549a652aa71f8bd6ebf" PRIMARY KEY ("rootId", "index")
      );
      CREATE TABLE "payout_chunks" (
        "campaignId" uuid NOT NULL,
        "chunk" integer NOT NULL,
        "vector" bytea NOT NULL,
        CONSTRAINT "PK_ccc797b87c76476ee9cad5a5f71" PRIMARY KEY ("campaignId", "chunk")
      );
      CREATE TABLE "payouts" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "rootId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "accountId" uuid NOT NULL,
        "index" integer NOT NULL,
        "address" text NOT NULL,
        "units" numeric(78,0) NOT NULL,
        "amount" numeric(78,0) NOT NULL,
        "state" text NOT NULL DEFAULT 'pending',
        "tx" text,
        "blockNumber" integer,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "paid_once_per_root" UNIQUE ("rootId", "index"),
        CONSTRAINT "PK_76855dc4f0a6c18c72eea302e87" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_564fb1935e0dbbac99ba1a5e6b" ON "payouts" ("accountId", "createdAt");
      CREATE TABLE "outbox" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "key" text NOT NULL,
        "purpose" text NOT NULL,
        "rootId" uuid NOT NULL,
        "chainId" integer NOT NULL,
        "sender" text NOT NULL,
        "nonce" integer NOT NULL,
        "to" text NOT NULL,
        "data" text NOT NULL,
        "gasLimit" numeric(78,0) NOT NULL,
        "state" text NOT NULL DEFAULT 'waiting',
        "booked" boolean NOT NULL DEFAULT false,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "one_use_of_a_nonce" UNIQUE ("chainId", "sender", "nonce"),
        CONSTRAINT "PK_340ab539f309f03bdaa14aa7649" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_762bb757a795f423bc37adc2bd" ON "outbox" ("rootId");
      CREATE UNIQUE INDEX "one_live_transaction_per_key" ON "outbox" ("key") WHERE state IN ('waiting', 'final');
      CREATE TABLE "outbox_attempts" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "transactionId" uuid NOT NULL,
        "hash" text NOT NULL,
        "raw" text NOT NULL,
        "maxFeePerGas" numeric(78,0) NOT NULL,
        "maxPriorityFeePerGas" numeric(78,0) NOT NULL,
        "signedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "UQ_038cde1bb70d8486b76655b7663" UNIQUE ("hash"),
        CONSTRAINT "PK_e35a1f86fb21f9c97644a01b1f1" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_79f262fb45fe0e979ee3cd6f3d" ON "outbox_attempts" ("transactionId");
      ALTER TABLE "payout_entries" ADD CONSTRAINT "FK_cbde5e9aa6684312adfa94e848e" FOREIGN KEY ("rootId") REFERENCES "payout_roots"("id");
      ALTER TABLE "outbox_attempts" ADD CONSTRAINT "FK_79f262fb45fe0e979ee3cd6f3d6" FOREIGN KEY ("transactionId") REFERENCES "outbox"("id");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "outbox_attempts";
      DROP TABLE "outbox";
      DROP TABLE "payouts";
      DROP TABLE "payout_chunks";
      DROP TABLE "payout_entries";
      DROP TABLE "payout_roots";
    `);
  }
}
