import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was measured of connections enters money: nothing of it is changed or removed. */
export class CreateNetworkChecks1795305605001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "network_pings" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "nodeId" uuid NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "sent" integer NOT NULL,
        "lost" integer NOT NULL,
        "roundTripUs" integer,
        CONSTRAINT "PK_network_pings" PRIMARY KEY ("id"),
        CONSTRAINT "lost_of_those_sent" CHECK ("lost" BETWEEN 0 AND "sent"),
        CONSTRAINT "round_trip_of_those_echoed" CHECK (("roundTripUs" IS NULL) = ("lost" = "sent"))
      );
      CREATE INDEX "network_pings_of_node" ON "network_pings" ("nodeId", "at");
      CREATE TABLE "network_payloads" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "nodeId" uuid NOT NULL,
        "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "bytes" integer NOT NULL,
        "downBytesPerSecond" integer NOT NULL,
        "upBytesPerSecond" integer,
        CONSTRAINT "PK_network_payloads" PRIMARY KEY ("id"),
        CONSTRAINT "speeds_not_negative" CHECK ("downBytesPerSecond" >= 0 AND "upBytesPerSecond" >= 0)
      );
      CREATE INDEX "network_payloads_of_node" ON "network_payloads" ("nodeId", "at");
      CREATE TRIGGER network_pings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON network_pings
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
      CREATE TRIGGER network_payloads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON network_payloads
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "network_payloads";
      DROP TABLE "network_pings";
    `);
  }
}
