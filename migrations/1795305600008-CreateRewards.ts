import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRewards1795305600008 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "epoch_closings" (
        "epochId" uuid NOT NULL,
        "campaignId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "ruleset" text NOT NULL,
        "ratesVersion" integer NOT NULL,
        "accrued" numeric(78,0) NOT NULL,
        "dataHash" text NOT NULL,
        "closedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_645084a705bd39c439840b84c2e" PRIMARY KEY ("epochId")
      );
      CREATE INDEX "IDX_0ca1531e627e0fd33406c2eba3" ON "epoch_closings" ("campaignId");
      CREATE TABLE "reward_lines" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "epochId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "accountId" uuid NOT NULL,
        "nodeId" uuid,
        "plotId" uuid,
        "kind" text NOT NULL,
        "amount" numeric(78,0) NOT NULL,
        "quantity" text NOT NULL,
        "unit" text NOT NULL,
        "rate" text NOT NULL,
        "reason" jsonb NOT NULL,
        CONSTRAINT "PK_5987c4300825460f019fb3dd51d" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_f82446ce7c21e4b8af2da8516e" ON "reward_lines" ("epochId");
      CREATE UNIQUE INDEX "one_line_of_a_kind_per_plot" ON "reward_lines" ("plotId", "kind") WHERE "plotId" IS NOT NULL;
      CREATE INDEX "IDX_ca3eef29ff2fac1d5fc29f6c48" ON "reward_lines" ("campaignId", "kind", "plotId");
      CREATE INDEX "IDX_0dde3b1c1d5fd3651ef584c8b9" ON "reward_lines" ("accountId", "at");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "reward_lines";
      DROP TABLE "epoch_closings";
    `);
  }
}
