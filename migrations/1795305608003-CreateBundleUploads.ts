import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBundleUploads1795305608003 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "bundle_uploads" (
        "campaignId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "reference" text NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_bundle_uploads" PRIMARY KEY ("campaignId", "epochIndex")
      );
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`DROP TABLE "bundle_uploads";`);
  }
}
