import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imported passkeys, suspected clones, recovery codes, audit events and their webhooks. */
export class PasskeyCapabilities1764100000000 implements MigrationInterface {
  name = 'PasskeyCapabilities1764100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE credential_records
        ADD COLUMN user_handle bytea,
        ADD COLUMN clone_suspected_at timestamptz,
        ALTER COLUMN backup_eligible DROP NOT NULL`);
    await queryRunner.query(`
      UPDATE credential_records c SET user_handle = u.user_handle FROM users u WHERE u.id = c.user_id`);
    await queryRunner.query(`
      CREATE TABLE recovery_codes (
        user_id uuid NOT NULL
          CONSTRAINT recovery_codes_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash)
      )`);
    await queryRunner.query(`
      CREATE TABLE audit_events (
        id uuid NOT NULL CONSTRAINT audit_events_pkey PRIMARY KEY,
        type text NOT NULL,
        rp_id text NOT NULL,
        user_id uuid,
        details jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`CREATE INDEX audit_events_user_id_id_idx ON audit_events (user_id, id)`);
    await queryRunner.query(`
      CREATE TABLE webhook_deliveries (
        event_id uuid NOT NULL
          CONSTRAINT webhook_deliveries_event_id_fkey REFERENCES audit_events (id) ON DELETE CASCADE,
        url text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (event_id, url)
      )`);
    await queryRunner.query(
      `CREATE INDEX webhook_deliveries_next_attempt_at_idx ON webhook_deliveries (next_attempt_at)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE webhook_deliveries, audit_events, recovery_codes`);
    await queryRunner.query(`
      UPDATE credential_records SET backup_eligible = false WHERE backup_eligible IS NULL`);
    await queryRunner.query(`
      ALTER TABLE credential_records
        DROP COLUMN user_handle, DROP COLUMN clone_suspected_at, ALTER COLUMN backup_eligible SET NOT NULL`);
  }
}
