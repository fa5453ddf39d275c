import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** Users, their passkeys and sessions, and the short-lived interactions and verification records. */
export class Foundation1764000000000 extends ModuleMigration {
  readonly name = 'Foundation1764000000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${schema}.users (
        id uuid NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
        user_handle bytea NOT NULL CONSTRAINT users_user_handle_key UNIQUE,
        username text CONSTRAINT users_username_key UNIQUE,
        primary_email text CONSTRAINT users_primary_email_key UNIQUE,
        primary_phone text CONSTRAINT users_primary_phone_key UNIQUE,
        suspended boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE ${schema}.credential_records (
        id uuid NOT NULL CONSTRAINT credential_records_pkey PRIMARY KEY,
        user_id uuid NOT NULL
          CONSTRAINT credential_records_user_id_fkey REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        rp_id text NOT NULL,
        credential_id bytea NOT NULL,
        public_key bytea NOT NULL,
        sign_count bigint NOT NULL,
        transports text[] NOT NULL,
        aaguid uuid NOT NULL,
        backup_eligible boolean NOT NULL,
        backup_state boolean NOT NULL,
        uv_initialized boolean NOT NULL,
        discoverable boolean,
        attestation_format text NOT NULL,
        name text,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        CONSTRAINT credential_records_rp_id_credential_id_key UNIQUE (rp_id, credential_id)
      )`);
    await queryRunner.query(
      `CREATE INDEX credential_records_user_id_rp_id_idx ON ${schema}.credential_records (user_id, rp_id)`,
    );
    await queryRunner.query(`
      CREATE TABLE ${schema}.verification_records (
        interaction_id bytea NOT NULL,
        id uuid NOT NULL,
        ceremony text NOT NULL,
        status text NOT NULL DEFAULT 'pending',
        challenge bytea NOT NULL,
        rp_id text NOT NULL,
        request jsonb NOT NULL,
        user_id uuid,
        decoy boolean NOT NULL DEFAULT false,
        user_handle bytea,
        credential_record_id uuid,
        new_credential jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT verification_records_pkey PRIMARY KEY (interaction_id, id)
      )`);
    await queryRunner.query(`
      CREATE TABLE ${schema}.interactions (
        id bytea NOT NULL CONSTRAINT interactions_pkey PRIMARY KEY,
        event text NOT NULL,
        user_id uuid,
        amr text[] NOT NULL DEFAULT '{}',
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE ${schema}.sessions (
        id bytea NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        amr text[] NOT NULL,
        authenticated_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`CREATE INDEX sessions_user_id_idx ON ${schema}.sessions (user_id)`);
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(
      `DROP TABLE ${schema}.sessions, ${schema}.interactions, ${schema}.verification_records, ${schema}.credential_records, ${schema}.users`,
    );
  }
}
