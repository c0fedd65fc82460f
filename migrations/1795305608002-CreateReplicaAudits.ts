import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What keyed audits found may end custodies: nothing of it is changed or removed. */
export class CreateReplicaAudits1795305608002 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "replicas" ADD "auditAt" TIMESTAMP(3) WITH TIME ZONE;
      CREATE TABLE "replica_audits" (
        "id" uuid NOT NULL,
        "replicaId" uuid NOT NULL,
        "plotRef" uuid NOT NULL,
        "nodeId" uuid NOT NULL,
        "anchor" text NOT NULL,
        "first" bigint NOT NULL,
        "chunks" integer NOT NULL,
        "commitment" text,
        "last" text,
        "verdict" text NOT NULL,
        "tookMs" integer NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_replica_audits" PRIMARY KEY ("id")
      );
      CREATE INDEX "replica_audits_of_keeper" ON "replica_audits" ("replicaId", "nodeId", "at");
      CREATE TRIGGER replica_audits_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON replica_audits
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "replica_audits";
      ALTER TABLE "replicas" DROP COLUMN "auditAt";
    `);
  }
}
