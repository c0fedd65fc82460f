import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bundles are kept for ever: nothing of them is changed or removed. */
export class CreateBundles1795305601003 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "bundles" (
        "campaignId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "manifestHash" text NOT NULL,
        "manifest" text NOT NULL,
        "bytes" bigint NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_bundles" PRIMARY KEY ("campaignId", "epochIndex")
      );
      CREATE TABLE "bundle_parts" (
        "campaignId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "name" text NOT NULL,
        "part" integer NOT NULL,
        "frame" bytea NOT NULL,
        CONSTRAINT "PK_bundle_parts" PRIMARY KEY ("campaignId", "epochIndex", "name", "part")
      );
      CREATE TRIGGER bundles_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bundles
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
      CREATE TRIGGER bundle_parts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bundle_parts
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "bundle_parts";
      DROP TABLE "bundles";
    `);
  }
}
