import type { DataSource, EntityMetadata } from 'typeorm';
import { isEntityInSchema } from './entities-in-schema';
import type { SchemaOptions } from './schema.options';
import { Sweep } from './sweeping/sweep.entity';

/** Token of `TableNames.tables`: every statement names its tables with it. */
export const TABLES = Symbol('EXPERIENCE_VERIFICATION_TABLES');

/** How the module's tables are named in statements. */
export interface TableNames {
  /** Quoted. */
  schema: string;
  /** Of tables, indexes and constraints. */
  prefix: string;
  /** What stands before the name of each table: schema, dot and prefix. */
  tables: string;
}

/**
 * How the module's tables are named. The entities of the DataSource say it, once for statements, migrations and the TypeORM
 * CLI alike.
 * @throws Error when the DataSource lacks the module's entities, or has them elsewhere, or by other names, than `expected`
 */
export function tableNamesOf(dataSource: DataSource, expected: SchemaOptions = {}): TableNames {
  if (!dataSource.hasMetadata(Sweep)) {
    throw new Error(
      'entities: the DataSource lacks `experienceVerificationEntities()`, or `autoLoadEntities: true`',
    );
  }
  const { schema = 'public', tableNameWithoutPrefix } = dataSource.getMetadata(Sweep);
  const tablePrefix = tableNameWithoutPrefix.slice(0, -'sweeps'.length);
  const found = { schema, tablePrefix };
  for (const option of ['schema', 'tablePrefix'] as const) {
    const { [option]: told = found[option] } = expected;
    if (told !== found[option]) {
      throw new Error(`${option}: the module is told "${told}", but its entities have "${found[option]}"`);
    }
  }
  for (const metadata of dataSource.entityMetadatas) {
    if (isEntityInSchema(metadata.target)) withoutEntityPrefix(metadata);
  }
  return { schema: `"${schema}"`, prefix: tablePrefix, tables: `"${schema}".${tablePrefix}` };
}

/** A host's `entityPrefix` is for its own tables: schema and prefix tell the module's apart. */
function withoutEntityPrefix(metadata: EntityMetadata): void {
  metadata.tableName = metadata.tableNameWithoutPrefix;
  metadata.tablePath = `${metadata.schema ?? 'public'}.${metadata.tableName}`;
}
