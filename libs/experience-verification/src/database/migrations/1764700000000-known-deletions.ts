import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/**
 * Which passkeys were deleted here: authenticators are told of these alone, since a database that lost its data knows as
 * little of a passkey as one that deleted it. Written by a trigger, so that it holds for whatever deletes one.
 */
export class KnownDeletions1764700000000 extends ModuleMigration {
  readonly name = 'KnownDeletions1764700000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}deleted_credentials (
        rp_id text NOT NULL,
        credential_hash bytea NOT NULL,
        deleted_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ${prefix}deleted_credentials_pkey PRIMARY KEY (rp_id, credential_hash)
      )`);
    await queryRunner.query(`
      CREATE FUNCTION ${tables}note_deleted_credential() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO ${tables}deleted_credentials (rp_id, credential_hash)
        VALUES (OLD.rp_id, sha256(OLD.credential_id)) ON CONFLICT DO NOTHING;
        RETURN OLD;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER credential_records_deleted AFTER DELETE ON ${tables}credential_records
        FOR EACH ROW EXECUTE FUNCTION ${tables}note_deleted_credential()`);
    await queryRunner.query(`
      CREATE TABLE ${tables}installations (
        id uuid NOT NULL CONSTRAINT ${prefix}installations_pkey PRIMARY KEY,
        made_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`INSERT INTO ${tables}installations (id) VALUES (gen_random_uuid())`);
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TRIGGER credential_records_deleted ON ${tables}credential_records`);
    await queryRunner.query(`DROP FUNCTION ${tables}note_deleted_credential()`);
    await queryRunner.query(`DROP TABLE ${tables}installations, ${tables}deleted_credentials`);
  }
}
