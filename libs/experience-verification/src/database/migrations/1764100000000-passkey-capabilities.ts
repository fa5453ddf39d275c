import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** Imported passkeys, suspected clones, recovery codes, audit events and their webhooks. */
export class PasskeyCapabilities1764100000000 extends ModuleMigration {
  readonly name = 'PasskeyCapabilities1764100000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE ${schema}.credential_records
        ADD COLUMN user_handle bytea,
        ADD COLUMN clone_suspected_at timestamptz,
        ALTER COLUMN backup_eligible DROP NOT NULL`);
    await queryRunner.query(`
      UPDATE ${schema}.credential_records c SET user_handle = u.user_handle FROM ${schema}.users u WHERE u.id = c.user_id`);
    await queryRunner.query(`
      CREATE TABLE ${schema}.recovery_codes (
        user_id uuid NOT NULL
          CONSTRAINT recovery_codes_user_id_fkey REFERENCES ${schema}.users (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash)
      )`);
    await queryRunner.query(`
      CREATE TABLE ${schema}.audit_events (
        id uuid NOT NULL CONSTRAINT audit_events_pkey PRIMARY KEY,
        type text NOT NULL,
        rp_id text NOT NULL,
        user_id uuid,
        details jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(
      `CREATE INDEX audit_events_user_id_id_idx ON ${schema}.audit_events (user_id, id)`,
    );
    await queryRunner.query(`
      CREATE TABLE ${schema}.webhook_deliveries (
        event_id uuid NOT NULL
          CONSTRAINT webhook_deliveries_event_id_fkey REFERENCES ${schema}.audit_events (id) ON DELETE CASCADE,
        url text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (event_id, url)
      )`);
    await queryRunner.query(
      `CREATE INDEX webhook_deliveries_next_attempt_at_idx ON ${schema}.webhook_deliveries (next_attempt_at)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(
      `DROP TABLE ${schema}.webhook_deliveries, ${schema}.audit_events, ${schema}.recovery_codes`,
    );
    await queryRunner.query(`
      UPDATE ${schema}.credential_records SET backup_eligible = false WHERE backup_eligible IS NULL`);
    await queryRunner.query(`
      ALTER TABLE ${schema}.credential_records
        DROP COLUMN user_handle, DROP COLUMN clone_suspected_at, ALTER COLUMN backup_eligible SET NOT NULL`);
  }
}
