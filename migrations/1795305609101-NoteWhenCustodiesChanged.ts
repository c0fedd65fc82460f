import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * In which transaction a custody was written last, so that who keeps what in memory reads only what is new: whatever is
 * not seen yet has a number that is no lower than the oldest transaction that was under way at the last look.
 */
export class NoteWhenCustodiesChanged1795305609101 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      ALTER TABLE "custodies" ADD "changedIn" bigint NOT NULL DEFAULT '0';
      CREATE INDEX "custodies_by_change" ON "custodies" ("campaignId", "changedIn");
      CREATE FUNCTION note_custody_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW."changedIn" := pg_current_xact_id()::text::bigint;
          RETURN NEW;
        END $$;
      CREATE TRIGGER custody_changed BEFORE INSERT OR UPDATE ON custodies
        FOR EACH ROW EXECUTE FUNCTION note_custody_change();
      CREATE FUNCTION note_plot_state() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE custodies SET "changedIn" = 0 WHERE "plotRef" = NEW.id AND "untilAt" IS NULL;
          RETURN NULL;
        END $$;
      CREATE TRIGGER plot_state_changed AFTER UPDATE OF state ON plots
        FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_plot_state();
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP TRIGGER plot_state_changed ON plots;
      DROP FUNCTION note_plot_state;
      DROP TRIGGER custody_changed ON custodies;
      DROP FUNCTION note_custody_change;
      DROP INDEX "custodies_by_change";
      ALTER TABLE "custodies" DROP COLUMN "changedIn";
    `);
  }
}
