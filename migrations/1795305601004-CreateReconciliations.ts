import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReconciliations1795305601004 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "reconciliations" (
        "campaignId" uuid NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "differences" jsonb NOT NULL,
        "behindSince" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_reconciliations" PRIMARY KEY ("campaignId")
      );
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE "reconciliations"');
  }
}
