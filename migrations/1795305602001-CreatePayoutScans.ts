import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePayoutScans1795305602001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "payout_scans" (
        "campaignId" uuid NOT NULL,
        "block" integer NOT NULL,
        CONSTRAINT "PK_payout_scans" PRIMARY KEY ("campaignId")
      );
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE "payout_scans"');
  }
}
