import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The same address may be a contract on each of several chains. */
export class OneCampaignPerContractOfAChain1795305603002 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns"
        DROP CONSTRAINT "UQ_f7cf33e220191ccddb89d332500",
        ADD CONSTRAINT "one_campaign_per_contract" UNIQUE ("chainId", "payoutContract");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns"
        DROP CONSTRAINT "one_campaign_per_contract",
        ADD CONSTRAINT "UQ_f7cf33e220191ccddb89d332500" UNIQUE ("payoutContract");
    `);
  }
}
