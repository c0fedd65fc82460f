import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCampaigns1795305600002 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "campaigns" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "name" text NOT NULL,
        "state" text NOT NULL DEFAULT 'draft',
        "tokenAddress" text NOT NULL,
        "tokenSymbol" text NOT NULL,
        "tokenDecimals" integer NOT NULL,
        "chainId" integer NOT NULL,
        "payoutContract" text NOT NULL,
        "unitSize" numeric(78,0) NOT NULL,
        "startsAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "endsAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "epochSeconds" integer NOT NULL,
        "roundSeconds" integer NOT NULL,
        "checksPerPlotPerDay" integer NOT NULL DEFAULT '48',
        "deadlineMs" integer NOT NULL,
        "minK" integer NOT NULL,
        "taskK" integer NOT NULL,
        "plotTarget" integer NOT NULL,
        "retentionSeconds" integer NOT NULL,
        "ruleset" text NOT NULL DEFAULT 'ruleset-1',
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "UQ_f7cf33e220191ccddb89d332500" UNIQUE ("payoutContract"),
        CONSTRAINT "PK_831e3fcd4fc45b4e4c3f57a9ee4" PRIMARY KEY ("id")
      );
      CREATE TABLE "campaign_rates" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "version" integer NOT NULL,
        "effectiveAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "plottingPerPlot" jsonb NOT NULL,
        "immediateBps" integer NOT NULL,
        "storagePerPlotEquivalentHour" numeric(78,0) NOT NULL,
        "setBy" uuid,
        CONSTRAINT "UQ_63affa81419343bb724700d9293" UNIQUE ("campaignId", "version"),
        CONSTRAINT "PK_7824a0a433bfc772b65c14f406b" PRIMARY KEY ("id")
      );
      CREATE TABLE "campaign_members" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "index" integer NOT NULL,
        CONSTRAINT "UQ_d49ea3ffbf4181cdf5fcc11826d" UNIQUE ("campaignId", "index"),
        CONSTRAINT "UQ_e13fb89e40e02bdb51d8bd2bad3" UNIQUE ("campaignId", "accountId"),
        CONSTRAINT "PK_f12bb68ba9a45b693cc3ca11905" PRIMARY KEY ("id")
      );
      CREATE TABLE "epochs" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "index" integer NOT NULL,
        "startsAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "endsAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "secret" bytea NOT NULL,
        "secretHash" bytea NOT NULL,
        CONSTRAINT "UQ_8bceaf9d6ec2d5a0034168ed285" UNIQUE ("campaignId", "index"),
        CONSTRAINT "PK_b4cdb7f1a8e2cf9619060285e6f" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_b5cd1cf6d5def77977892a95ef" ON "epochs" ("endsAt");
      ALTER TABLE "campaign_rates" ADD CONSTRAINT "FK_b827527c649c6d1ca406ff1ed6f" FOREIGN KEY ("campaignId") REFERENCES "campaigns"("id");
      ALTER TABLE "campaign_members" ADD CONSTRAINT "FK_9d2c47fb1cf0fa612afb55d6523" FOREIGN KEY ("campaignId") REFERENCES "campaigns"("id");
      ALTER TABLE "epochs" ADD CONSTRAINT "FK_c1f1c41ddac4276a8724da5de40" FOREIGN KEY ("campaignId") REFERENCES "campaigns"("id");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "epochs";
      DROP TABLE "campaign_members";
      DROP TABLE "campaign_rates";
      DROP TABLE "campaigns";
    `);
  }
}
