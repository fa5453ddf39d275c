import { EntitySchema, type EntitySchemaColumnOptions, getMetadataArgsStorage } from 'typeorm';

/** A class that `@Entity` decorates. */
type EntityClass = new () => object;

/** The decorated entities as tables of a schema, which a decorator could not be told. */
export const entitiesInSchema = (entities: EntityClass[], schema: string): EntitySchema[] =>
  entities.map((target) => entityInSchema(target, schema));

function entityInSchema(target: EntityClass, schema: string): EntitySchema {
  const decorated = getMetadataArgsStorage();
  return new EntitySchema({
    target,
    name: target.name,
    tableName: decorated.tables.find((table) => table.target === target)?.name,
    schema,
    columns: Object.fromEntries(
      decorated
        .filterColumns(target)
        .map(({ propertyName, options }) => [propertyName, columnOf(target, propertyName, options)]),
    ),
    uniques: decorated.filterUniques(target).map(({ name, columns }) => ({ name, columns })),
    indices: decorated.filterIndices(target).map(({ name, columns, unique }) => ({ name, columns, unique })),
  });
}

type ColumnOptions = Omit<EntitySchemaColumnOptions, 'type'> & { type?: EntitySchemaColumnOptions['type'] };

function columnOf(target: EntityClass, property: string, options: object): EntitySchemaColumnOptions {
  const { type, ...rest }: ColumnOptions = options;
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
      ...{ target: foreignKey.type, name, onDelete },
      ...(typeof inverseSide === 'string' && { inverseSide }),
    },
  };
}
