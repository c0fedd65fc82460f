import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlots1795305600005 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "plots" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "plotId" text NOT NULL,
        "significantId" text NOT NULL,
        "k" integer NOT NULL,
        "kind" text NOT NULL DEFAULT 'chia-v1',
        "farmerPublicKey" text NOT NULL,
        "contractPuzzleHash" text NOT NULL,
        "plotBytes" bigint NOT NULL,
        "contentRoot" text NOT NULL,
        "campaignId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "leaseId" uuid NOT NULL,
        "state" text NOT NULL DEFAULT 'registered',
        "registeredAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "acceptedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "UQ_254285ac530308478bcaa7ec9f4" UNIQUE ("leaseId"),
        CONSTRAINT "plot_once" UNIQUE ("significantId", "k"),
        CONSTRAINT "PK_ba7eaba496503e69206deae9363" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_b0ecc90c0c634ae363b5304f67" ON "plots" ("plotId");
      CREATE INDEX "IDX_61f30d50e3b477bbeffd6724f2" ON "plots" ("accountId");
      CREATE INDEX "IDX_b87985cd9fb7f97a62bd3af3f3" ON "plots" ("campaignId", "state");
      CREATE TABLE "custodies" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "plotRef" uuid NOT NULL,
        "campaignId" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "storing" boolean NOT NULL,
        "fromAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "untilAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_f1464598e4e2c3b0a4b28e768ac" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_016ae072488e793db795427a9e" ON "custodies" ("campaignId", "fromAt");
      CREATE INDEX "IDX_39ea50c36b8aacc51d62d74b91" ON "custodies" ("nodeId", "untilAt");
      CREATE UNIQUE INDEX "one_keeper_per_plot" ON "custodies" ("plotRef") WHERE "untilAt" IS NULL;
      CREATE TABLE "transfers" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "leaseId" uuid NOT NULL,
        "plotRef" uuid NOT NULL,
        "fromNode" uuid NOT NULL,
        "toNode" uuid NOT NULL,
        "state" text NOT NULL DEFAULT 'checking',
        "arrivedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_f712e908b465e0085b4408cabc3" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_6a5d5f384b8359bafbed40931f" ON "transfers" ("state");
      CREATE UNIQUE INDEX "one_open_transfer_per_lease" ON "transfers" ("leaseId");
      ALTER TABLE "custodies" ADD CONSTRAINT "FK_a731535595830ac12830d837ed1" FOREIGN KEY ("plotRef") REFERENCES "plots"("id");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "transfers";
      DROP TABLE "custodies";
      DROP TABLE "plots";
    `);
  }
}
