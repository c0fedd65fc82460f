import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDoubtsAndConsequences1795305601002 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "nodes" ADD "workHeld" boolean NOT NULL DEFAULT false;
      CREATE TABLE "doubts" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "plotRef" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "checkId" uuid NOT NULL,
        "cause" text NOT NULL,
        "openedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "askAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "outcome" text,
        "closedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_45d615ad91ae678b2c6955ad58b" PRIMARY KEY ("id")
      );
      CREATE TABLE "consequences" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "from" text NOT NULL,
        "to" text NOT NULL,
        "cause" text NOT NULL,
        "evidence" jsonb NOT NULL,
        "plotRef" uuid,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "reviewAt" TIMESTAMP(3) WITH TIME ZONE,
        "appeal" text,
        "appealedAt" TIMESTAMP(3) WITH TIME ZONE,
        "answerDueAt" TIMESTAMP(3) WITH TIME ZONE,
        "answer" text,
        "answeredBy" uuid,
        "answeredAt" TIMESTAMP(3) WITH TIME ZONE,
        "excused" boolean,
        CONSTRAINT "PK_38dda09b99de347d357e4a6dc50" PRIMARY KEY ("id")
      );
      CREATE TABLE "referrals" (
        "accountId" uuid NOT NULL,
        "referrerId" uuid NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_6cd6b8f9d80fb5952c0f678a6e3" PRIMARY KEY ("accountId")
      );
      CREATE TABLE "fraction_pools" (
        "campaignId" uuid NOT NULL,
        "kind" text NOT NULL,
        "subject" uuid NOT NULL,
        "tries" bigint NOT NULL,
        "proofs" bigint NOT NULL,
        CONSTRAINT "PK_f371e555eb731550c13b9c8e5a7" PRIMARY KEY ("campaignId", "kind", "subject")
      );
      CREATE INDEX "IDX_59de462f9ce130da142e3b5a9f" ON "referrals" ("referrerId");
      CREATE INDEX "IDX_e4e6bf3c34bb1ca83659559e00" ON "doubts" ("plotRef", "closedAt");
      CREATE UNIQUE INDEX "one_doubt_per_plot" ON "doubts" ("plotRef") WHERE "closedAt" IS NULL;
      CREATE INDEX "consequences_by_plot" ON "consequences" ("plotRef") WHERE "plotRef" IS NOT NULL;
      CREATE INDEX "open_appeals" ON "consequences" ("answerDueAt")
        WHERE "answeredAt" IS NULL AND "appealedAt" IS NOT NULL;
      CREATE INDEX "IDX_473d95e9af259a8823ebc58f4d" ON "consequences" ("accountId", "at");
      CREATE INDEX "IDX_513b0cfcdb6926aeabcb72b7cd" ON "consequences" ("nodeId", "at");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "referrals";
      DROP TABLE "fraction_pools";
      DROP TABLE "consequences";
      DROP TABLE "doubts";
      ALTER TABLE "nodes" DROP "workHeld";
    `);
  }
}
