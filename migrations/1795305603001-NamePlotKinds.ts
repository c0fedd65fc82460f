import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whatever there is so far is of the kind chia-v1; from now on everything says its kind. */
export class NamePlotKinds1795305603001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns" ADD "plotKind" text NOT NULL DEFAULT 'chia-v1';
      ALTER TABLE "campaigns" ALTER "plotKind" DROP DEFAULT;
      ALTER TABLE "tasks" ADD "plotKind" text NOT NULL DEFAULT 'chia-v1';
      ALTER TABLE "tasks" ALTER "plotKind" DROP DEFAULT;
      ALTER TABLE "plots"
        ALTER "kind" DROP DEFAULT,
        DROP CONSTRAINT "plot_once",
        ADD CONSTRAINT "plot_once" UNIQUE ("kind", "significantId", "k");
      ALTER TABLE "checks" ADD "claimedKind" text, ADD "claimedK" integer;
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "checks" DROP "claimedK", DROP "claimedKind";
      ALTER TABLE "plots"
        DROP CONSTRAINT "plot_once",
        ADD CONSTRAINT "plot_once" UNIQUE ("significantId", "k"),
        ALTER "kind" SET DEFAULT 'chia-v1';
      ALTER TABLE "tasks" DROP "plotKind";
      ALTER TABLE "campaigns" DROP "plotKind";
    `);
  }
}
