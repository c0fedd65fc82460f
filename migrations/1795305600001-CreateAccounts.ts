import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccounts1795305600001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query(`
      CREATE TABLE "accounts" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "displayName" text NOT NULL,
        "email" text,
        "passwordHash" text,
        "walletAddress" text,
        "role" text NOT NULL DEFAULT 'contributor',
        "locale" text NOT NULL DEFAULT 'en',
        "chiaIndex" integer NOT NULL,
        "createdAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(),
        CONSTRAINT "UQ_ee66de6cdc53993296d1ceb8aa0" UNIQUE ("email"),
        CONSTRAINT "UQ_406305df749949ee26aa34da718" UNIQUE ("walletAddress"),
        CONSTRAINT "UQ_d9cf084d12c0d1eb28d34236644" UNIQUE ("chiaIndex"),
        CONSTRAINT "PK_5a7a02c20412299d198e097a8fe" PRIMARY KEY ("id")
      );
      CREATE TABLE "payout_addresses" (
        "id" uuid NOT NULL DEFAULT gen_random_uuid(),
        "accountId" uuid NOT NULL,
        "address" text NOT NULL,
        "setAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        "effectiveAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_6ee67ff5c75065e4680b25119d3" PRIMARY KEY ("id")
      );
      CREATE INDEX "IDX_ebc95136a2799b8dd5cb9f2ee2" ON "payout_addresses" ("accountId", "effectiveAt");
      CREATE TABLE "sessions" (
        "tokenHash" bytea NOT NULL,
        "accountId" uuid NOT NULL,
        "expiresAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_bace6c68efc156fddac9b14bda2" PRIMARY KEY ("tokenHash")
      );
      CREATE INDEX "IDX_6fee377066ebeed22567e4390e" ON "sessions" ("accountId");
      CREATE TABLE "sign_in_nonces" (
        "nonce" text NOT NULL,
        "expiresAt" TIMESTAMP(3) WITH TIME ZONE NOT NULL,
        CONSTRAINT "PK_b34f5920c3221bf0a2f338f7226" PRIMARY KEY ("nonce")
      );
      CREATE SEQUENCE accounts_chia_index MINVALUE 0 START 0;
    `);
  }

  async down(runner: QueryRunner) {
    await runner.query(`
      DROP SEQUENCE accounts_chia_index;
      DROP TABLE "sign_in_nonces";
      DROP TABLE "sessions";
      DROP TABLE "payout_addresses";
      DROP TABLE "accounts";
    `);
  }
}
