/**
 * Where the module's tables are. A host that lists the entities itself tells them the same:
 * `experienceVerificationEntities({ schema, tablePrefix })`.
 */
export interface SchemaOptions {
  /** PostgreSQL schema of the module's tables, made by the first migration. Default `passkey`. */
  schema?: string;
  /**
   * What the names of the module's tables, indexes and constraints begin with, such as `passkey_`: for a schema that has
   * tables of the host's own. Default nothing.
   */
  tablePrefix?: string;
}

/** Where the module's tables are, unless the host says otherwise. */
const DEFAULT_SCHEMA = 'passkey';

/** Names that need no care anywhere, such as in a dump or on a command line. */
const SCHEMA_NAME = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/;

/** The longest name of a constraint takes what is left of PostgreSQL's 63 characters. */
const TABLE_PREFIX = /^([a-z_][a-z0-9_]{0,19})?$/;

/** @throws Error when they can't be names */
export function checkSchemaOptions({
  schema = DEFAULT_SCHEMA,
  tablePrefix = '',
}: SchemaOptions): Required<SchemaOptions> {
  if (!SCHEMA_NAME.test(schema)) {
    throw new Error(
      `schema: must be 1 to 63 of a-z, 0-9 and _, not beginning with a digit or pg_, not "${schema}"`,
    );
  }
  if (!TABLE_PREFIX.test(tablePrefix)) {
    throw new Error(
      `tablePrefix: must be at most 20 of a-z, 0-9 and _, not beginning with a digit, not "${tablePrefix}"`,
    );
  }
  return { schema, tablePrefix };
}
