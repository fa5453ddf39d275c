import { EntitySchema, type EntitySchemaColumnOptions, getMetadataArgsStorage } from 'typeorm';
import { checkSchemaOptions, type SchemaOptions } from './schema.options';

/** A class that `@Entity` decorates. */
type EntityClass = new () => object;

const MADE = new WeakSet<object>();

/** Whether an entity's class is one of the module's, or of a library's beside it. */
export const isEntityInSchema = (target: unknown): boolean =>
  typeof target === 'function' && MADE.has(target);

/**
 * The decorated entities as tables of a schema, which a decorator could not be told.
 * @throws Error when the options can't be names
 */
export function entitiesInSchema(entities: EntityClass[], options: SchemaOptions): EntitySchema[] {
  const checked = checkSchemaOptions(options);
  return entities.map((target) => entityInSchema(target, checked));
}

function entityInSchema(target: EntityClass, { schema, tablePrefix }: Required<SchemaOptions>): EntitySchema {
  const decorated = getMetadataArgsStorage();
  const named = (name?: string) => name && `${tablePrefix}${name}`;
  MADE.add(target);
  return new EntitySchema({
    target,
    name: target.name,
    tableName: named(decorated.tables.find((table) => table.target === target)?.name),
    schema,
    columns: Object.fromEntries(
      decorated
        .filterColumns(target)
        .map(({ propertyName, options }) => [propertyName, columnOf(target, propertyName, options, named)]),
    ),
    uniques: decorated.filterUniques(target).map(({ name, columns }) => ({ name: named(name), columns })),
    indices: decorated
      .filterIndices(target)
      .map(({ name, columns, unique }) => ({ name: named(name), columns, unique })),
  });
}

type ColumnOptions = Omit<EntitySchemaColumnOptions, 'type'> & { type?: EntitySchemaColumnOptions['type'] };

function columnOf(
  target: EntityClass,
  property: string,
  options: object,
  named: (name?: string) => string | undefined,
): EntitySchemaColumnOptions {
  const { type, primaryKeyConstraintName, ...others }: ColumnOptions = options;
  const rest = { ...others, primaryKeyConstraintName: named(primaryKeyConstraintName) };
  if (!type) throw new Error(`${target.name}.${property}: its column's type must be named`);
  const foreignKey = getMetadataArgsStorage()
    .filterForeignKeys(target)
    .find(({ propertyName }) => propertyName === property);
  if (!foreignKey) return { ...rest, type };
  const { name, onDelete, inverseSide } = foreignKey;
  return {
    ...rest,
    type,
    foreignKey: {
      ...{ target: foreignKey.type, name: named(name), onDelete },
      ...(typeof inverseSide === 'string' && { inverseSide }),
    },
  };
}
