import { domainToASCII } from 'node:url';
import type { QueryRunner } from 'typeorm';
import { skeletonOf } from '../../identifiers/username-rule';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

const BATCH = 5_000;

interface Row {
  type: string;
  value: string;
}

/**
 * User names that look alike are found by their skeleton, which one of those that were there has: the oldest account's.
 * Domains of email addresses are kept in ASCII, unless another account has that address.
 */
export class LookAlikes1765150000000 extends ModuleMigration {
  readonly name = 'LookAlikes1765150000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    const table = `${tables}user_identifiers`;
    await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN skeleton text`);
    let after: Row = { type: '', value: '' };
    for (let rows: Row[] = []; ; after = rows.at(-1) ?? after) {
      rows = (await queryRunner.query(
        `SELECT type, value FROM ${table} WHERE type IN ('email', 'username') AND (type, value) > ($1, $2)
          ORDER BY type, value LIMIT ${BATCH}`,
        [after.type, after.value],
      )) as Row[];
      if (rows.length === 0) break;
      const names = rows.filter(({ type }) => type === 'username').map(({ value }) => value);
      await queryRunner.query(
        `UPDATE ${table} i SET skeleton = named.skeleton FROM unnest($1::text[], $2::text[]) AS named (value, skeleton)
          WHERE i.type = 'username' AND i.value = named.value`,
        [names, names.map(skeletonOf)],
      );
      const addresses = rows.filter(({ type, value }) => type === 'email' && /[^\x21-\x7e]/.test(value));
      for (const { value } of addresses) {
        const [local, domain] = [
          value.slice(0, value.lastIndexOf('@')),
          value.slice(value.lastIndexOf('@') + 1),
        ];
        await queryRunner.query(
          `UPDATE ${table} i SET value = $2 WHERE type = 'email' AND value = $1
              AND NOT EXISTS (SELECT FROM ${table} o WHERE o.tenant = i.tenant AND o.type = 'email' AND o.value = $2)`,
          [value, `${local}@${domainToASCII(domain)}`],
        );
      }
    }
    await queryRunner.query(
      `UPDATE ${table} i SET skeleton = NULL FROM (
         SELECT n.type, n.value, row_number() OVER (PARTITION BY n.tenant, n.skeleton ORDER BY u.created_at, u.id) AS place
           FROM ${table} n JOIN ${tables}users u ON u.id = n.user_id WHERE n.skeleton IS NOT NULL) AS placed
        WHERE placed.place > 1 AND i.type = placed.type AND i.value = placed.value`,
    );
    await queryRunner.query(
      `ALTER TABLE ${table} ADD CONSTRAINT ${prefix}user_identifiers_tenant_skeleton_key UNIQUE (tenant, skeleton)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}user_identifiers DROP COLUMN skeleton`);
  }
}
