import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAlerts1795305603101 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "alerts" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "code" text NOT NULL,
        "subject" text NOT NULL,
        "detail" jsonb NOT NULL,
        "raisedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "seenAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "clearedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_alerts" PRIMARY KEY ("id")
      );
      CREATE INDEX "alerts_by_end" ON "alerts" ("clearedAt", "raisedAt");
      CREATE UNIQUE INDEX "one_open_alert" ON "alerts" ("code", "subject") WHERE "clearedAt" IS NULL;
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query('DROP TABLE "alerts"');
  }
}
