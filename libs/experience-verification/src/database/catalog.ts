import type { QueryRunner } from 'typeorm';

/**
 * Whether a schema, or a table in it, is there. Read from the catalog as any table is: `to_regclass` may answer from
 * before the wait for another server's lock.
 * @param schema quoted
 */
export async function exists(queryRunner: QueryRunner, schema: string, table?: string): Promise<boolean> {
  const rows = (await queryRunner.query(
    `SELECT FROM pg_catalog.pg_namespace n WHERE '"' || nspname || '"' = $1
        AND ($2::text IS NULL OR EXISTS (
              SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = $2))`,
    [schema, table ?? null],
  )) as unknown[];
  return rows.length > 0;
}
