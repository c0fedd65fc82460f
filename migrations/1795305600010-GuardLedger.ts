import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The database itself refuses what would break the book: postings of an entry that do not sum to zero per token
 * (checked at commit), an entry without postings, and any change or removal of what was booked.
 */
export class GuardLedger1795305600010 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM ledger_postings p WHERE p."transactionId" = NEW.id) THEN
          RAISE EXCEPTION 'ledger entry % has no postings', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (
          SELECT 1 FROM ledger_postings p WHERE p."transactionId" = NEW.id GROUP BY p.token HAVING SUM(p.amount) <> 0
        ) THEN
          RAISE EXCEPTION 'ledger entry % does not sum to zero', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;

      -- once an entry, at commit, however many postings it has
      CREATE CONSTRAINT TRIGGER ledger_transactions_balanced AFTER INSERT ON ledger_transactions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();

      -- so nothing can be added to an entry that was checked: its row must be of this very transaction
      CREATE FUNCTION ledger_posting_fits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (
          SELECT 1 FROM ledger_transactions t
          WHERE t.id = NEW."transactionId" AND t."campaignId" = NEW."campaignId"
            AND t.xmin = pg_current_xact_id()::xid
        ) THEN
          RAISE EXCEPTION 'postings are added with their entry only' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;

      CREATE TRIGGER ledger_postings_fit BEFORE INSERT ON ledger_postings
        FOR EACH ROW EXECUTE FUNCTION ledger_posting_fits();

      CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'check_violation';
      END $$;

      CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
      CREATE TRIGGER ledger_postings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_postings
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
      CREATE TRIGGER reward_lines_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_lines
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
      CREATE TRIGGER epoch_closings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON epoch_closings
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TRIGGER epoch_closings_append_only ON epoch_closings;
      DROP TRIGGER reward_lines_append_only ON reward_lines;
      DROP TRIGGER ledger_postings_append_only ON ledger_postings;
      DROP TRIGGER ledger_transactions_append_only ON ledger_transactions;
      DROP TRIGGER ledger_postings_fit ON ledger_postings;
      DROP TRIGGER ledger_transactions_balanced ON ledger_transactions;
      DROP FUNCTION ledger_append_only();
      DROP FUNCTION ledger_posting_fits();
      DROP FUNCTION ledger_balanced();
    `);
  }
}
