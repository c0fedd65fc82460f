import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAudits1795305600006 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "rounds" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "epochId" uuid NOT NULL,
        "kind" text NOT NULL,
        "index" integer NOT NULL,
        "beacon" text NOT NULL,
        "blockNumber" integer,
        "blockHash" text,
        "threshold" bigint NOT NULL,
        "onlyPlot" uuid,
        "sentAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "deadlineAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "closesAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "closedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "one_beacon_per_index" UNIQUE ("epochId", "index"),
        CONSTRAINT "PK_9d254884a20817016e2f877c7e7" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_55b9469b7e7788d33f1f7841e6" ON "rounds" ("onlyPlot");
      CREATE INDEX "IDX_4b3abb82b782d8bbc1d74ddf48" ON "rounds" ("campaignId", "kind", "sentAt");
      CREATE INDEX "IDX_2d794a182e8cfc3066cd7da40d" ON "rounds" ("closedAt", "closesAt");
      CREATE TABLE "checks" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "roundId" uuid NOT NULL,
        "plotRef" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "sentAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "verdict" text,
        "subIndex" integer,
        "proof" text,
        "answerSignature" text,
        "receivedAt" TIMESTAMP(3) WITH TIME ZONE,
        "receiptSignature" text,
        CONSTRAINT "one_check_per_plot_and_round" UNIQUE ("roundId", "plotRef"),
        CONSTRAINT "PK_5b78bc7432d3654a701ca5f35e5" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_66201c6d96b5dd61cf1a3b59f9" ON "checks" ("plotRef", "sentAt");
      CREATE INDEX "IDX_6546b84f4d4ac9f9a990689a99" ON "checks" ("accountId", "sentAt");
      CREATE INDEX "IDX_450c33e2137dc36e0981bbd933" ON "checks" ("nodeId", "sentAt");
      ALTER TABLE "checks" ADD CONSTRAINT "FK_dbc45d16ac58214a3b4bb3eac30" FOREIGN KEY ("roundId") REFERENCES "rounds"("id");
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "checks";
      DROP TABLE "rounds";
    `);
  }
}
