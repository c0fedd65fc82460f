import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PayBeeNodes1795305609201 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns" ALTER "ruleset" DROP DEFAULT;
      ALTER TABLE "campaign_rates" ADD "beePerNeighbourhoodDay" numeric(78,0) NOT NULL DEFAULT '0';
      ALTER TABLE "bee_challenges" ADD "evidence" jsonb;
      CREATE INDEX "bee_challenges_closed" ON "bee_challenges" ("closedAt");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP INDEX "bee_challenges_closed";
      ALTER TABLE "bee_challenges" DROP "evidence";
      ALTER TABLE "campaign_rates" DROP "beePerNeighbourhoodDay";
      ALTER TABLE "campaigns" ALTER "ruleset" SET DEFAULT 'ruleset-1';
    `);
  }
}
