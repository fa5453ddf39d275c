import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/**
 * Each tenant has users of its own. Those who were there are the default tenant's, but for whom a host's directory keeps;
 * the relying parties that have passkeys are noted, since only a start knows whose tenants they are.
 */
export class Tenants1765200000000 extends ModuleMigration {
  readonly name = 'Tenants1765200000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}users ADD COLUMN tenant text DEFAULT 'default'`);
    await queryRunner.query(
      `UPDATE ${tables}users u SET tenant = (SELECT min(i.tenant) FROM ${tables}user_identifiers i WHERE i.user_id = u.id)
        WHERE NOT EXISTS (SELECT FROM ${tables}user_identifiers i WHERE i.user_id = u.id AND i.tenant = 'default')`,
    );
    await queryRunner.query(`CREATE INDEX ${prefix}users_tenant_id_idx ON ${tables}users (tenant, id)`);
    await queryRunner.query(
      `CREATE TABLE ${tables}unsettled_tenants (rp_id text CONSTRAINT ${prefix}unsettled_tenants_pkey PRIMARY KEY)`,
    );
    // One look at the key for each relying party, however many passkeys it has.
    await queryRunner.query(
      `INSERT INTO ${tables}unsettled_tenants
       WITH RECURSIVE found (rp_id) AS (
         SELECT min(rp_id) FROM ${tables}credential_records
         UNION ALL
         SELECT (SELECT min(c.rp_id) FROM ${tables}credential_records c WHERE c.rp_id > found.rp_id)
           FROM found WHERE found.rp_id IS NOT NULL)
       SELECT rp_id FROM found WHERE rp_id IS NOT NULL`,
    );
  }

  /** Users of other tenants keep their identifiers, of which the version before knows nothing. */
  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tables}unsettled_tenants`);
    await queryRunner.query(`ALTER TABLE ${tables}users DROP COLUMN tenant`);
  }
}
