import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDataSets1795305608001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "data_sets" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "name" text NOT NULL,
        "source" text NOT NULL,
        "reference" text,
        "state" text NOT NULL DEFAULT 'loading',
        "failure" text,
        "bytes" bigint NOT NULL DEFAULT 0,
        "k" integer NOT NULL DEFAULT 0,
        "wanted" integer NOT NULL,
        "createdBy" uuid NOT NULL,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_data_sets" PRIMARY KEY ("id")
      );
      CREATE TABLE "data_set_parts" (
        "dataSetId" uuid NOT NULL,
        "index" integer NOT NULL,
        "bytes" bytea NOT NULL,
        CONSTRAINT "PK_data_set_parts" PRIMARY KEY ("dataSetId", "index")
      );
      CREATE TABLE "replicas" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "dataSetId" uuid NOT NULL,
        "secret" bytea NOT NULL,
        "state" text NOT NULL DEFAULT 'making',
        "root" text,
        "contentRoot" text,
        "pieceHashes" bytea,
        "plotRef" uuid,
        "accountId" uuid,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "keptAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_replicas" PRIMARY KEY ("id")
      );
      CREATE TABLE "replica_ends" (
        "replicaId" uuid NOT NULL,
        "index" integer NOT NULL,
        "bytes" bytea NOT NULL,
        CONSTRAINT "PK_replica_ends" PRIMARY KEY ("replicaId", "index")
      );
      CREATE INDEX "data_sets_of_campaign" ON "data_sets" ("campaignId");
      CREATE INDEX "replicas_of_data_set" ON "replicas" ("dataSetId", "state");
      CREATE INDEX "replicas_of_account" ON "replicas" ("accountId");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "replica_ends";
      DROP TABLE "replicas";
      DROP TABLE "data_set_parts";
      DROP TABLE "data_sets";
    `);
  }
}
