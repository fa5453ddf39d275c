import type { DataSource, EntityMetadata } from 'typeorm';
import { Sweep } from './sweeping/sweep.entity';

/** Where the module's tables are, unless the host says otherwise. */
export const DEFAULT_SCHEMA = 'passkey';

/** Token of the module's PostgreSQL schema, quoted: every statement names its tables with it. */
export const SCHEMA = Symbol('EXPERIENCE_VERIFICATION_SCHEMA');

/** Names that need no care anywhere, such as in a dump or on a command line. */
const SCHEMA_NAME = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/;

/** @throws Error when it can't be a schema's name */
export function checkSchemaName(name: string): string {
  if (SCHEMA_NAME.test(name)) return name;
  throw new Error(
    `schema: must be 1 to 63 of a-z, 0-9 and _, not beginning with a digit or pg_, not "${name}"`,
  );
}

/**
 * The schema of the module's tables, quoted. The entities of the DataSource say it, once for statements, migrations
 * and the TypeORM CLI alike.
 * @throws Error when the DataSource lacks the module's entities, or has them in another schema than `expected`
 */
export function schemaOf(dataSource: DataSource, expected?: string): string {
  if (!dataSource.hasMetadata(Sweep)) {
    throw new Error(
      'entities: the DataSource lacks `experienceVerificationEntities()`, or `autoLoadEntities: true`',
    );
  }
  const { schema = 'public' } = dataSource.getMetadata(Sweep);
  if (expected !== undefined && expected !== schema) {
    throw new Error(`schema: the module is told "${expected}", but its entities are in "${schema}"`);
  }
  for (const metadata of dataSource.entityMetadatas) {
    if (metadata.schema === schema) withoutPrefix(metadata);
  }
  return `"${checkSchemaName(schema)}"`;
}

/** A host's `entityPrefix` is for its own tables: the schema tells the module's apart. */
function withoutPrefix(metadata: EntityMetadata): void {
  metadata.tableName = metadata.tableNameWithoutPrefix;
  metadata.tablePath = `${metadata.schema ?? 'public'}.${metadata.tableName}`;
}
