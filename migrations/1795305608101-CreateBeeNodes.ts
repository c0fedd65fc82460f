import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contributors' Bee nodes, what they were asked, and what the game's events say of them. A decided check stays as it is. */
export class CreateBeeNodes1795305608101 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "bee_nodes" (
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "overlay" text NOT NULL,
        "owner" text NOT NULL,
        "issuedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "linkedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "unlinkedAt" TIMESTAMP(3) WITH TIME ZONE,
        "report" jsonb,
        "reportedAt" TIMESTAMP(3) WITH TIME ZONE,
        "stake" jsonb,
        "stakeReadAt" TIMESTAMP(3) WITH TIME ZONE,
        "checkAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_bee_nodes" PRIMARY KEY ("nodeId")
      );
      CREATE UNIQUE INDEX "bee_node_linked_once" ON "bee_nodes" ("overlay") WHERE "unlinkedAt" IS NULL;
      CREATE INDEX "bee_nodes_of_account" ON "bee_nodes" ("accountId");

      CREATE TABLE "bee_challenges" (
        "id" uuid NOT NULL,
        "depth" integer NOT NULL,
        "anchor1" text NOT NULL,
        "startedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "closedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_bee_challenges" PRIMARY KEY ("id")
      );
      CREATE INDEX "bee_challenges_open" ON "bee_challenges" ("startedAt") WHERE "closedAt" IS NULL;

      CREATE TABLE "bee_checks" (
        "id" uuid NOT NULL,
        "challengeId" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "overlay" text NOT NULL,
        "height" integer NOT NULL,
        "startedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "until" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "commitment" text,
        "anchor2" text,
        "seconds" double precision,
        "answer" text,
        "fault" text,
        "verdict" text,
        "reason" text,
        "lacks" jsonb NOT NULL DEFAULT '[]',
        "last" text,
        "decidedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_bee_checks" PRIMARY KEY ("id")
      );
      CREATE UNIQUE INDEX "bee_check_open" ON "bee_checks" ("nodeId") WHERE "verdict" IS NULL;
      CREATE INDEX "bee_checks_of_node" ON "bee_checks" ("nodeId", "startedAt");
      CREATE INDEX "bee_checks_of_challenge" ON "bee_checks" ("challengeId");
      CREATE TRIGGER bee_checks_decided BEFORE UPDATE OR DELETE ON bee_checks
        FOR EACH ROW WHEN (OLD."verdict" IS NOT NULL) EXECUTE FUNCTION ledger_append_only();

      CREATE TABLE "bee_game_events" (
        "block" bigint NOT NULL,
        "logIndex" integer NOT NULL,
        "overlay" text NOT NULL,
        "kind" text NOT NULL,
        "round" integer NOT NULL,
        CONSTRAINT "PK_bee_game_events" PRIMARY KEY ("block", "logIndex", "overlay")
      );
      CREATE INDEX "bee_game_events_of_overlay" ON "bee_game_events" ("overlay", "kind", "round");
      CREATE TABLE "bee_game_scans" (
        "contract" text NOT NULL,
        "nextBlock" bigint NOT NULL,
        "scannedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_bee_game_scans" PRIMARY KEY ("contract")
      );
    `);
  }

  async down(runner: QueryRunner) {
    for (const table of ['bee_game_scans', 'bee_game_events', 'bee_checks', 'bee_challenges', 'bee_nodes'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
