import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  enum?: unknown[];
  items?: Schema;
  type?: string | string[];
  example?: unknown;
  properties?: Record<string, Schema>;
}

/**
 * Gives each body an example as somebody would send it, of those of its members. Swagger UI makes one of all of them, with
 * null for each that is left out. An example of null stands for one that is.
 */
export function showWholeBodies(document: OpenAPIObject): void {
  const schemas = document.components?.schemas;
  if (!schemas) return;
  const nameOf = (ref: string) => ref.split('/').at(-1) ?? '';
  const exampleOf = (schema: Schema): unknown => {
    if (schema.example !== undefined) return schema.example ?? undefined;
    if (schema.$ref) return exampleOf(schemas[nameOf(schema.$ref)] ?? {});
    const [alternative] = schema.allOf ?? schema.anyOf ?? [];
    if (alternative) return exampleOf(alternative);
    if (schema.enum) return schema.enum[0] ?? undefined;
    if (schema.items) {
      const item = exampleOf(schema.items);
      return item === undefined ? [] : [item];
    }
    if (!schema.properties) return undefined;
    const members = Object.entries(schema.properties).map(([name, member]) => [name, exampleOf(member)]);
    return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as unknown;
  };
  for (const operations of Object.values(document.paths)) {
    for (const operation of [operations.post, operations.put, operations.patch]) {
      if (!operation?.requestBody || !('content' in operation.requestBody)) continue;
      const body = operation.requestBody.content['application/json'];
      if (body?.schema) body.example ??= exampleOf(body.schema);
    }
  }
}
