import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Imported passkeys, suspected clones, recovery codes, audit events and their webhooks. */
export class PasskeyCapabilities1764100000000 extends ModuleMigration {
  readonly name = 'PasskeyCapabilities1764100000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE ${tables}credential_records
        ADD COLUMN user_handle bytea,
        ADD COLUMN clone_suspected_at timestamptz,
        ALTER COLUMN backup_eligible DROP NOT NULL`);
    await queryRunner.query(`
      UPDATE ${tables}credential_records c SET user_handle = u.user_handle FROM ${tables}users u WHERE u.id = c.user_id`);
    await queryRunner.query(`
      CREATE TABLE ${tables}recovery_codes (
        user_id uuid NOT NULL
          CONSTRAINT ${prefix}recovery_codes_user_id_fkey REFERENCES ${tables}users (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${prefix}recovery_codes_pkey PRIMARY KEY (user_id, code_hash)
      )`);
    await queryRunner.query(`
      CREATE TABLE ${tables}audit_events (
        id uuid NOT NULL CONSTRAINT ${prefix}audit_events_pkey PRIMARY KEY,
        type text NOT NULL,
        rp_id text NOT NULL,
        user_id uuid,
        details jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(
      `CREATE INDEX ${prefix}audit_events_user_id_id_idx ON ${tables}audit_events (user_id, id)`,
    );
    await queryRunner.query(`
      CREATE TABLE ${tables}webhook_deliveries (
        event_id uuid NOT NULL
          CONSTRAINT ${prefix}webhook_deliveries_event_id_fkey REFERENCES ${tables}audit_events (id) ON DELETE CASCADE,
        url text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${prefix}webhook_deliveries_pkey PRIMARY KEY (event_id, url)
      )`);
    await queryRunner.query(
      `CREATE INDEX ${prefix}webhook_deliveries_next_attempt_at_idx ON ${tables}webhook_deliveries (next_attempt_at)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(
      `DROP TABLE ${tables}webhook_deliveries, ${tables}audit_events, ${tables}recovery_codes`,
    );
    await queryRunner.query(`
      UPDATE ${tables}credential_records SET backup_eligible = false WHERE backup_eligible IS NULL`);
    await queryRunner.query(`
      ALTER TABLE ${tables}credential_records
        DROP COLUMN user_handle, DROP COLUMN clone_suspected_at, ALTER COLUMN backup_eligible SET NOT NULL`);
  }
}
