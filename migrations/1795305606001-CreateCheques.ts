import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Campaigns that pay by cheques. A cheque is a promise that cannot be taken back, so the database itself refuses one
 * that says no more than the one before it, one that is not the sum of its parts, and any change of an amount.
 */
export class CreateCheques1795305606001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "campaigns" ADD "payoutKind" text NOT NULL DEFAULT 'push', ADD "disputeSeconds" integer;

      CREATE FUNCTION campaign_payout_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'how a campaign pays is fixed' USING ERRCODE = 'check_violation';
      END $$;
      CREATE TRIGGER campaigns_payout_fixed BEFORE UPDATE ON campaigns FOR EACH ROW
        WHEN (OLD."payoutKind" <> NEW."payoutKind" OR OLD."payoutContract" <> NEW."payoutContract"
          OR OLD."unitSize" <> NEW."unitSize" OR OLD."chainId" <> NEW."chainId")
        EXECUTE FUNCTION campaign_payout_fixed();

      CREATE TABLE "cheque_rounds" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "number" integer NOT NULL,
        "epochIndex" integer NOT NULL,
        "treeRoot" text NOT NULL,
        "dataHash" text NOT NULL,
        "state" text NOT NULL DEFAULT 'waiting',
        "amount" numeric(78,0) NOT NULL,
        "recipients" integer NOT NULL,
        "decidedBy" uuid,
        "approvedAt" TIMESTAMP(3) WITH TIME ZONE,
        "issues" integer NOT NULL DEFAULT 0,
        "held" integer NOT NULL DEFAULT 0,
        "lookedAt" TIMESTAMP(3) WITH TIME ZONE,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_cheque_rounds" PRIMARY KEY ("id"),
        CONSTRAINT "cheque_round_numbers" UNIQUE ("campaignId", "number")
      );

      CREATE TABLE "cheques" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "campaignId" uuid NOT NULL,
        "roundId" uuid NOT NULL,
        "chainId" integer NOT NULL,
        "chequebook" text NOT NULL,
        "beneficiary" text NOT NULL,
        "number" integer NOT NULL,
        "cumulativePayout" numeric(78,0) NOT NULL,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "signature" text,
        "signedAt" TIMESTAMP(3) WITH TIME ZONE,
        CONSTRAINT "PK_cheques" PRIMARY KEY ("id"),
        CONSTRAINT "cheque_numbers" UNIQUE ("chainId", "chequebook", "beneficiary", "number"),
        CONSTRAINT "FK_cheques_round" FOREIGN KEY ("roundId") REFERENCES "cheque_rounds"("id")
      );
      CREATE INDEX "cheques_of_payee" ON "cheques" ("campaignId", "beneficiary", "number");
      CREATE INDEX "cheques_at_beneficiary" ON "cheques" ("beneficiary");
      CREATE INDEX "unsigned_cheques" ON "cheques" ("campaignId") WHERE signature IS NULL;

      CREATE TABLE "cheque_parts" (
        "chequeId" uuid NOT NULL,
        "accountId" uuid NOT NULL,
        "amount" numeric(78,0) NOT NULL,
        CONSTRAINT "PK_cheque_parts" PRIMARY KEY ("chequeId", "accountId"),
        CONSTRAINT "FK_cheque_parts_cheque" FOREIGN KEY ("chequeId") REFERENCES "cheques"("id")
      );
      CREATE INDEX "cheque_parts_of_account" ON "cheque_parts" ("accountId");

      CREATE TABLE "cheque_payees" (
        "campaignId" uuid NOT NULL,
        "beneficiary" text NOT NULL,
        "cashed" numeric(78,0) NOT NULL,
        "asked" numeric(78,0) NOT NULL,
        "tx" text NOT NULL,
        "blockNumber" integer NOT NULL,
        "bookedAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_cheque_payees" PRIMARY KEY ("campaignId", "beneficiary")
      );

      CREATE TABLE "chequebook_readings" (
        "campaignId" uuid NOT NULL,
        "scannedBlock" integer NOT NULL,
        "issuer" text NOT NULL,
        "balance" numeric(78,0) NOT NULL,
        "liquidBalance" numeric(78,0) NOT NULL,
        "totalPaidOut" numeric(78,0) NOT NULL,
        "bounced" boolean NOT NULL,
        "covered" boolean NOT NULL,
        "wanted" numeric(78,0) NOT NULL,
        "readAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_chequebook_readings" PRIMARY KEY ("campaignId")
      );

      -- numbered without a gap, each above the one before: of two written at once, one has a number that is taken
      CREATE FUNCTION cheque_rises() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        before cheques%ROWTYPE;
      BEGIN
        SELECT * INTO before FROM cheques c
          WHERE c."chainId" = NEW."chainId" AND c.chequebook = NEW.chequebook AND c.beneficiary = NEW.beneficiary
          ORDER BY c.number DESC LIMIT 1;
        IF NEW.number <> COALESCE(before.number, 0) + 1 THEN
          RAISE EXCEPTION 'cheque % of % is not the next one', NEW.number, NEW.beneficiary
            USING ERRCODE = 'check_violation';
        END IF;
        IF NEW."cumulativePayout" <= COALESCE(before."cumulativePayout", 0) THEN
          RAISE EXCEPTION 'a cheque says more than the one before it' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.signature IS NOT NULL THEN
          RAISE EXCEPTION 'an amount is fixed before it is signed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cheques_rise BEFORE INSERT ON cheques FOR EACH ROW EXECUTE FUNCTION cheque_rises();

      -- at commit: what it adds is the sum of its parts
      CREATE FUNCTION cheque_whole() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW."cumulativePayout" - COALESCE((
            SELECT c."cumulativePayout" FROM cheques c
            WHERE c."chainId" = NEW."chainId" AND c.chequebook = NEW.chequebook AND c.beneficiary = NEW.beneficiary
              AND c.number = NEW.number - 1), 0)
          <> COALESCE((SELECT SUM(p.amount) FROM cheque_parts p WHERE p."chequeId" = NEW.id), 0) THEN
          RAISE EXCEPTION 'cheque % is not the sum of its parts', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER cheques_whole AFTER INSERT ON cheques
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cheque_whole();

      CREATE FUNCTION cheque_part_fits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.amount <= 0 OR NOT EXISTS (
          SELECT 1 FROM cheques c WHERE c.id = NEW."chequeId" AND c.xmin = pg_current_xact_id()::xid
        ) THEN
          RAISE EXCEPTION 'parts are added with their cheque only' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cheque_parts_fit BEFORE INSERT ON cheque_parts
        FOR EACH ROW EXECUTE FUNCTION cheque_part_fits();

      CREATE FUNCTION cheque_kept() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'cheques are append-only' USING ERRCODE = 'check_violation';
      END $$;
      CREATE TRIGGER cheques_kept BEFORE DELETE OR TRUNCATE ON cheques
        FOR EACH STATEMENT EXECUTE FUNCTION cheque_kept();
      CREATE TRIGGER cheque_parts_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON cheque_parts
        FOR EACH STATEMENT EXECUTE FUNCTION cheque_kept();
      -- a signature comes once, and nothing else ever changes
      CREATE TRIGGER cheques_signed_once BEFORE UPDATE ON cheques FOR EACH ROW
        WHEN (OLD.signature IS NOT NULL OR NEW.signature IS NULL
          OR to_jsonb(OLD) - 'signature' - 'signedAt' IS DISTINCT FROM to_jsonb(NEW) - 'signature' - 'signedAt')
        EXECUTE FUNCTION cheque_kept();

      CREATE FUNCTION cheque_payee_rises() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'UPDATE' OR NEW.cashed < OLD.cashed THEN
          RAISE EXCEPTION 'what was cashed only rises' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cheque_payees_rise BEFORE UPDATE OR DELETE ON cheque_payees
        FOR EACH ROW EXECUTE FUNCTION cheque_payee_rises();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TABLE "chequebook_readings";
      DROP TABLE "cheque_payees";
      DROP TABLE "cheque_parts";
      DROP TABLE "cheques";
      DROP TABLE "cheque_rounds";
      DROP FUNCTION cheque_payee_rises();
      DROP FUNCTION cheque_kept();
      DROP FUNCTION cheque_part_fits();
      DROP FUNCTION cheque_whole();
      DROP FUNCTION cheque_rises();
      DROP TRIGGER campaigns_payout_fixed ON campaigns;
      DROP FUNCTION campaign_payout_fixed();
      ALTER TABLE "campaigns" DROP "disputeSeconds", DROP "payoutKind";
    `);
  }
}
