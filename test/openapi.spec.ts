import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ERRORS } from '../libs/experience-verification/src/errors/error-catalog';
import { Browser } from './support/browser';
import { TestServer } from './support/test-server';

interface Operation {
  operationId: string;
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; example?: string; schema?: { example?: string } }[];
  requestBody?: { required: boolean; content: { 'application/json': { schema: Schema; example?: unknown } } };
  security?: Record<string, string[]>[];
  responses: Record<string, Answer>;
}

interface Answer {
  description: string;
  content?: Record<string, { schema: Schema; examples?: Record<string, unknown> }>;
}

interface Schema {
  description?: string;
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  example?: unknown;
  required?: string[];
  properties?: Record<string, Schema>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  info: { version: string };
  tags: { name: string }[];
  servers: unknown[];
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> };
}

const SEED = '/api/experience/verification/sign-in-web-authn/authentication';

describe('the OpenAPI document', () => {
  let server: TestServer;
  let document: Document;
  let operations: [method: string, path: string, operation: Operation][];

  beforeAll(async () => {
    server = await TestServer.start();
    document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
        method,
        path,
        operation,
      ]),
    );
  });
  afterAll(() => server.stop());

  it('has every call that README links to', () => {
    const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
    const linked = [...readme.matchAll(/\/docs#\/([^/)]+)\/(\w+)/g)].map(([, tag, id]) => [
      decodeURIComponent(tag!),
      id,
    ]);
    expect(linked.length).toBeGreaterThan(20);
    const known = operations.map(([, , { tags, operationId }]) => [tags?.[0], operationId]);
    expect(known).toEqual(expect.arrayContaining(linked));
  });

  it('says what every property is', () => {
    const schemas = Object.entries(document.components.schemas);
    const properties = schemas.flatMap(([name, schema]) =>
      Object.entries(schema.properties ?? {}).map(([member, { description }]) => ({
        of: `${name}.${member}`,
        description,
      })),
    );
    expect(properties.length).toBeGreaterThan(250);
    expect(properties.filter(({ description }) => !description?.trim())).toEqual([]);
  });

  it('says where it is, of which version, and who may call what', () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as {
      version: string;
    };
    expect(document.info.version).toBe(version);
    expect(document.servers).toEqual([{ url: '/', description: expect.any(String) }]);
    expect(JSON.stringify(document)).not.toContain('JWT');
    const { securitySchemes } = document.components;
    for (const [method, path, { security }] of operations) {
      expect([method, path, security]).toEqual([method, path, expect.any(Array)]);
      const asked = security!.flatMap((requirement) => Object.keys(requirement));
      expect(Object.keys(securitySchemes)).toEqual(expect.arrayContaining(asked));
      const isOpen = security!.length === 0 || security!.some((one) => Object.keys(one).length === 0);
      expect([method, path, isOpen]).toEqual([
        method,
        path,
        !/^\/api\/(administrators|invitations|settings|my-account|users|applications\b(?!.*logo)|groups|audit-events|passkeys)|\/web-authn\/authentication/.test(
          path,
        ),
      ]);
    }
  });

  it('has a summary for each operation alone, an alias too', () => {
    const summaries = operations.map(([, , { summary }]) => summary);
    expect(summaries.filter((summary, index) => summaries.indexOf(summary) !== index)).toEqual([]);
    const alias = SEED.replace('sign-in-web-authn', 'sign-in-passkey');
    expect(document.paths[alias]!['post']).toMatchObject({
      summary: `${document.paths[SEED]!['post']!.summary} (also under ${alias})`,
      deprecated: false,
    });
  });

  it('has examples as somebody would send them: no member that is null, and of sign-in no extension', () => {
    for (const [method, path, { requestBody }] of operations) {
      const body = requestBody?.content['application/json'].example;
      const shown = `${method} ${path} ${JSON.stringify(body)}`;
      if (requestBody) expect(shown).toMatch(/\{.*\}$/s);
      expect(shown).not.toContain('null');
      if (/authentication$/.test(path)) expect(shown).not.toMatch(/extensions|credProps|largeBlob/);
    }
    const { extensions } = document.components.schemas['AuthenticationOptionsDto']!.properties!;
    expect(extensions!.example).toEqual({});
  });

  it('asks for a body only where a member of it is needed', () => {
    const bodies = operations.flatMap(([method, path, { requestBody }]) =>
      method === 'post' && requestBody ? [[path, requestBody.required]] : [],
    );
    expect(bodies).toEqual(
      expect.arrayContaining([
        [SEED, true],
        [`${SEED}/verify`, true],
        ['/api/experience/preflight/sign-in-web-authn/authentication', false],
        ['/api/experience/verification/web-authn/authentication', false],
        ['/api/experience/verification/web-authn/registration', false],
      ]),
    );
  });

  it('is valid, as a public validator sees it', async () => {
    const { valid, errors } = await new Validator().validate({ ...document });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has the seed’s endpoint to the letter', () => {
    const { summary, description, requestBody, responses } = document.paths[SEED]!['post']!;
    expect(summary).toBe('Create passkey sign-in WebAuthn authentication with identifier');
    expect(description).toBe(
      "Create WebAuthn authentication options for passkey sign-in with an identifier. The identifier is used to look up the user's WebAuthn credentials and generate non-discoverable authentication options.",
    );
    expect(requestBody?.required).toBe(true);
    expect(responses['200']?.description).toBe(
      'Passkey sign-in WebAuthn authentication options have been successfully created.',
    );
    expect(responses['400']?.description).toMatch(/^Invalid request\./);
    expect(responses['404']?.description).toMatch(/^User not found\./);
    const { schemas } = document.components;
    const members = (name: string) => [Object.keys(schemas[name]!.properties!), schemas[name]!.required];
    expect(members('CreatedAuthenticationDto')).toEqual([
      ['verificationId', 'authenticationOptions'],
      ['verificationId', 'authenticationOptions'],
    ]);
    expect(members('AuthenticationOptionsDto')).toEqual([
      ['challenge', 'timeout', 'rpId', 'allowCredentials', 'userVerification', 'extensions'],
      ['challenge'],
    ]);
    expect(members('AllowCredentialDto')).toEqual([
      ['type', 'id', 'transports'],
      ['type', 'id'],
    ]);
    expect(schemas['AllowCredentialDto']!.properties!['transports']!.items!.enum).toEqual([
      'usb',
      'nfc',
      'ble',
      'internal',
      'cable',
      'hybrid',
      'smart-card',
    ]);
    expect(Object.keys(schemas['AuthenticationExtensionsDto']!.properties!)).toEqual([
      'appid',
      'credProps',
      'hmacCreateSecret',
    ]);
    expect(members('IdentifierDto')).toEqual([
      ['type', 'value'],
      ['type', 'value'],
    ]);
  });

  it('has every route of the server', () => {
    const documented = operations.map(([method, path]) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    const routes: string[] = [];
    // Fastify prints its routes as a tree; asking for each documented one shows what is missing.
    for (const [method, path] of operations) {
      const url = path.replace(/\{(\w+)\}/g, ':$1');
      if (server.app.getHttpAdapter().getInstance().hasRoute({ method: method.toUpperCase(), url })) {
        routes.push(`${method} ${url}`);
      }
    }
    expect(routes.sort()).toEqual(documented.sort());
    expect(documented.filter((route) => /sign-in-passkey/.test(route))).toHaveLength(3);
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      expect(Object.keys(document.paths)).toContain(path);
    }
  });

  it('explains every operation, and names each apart', () => {
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^\w+$/.test(id))).toEqual([]);
    for (const [method, path, { summary, description }] of operations) {
      expect([method, path, summary, description]).toEqual([
        method,
        path,
        expect.stringMatching(/\w+/),
        expect.stringMatching(/\w+ .*\.$/s),
      ]);
    }
  });

  it('describes each error by its code, and every code somewhere', () => {
    const told = new Set<string>();
    for (const [, , { responses }] of operations) {
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        const codes = Object.keys(content!['application/json']!.examples!);
        expect(codes.map((code) => ERRORS[code as keyof typeof ERRORS].status)).toEqual(
          codes.map(() => Number(status)),
        );
        for (const code of codes) told.add(code);
      }
    }
    // An import tells each passkey's own outcome.
    expect(Object.keys(ERRORS).filter((code) => !told.has(code))).toEqual(['passkey.import_conflict']);
  });

  it('has examples that succeed on a new server, in their order, or say what to make first', async () => {
    const order = document.tags.map(({ name }) => name);
    const place = ([, , { tags }]: (typeof operations)[number]) => order.indexOf(tags![0]!);
    const browser = new Browser(server);
    for (const [method, path, operation] of operations.toSorted((one, other) => place(one) - place(other))) {
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
        const parameter = operation.parameters!.find((candidate) => candidate.name === name)!;
        return encodeURIComponent(parameter.example ?? parameter.schema!.example!);
      });
      const { status, body } = await browser.manage<{ code?: string }>(
        method.toUpperCase(),
        url,
        operation.requestBody?.content['application/json'].example,
      );
      const shown = `${method} ${path}: ${status} ${JSON.stringify(body).slice(0, 200)}`;
      const answers = Object.entries(operation.responses);
      const [promised] =
        answers.find(([, { description }]) => description.includes('The example is answered so')) ??
        answers.find(([documented]) => documented.startsWith('2'))!;
      expect([shown, status]).toEqual([shown, Number(promised)]);
      if (status >= 400) {
        const examples = operation.responses[status]!.content!['application/json']!.examples!;
        expect([shown, Object.keys(examples)]).toEqual([shown, expect.arrayContaining([body.code])]);
      }
    }
  }, 60_000);
});
