import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SHA-256 of a data set's content as it was taken in; content from before that has none. */
export class AddContentHashToDataSets1795305608201 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`ALTER TABLE "data_sets" ADD "contentHash" text;`);
  }

  async down(runner: QueryRunner) {
    await runner.query(`ALTER TABLE "data_sets" DROP COLUMN "contentHash";`);
  }
}
