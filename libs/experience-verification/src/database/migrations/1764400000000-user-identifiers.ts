import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** The columns that identifiers were, by the type that each becomes. */
const COLUMNS = { username: 'username', email: 'primary_email', phone: 'primary_phone' };

/** Identifiers as rows. They are filled in before their keys are made, which is the faster way for many. */
export class UserIdentifiers1764400000000 extends ModuleMigration {
  readonly name = 'UserIdentifiers1764400000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ${tables}user_identifiers (
        tenant text NOT NULL,
        type text NOT NULL,
        value text NOT NULL,
        user_id uuid NOT NULL,
        verified_at timestamptz
      )`);
    for (const [type, column] of Object.entries(COLUMNS)) {
      await queryRunner.query(`
        INSERT INTO ${tables}user_identifiers (tenant, type, value, user_id)
        SELECT 'default', '${type}', ${column}, id FROM ${tables}users WHERE ${column} IS NOT NULL`);
    }
    await queryRunner.query(`
      ALTER TABLE ${tables}user_identifiers
        ADD CONSTRAINT ${prefix}user_identifiers_pkey PRIMARY KEY (tenant, type, value),
        ADD CONSTRAINT ${prefix}user_identifiers_user_id_type_key UNIQUE (user_id, type),
        ADD CONSTRAINT ${prefix}user_identifiers_user_id_fkey
          FOREIGN KEY (user_id) REFERENCES ${tables}users (id) ON DELETE CASCADE`);
    const dropped = Object.values(COLUMNS).map((column) => `DROP COLUMN ${column}`);
    await queryRunner.query(`ALTER TABLE ${tables}users ${dropped.join(', ')}`);
  }

  protected async undo(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    for (const [type, column] of Object.entries(COLUMNS)) {
      await queryRunner.query(`ALTER TABLE ${tables}users ADD COLUMN ${column} text`);
      await queryRunner.query(`
        UPDATE ${tables}users u SET ${column} = i.value
          FROM ${tables}user_identifiers i WHERE i.user_id = u.id AND i.type = '${type}'`);
      await queryRunner.query(
        `ALTER TABLE ${tables}users ADD CONSTRAINT ${prefix}users_${column}_key UNIQUE (${column})`,
      );
    }
    await queryRunner.query(`DROP TABLE ${tables}user_identifiers`);
  }
}
