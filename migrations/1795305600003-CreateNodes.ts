import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNodes1795305600003 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "nodes" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "accountId" uuid NOT NULL,
        "publicKey" text NOT NULL,
        "name" text NOT NULL,
        "roles" jsonb NOT NULL,
        "report" jsonb NOT NULL,
        "state" text NOT NULL DEFAULT 'active',
        "pairedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "lastSeenAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "UQ_a7dbe4e144f56be8e37bb64e8e0" UNIQUE ("publicKey"),
        CONSTRAINT "PK_682d6427523a0fa43d062ea03ee" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_a317eed4bc5bb8ebb559ec60c3" ON "nodes" ("accountId");
      CREATE TABLE "pairing_codes" (
        "codeHash" bytea NOT NULL,
        "accountId" uuid NOT NULL,
        "expiresAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "usedByNode" uuid,
        CONSTRAINT "PK_597cc017349f387c9632234614a" PRIMARY KEY ("codeHash")
      );
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "pairing_codes";
      DROP TABLE "nodes";
    `);
  }
}
