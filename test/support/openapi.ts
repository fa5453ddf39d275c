import type { TestServer } from './test-server';

export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  example?: unknown;
  nullable?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  minLength?: number;
  maxLength?: number;
}

/** One operation of the OpenAPI document, with its schemas resolved. */
export interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: string; example?: string; schema?: Schema }[];
  body?: Schema;
  statuses: number[];
}

interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
}

interface DocumentedOperation {
  parameters?: Operation['parameters'];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, unknown>;
}

/** Every operation that the server documents. */
export async function documentedOperations(server: TestServer): Promise<Operation[]> {
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
  const resolve = (schema: Schema): Schema => {
    if (schema.$ref) return resolve(document.components.schemas[schema.$ref.split('/').at(-1)!]!);
    const [only] = schema.allOf ?? schema.anyOf ?? schema.oneOf ?? [];
    if (only && !schema.properties) return { ...schema, ...resolve(only) };
    return {
      ...schema,
      ...(schema.items && { items: resolve(schema.items) }),
      ...(schema.properties && {
        properties: Object.fromEntries(
          Object.entries(schema.properties).map(([name, member]) => [name, resolve(member)]),
        ),
      }),
    };
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => {
      const schema = requestBody?.content['application/json'].schema;
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        ...(schema && { body: resolve(schema) }),
        statuses: Object.keys(responses).map(Number),
      };
    }),
  );
}

/** What Swagger UI would send. */
export function exampleOf(schema: Schema): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  if (schema.items) return [exampleOf(schema.items)];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, exampleOf(member)]),
    );
  }
  return schema.type === 'boolean'
    ? true
    : schema.type === 'number' || schema.type === 'integer'
      ? 1
      : 'string';
}

/** The path with its parameters filled in, and a query. */
export function urlOf({ path, parameters }: Operation, values: Record<string, string> = {}): string {
  const valueOf = (name: string) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    const example = parameter?.example ?? (parameter?.schema?.example as string | undefined);
    // A lone surrogate can't be in a URL.
    return encodeURIComponent((values[name] ?? example ?? 'string').toWellFormed());
  };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
  const query = parameters
    .filter(({ name, in: place }) => place === 'query' && values[name] !== undefined)
    .map(({ name }) => `${name}=${valueOf(name)}`);
  return query.length > 0 ? `${filled}?${query.join('&')}` : filled;
}

/** Paths of every member of a JSON value, deepest last. */
export function membersOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, member]) => membersOf(member, [...path, name]));
  return path.length > 0 ? [path, ...inner] : inner;
}

/** A copy of the value with the member at `path` replaced. */
export function withMember(value: unknown, [name, ...rest]: string[], member: unknown): unknown {
  if (name === undefined) return member;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const target = copy as Record<string, unknown>;
  target[name] = withMember(target[name], rest, member);
  return copy;
}
