import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Users, their passkeys and sessions, and the short-lived interactions and verification records. */
export class Foundation1764000000000 extends ModuleMigration {
  readonly name = 'Foundation1764000000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}users (
        id uuid NOT NULL CONSTRAINT ${prefix}users_pkey PRIMARY KEY,
        user_handle bytea NOT NULL CONSTRAINT ${prefix}users_user_handle_key UNIQUE,
        username text CONSTRAINT ${prefix}users_username_key UNIQUE,
        primary_email text CONSTRAINT ${prefix}users_primary_email_key UNIQUE,
        primary_phone text CONSTRAINT ${prefix}users_primary_phone_key UNIQUE,
        suspended boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE ${tables}credential_records (
        id uuid NOT NULL CONSTRAINT ${prefix}credential_records_pkey PRIMARY KEY,
        user_id uuid NOT NULL
          CONSTRAINT ${prefix}credential_records_user_id_fkey REFERENCES ${tables}users (id) ON DELETE CASCADE,
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
        CONSTRAINT ${prefix}credential_records_rp_id_credential_id_key UNIQUE (rp_id, credential_id)
      )`);
    await queryRunner.query(
      `CREATE INDEX ${prefix}credential_records_user_id_rp_id_idx ON ${tables}credential_records (user_id, rp_id)`,
    );
    await queryRunner.query(`
      CREATE TABLE ${tables}verification_records (
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
        CONSTRAINT ${prefix}verification_records_pkey PRIMARY KEY (interaction_id, id)
      )`);
    await queryRunner.query(`
      CREATE TABLE ${tables}interactions (
        id bytea NOT NULL CONSTRAINT ${prefix}interactions_pkey PRIMARY KEY,
        event text NOT NULL,
        user_id uuid,
        amr text[] NOT NULL DEFAULT '{}',
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE ${tables}sessions (
        id bytea NOT NULL CONSTRAINT ${prefix}sessions_pkey PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT ${prefix}sessions_user_id_fkey REFERENCES ${tables}users (id) ON DELETE CASCADE,
        amr text[] NOT NULL,
        authenticated_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await queryRunner.query(`CREATE INDEX ${prefix}sessions_user_id_idx ON ${tables}sessions (user_id)`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `DROP TABLE ${tables}sessions, ${tables}interactions, ${tables}verification_records, ${tables}credential_records, ${tables}users`,
    );
  }
}
