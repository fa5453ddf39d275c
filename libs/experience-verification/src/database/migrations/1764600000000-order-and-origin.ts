import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/**
 * Audit events in the order of the database's clock; when a passkey came here, which its own age does not tell; and the
 * webhooks whose receivers want no more.
 */
export class OrderAndOrigin1764600000000 extends ModuleMigration {
  readonly name = 'OrderAndOrigin1764600000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`DROP INDEX ${tables}audit_events_user_id_id_idx`);
    await queryRunner.query(
      `CREATE INDEX ${prefix}audit_events_user_id_created_at_id_idx ON ${tables}audit_events (user_id, created_at, id)`,
    );
    await queryRunner.query(
      `CREATE INDEX ${prefix}audit_events_created_at_id_idx ON ${tables}audit_events (created_at, id)`,
    );
    // Of passkeys that are here already it need not be known when they came, and no row is written.
    await queryRunner.query(
      `ALTER TABLE ${tables}credential_records ADD COLUMN bound_at timestamptz NOT NULL DEFAULT '-infinity'`,
    );
    await queryRunner.query(
      `ALTER TABLE ${tables}credential_records ALTER COLUMN bound_at SET DEFAULT now()`,
    );
    await queryRunner.query(`
      CREATE TABLE ${tables}ended_webhooks (
        url text NOT NULL CONSTRAINT ${prefix}ended_webhooks_pkey PRIMARY KEY,
        ended_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  protected async undo(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}ended_webhooks`);
    await queryRunner.query(`ALTER TABLE ${tables}credential_records DROP COLUMN bound_at`);
    await queryRunner.query(
      `DROP INDEX ${tables}audit_events_created_at_id_idx, ${tables}audit_events_user_id_created_at_id_idx`,
    );
    await queryRunner.query(
      `CREATE INDEX ${prefix}audit_events_user_id_id_idx ON ${tables}audit_events (user_id, id)`,
    );
  }
}
