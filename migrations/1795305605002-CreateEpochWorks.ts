import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEpochWorks1795305605002 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "epoch_works" (
        "campaignId" uuid NOT NULL,
        "epochIndex" integer NOT NULL,
        "part" integer NOT NULL,
        "content" bytea NOT NULL,
        CONSTRAINT "PK_epoch_works" PRIMARY KEY ("campaignId", "epochIndex", "part")
      );
      CREATE TRIGGER epoch_works_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON epoch_works
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE "epoch_works"');
  }
}
