import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTasks1795305600004 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "tasks" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "kind" text NOT NULL,
        "state" text NOT NULL DEFAULT 'open',
        "k" integer NOT NULL,
        "plotRef" uuid,
        "plotBytes" bigint NOT NULL DEFAULT '0',
        "notNodeId" uuid,
        "attempts" integer NOT NULL DEFAULT '0',
        "failure" text,
        "notBefore" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_8d12ff38fcc62aaba2cab748772" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_78311fc0113f30babe95bf2ca2" ON "tasks" ("campaignId", "kind", "state");
      CREATE INDEX "IDX_e096bcd3f855da55422b2d28a0" ON "tasks" ("state", "kind", "createdAt");
      CREATE TABLE "leases" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "taskId" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "state" text NOT NULL DEFAULT 'active',
        "contractPuzzleHash" text,
        "phase" text NOT NULL DEFAULT 'granted',
        "fraction" real NOT NULL DEFAULT '0',
        "grantedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "expiresAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_2668e338ab2d27079170ea55ea2" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_e186bc8245ffcb398a6f3f9289" ON "leases" ("nodeId", "state");
      CREATE UNIQUE INDEX "one_live_lease_per_task" ON "leases" ("taskId") WHERE state IN ('active', 'checking');
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "leases";
      DROP TABLE "tasks";
    `);
  }
}
