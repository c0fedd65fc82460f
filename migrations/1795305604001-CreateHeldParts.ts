import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHeldParts1795305604001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "held_parts" (
        "campaignId" uuid NOT NULL,
        "plotRef" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "amount" numeric(78,0) NOT NULL,
        "keptMs" bigint NOT NULL,
        "provedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "missed" integer NOT NULL,
        CONSTRAINT "PK_4baa12402db76ceb51768261b8e" PRIMARY KEY ("campaignId", "plotRef")
      );
      INSERT INTO "held_parts"
        SELECT held."campaignId", held."plotId", held."accountId", held.amount, 0, held.at, 0
        FROM reward_lines held WHERE held.kind = 'plotting-held' AND held.amount > 0 AND NOT EXISTS (
          SELECT 1 FROM reward_lines r WHERE r."plotId" = held."plotId"
            AND r.kind IN ('plotting-release', 'plotting-forfeit'));
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`DROP TABLE "held_parts"`);
  }
}
