import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** Links by which people create accounts, where not everybody may. */
export class Invitations1765308000000 extends ModuleMigration {
  readonly name = 'Invitations1765308000000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}invitations (
        id uuid NOT NULL CONSTRAINT ${prefix}invitations_pkey PRIMARY KEY,
        rp_id text NOT NULL,
        secret_hash bytea NOT NULL CONSTRAINT ${prefix}invitations_secret_hash_key UNIQUE,
        email text,
        groups uuid[] NOT NULL,
        uses int NOT NULL DEFAULT 0,
        max_uses int NOT NULL,
        inviter_id uuid
          CONSTRAINT ${prefix}invitations_inviter_id_fkey REFERENCES ${tables}users (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX ${prefix}invitations_rp_id_id_idx ON ${tables}invitations (rp_id, id);
      CREATE INDEX ${prefix}invitations_inviter_id_idx ON ${tables}invitations (inviter_id)`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}invitations`);
  }
}
