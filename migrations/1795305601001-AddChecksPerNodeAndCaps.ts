import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddChecksPerNodeAndCaps1795305601001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns"
        ADD "nodeChecksPerDay" integer NOT NULL DEFAULT '48',
        ADD "confirmAfterSeconds" integer NOT NULL DEFAULT '86400',
        ADD "appealSeconds" integer NOT NULL DEFAULT '259200',
        ADD "accountCapPerEpoch" numeric(78,0),
        ADD "clusterCapPerEpoch" numeric(78,0),
        ADD "referralCapPerEpoch" numeric(78,0);
      ALTER TABLE "campaign_rates"
        ADD "referralBps" integer NOT NULL DEFAULT '0',
        ADD "needsApproval" boolean NOT NULL DEFAULT false,
        ADD "approvedBy" uuid;
      ALTER TABLE "checks"
        ADD "threshold" bigint NOT NULL DEFAULT '4294967296',
        ADD "withheld" boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "checks" DROP "withheld", DROP "threshold";
      ALTER TABLE "campaign_rates" DROP "approvedBy", DROP "needsApproval", DROP "referralBps";
      ALTER TABLE "campaigns"
        DROP "referralCapPerEpoch", DROP "clusterCapPerEpoch", DROP "accountCapPerEpoch",
        DROP "appealSeconds", DROP "confirmAfterSeconds", DROP "nodeChecksPerDay";
    `);
  }
}
