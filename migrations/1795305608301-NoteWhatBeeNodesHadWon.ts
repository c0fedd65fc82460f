import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NoteWhatBeeNodesHadWon1795305608301 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`ALTER TABLE "bee_nodes" ADD "firstReward" text, ADD "firstFees" text`);
  }

  async down(runner: QueryRunner) {
    await runner.query(`ALTER TABLE "bee_nodes" DROP "firstFees", DROP "firstReward"`);
  }
}
