import { readFileSync } from 'node:fs';
import { ApiError, ConnectionError, createPasskeyClient } from 'passkey-sign-in-client';
import { ERRORS } from '../libs/experience-verification/src/errors/error-catalog';
import { TestServer } from './support/test-server';
import { arrayOf, Declarations, recordOf, type TypeText, unionOf } from './support/typescript-declarations';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  type?: string | string[];
  enum?: (string | null)[];
  items?: Schema;
  required?: string[];
  additionalProperties?: Schema;
  properties?: Record<string, Schema>;
}

interface Operation {
  tags: string[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content?: { 'application/json'?: { examples?: object; schema?: Schema } } }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const SOURCES = 'libs/passkey-client/src';

/** Tags of the operations that a browser calls; the others are for servers. */
const FOR_BROWSERS = [
  'Interaction',
  'Passkey sign-in',
  'Passkey registration',
  'Step-up',
  'Recovery',
  'My account',
];

/** Types that `@simplewebauthn/browser` has, by the document's names of them. */
const OF_THE_BROWSER: Record<string, string> = {
  AuthenticationOptions: 'PublicKeyCredentialRequestOptionsJSON',
  RegistrationOptions: 'PublicKeyCredentialCreationOptionsJSON',
  AssertionPayload: 'AuthenticationResponseJSON',
  AttestationPayload: 'RegistrationResponseJSON',
};

/** A schema as the TypeScript type that it stands for. */
function textOf(schema: Schema): TypeText {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!.replace(/Dto$/, '');
    return OF_THE_BROWSER[name] ?? name;
  }
  if (schema.anyOf ?? schema.allOf) return unionOf((schema.anyOf ?? schema.allOf)!.map(textOf));
  if (schema.enum) return unionOf(schema.enum.map((value) => (value === null ? 'null' : `'${value}'`)));
  if (Array.isArray(schema.type)) return unionOf(schema.type.map((type) => textOf({ ...schema, type })));
  if (schema.items) return arrayOf(textOf(schema.items));
  if (schema.type === 'object' && schema.additionalProperties) {
    return recordOf(textOf(schema.additionalProperties));
  }
  return String(schema.type);
}

describe('the client, beside the OpenAPI document', () => {
  let server: TestServer;
  let document: Document;

  beforeAll(async () => {
    server = await TestServer.start();
    document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
  });
  afterAll(() => server.stop());

  /** Every call that the client makes, by the names of its functions. */
  const callsOfClient = async () => {
    const sent: Record<string, { method: string; path: string }> = {};
    let name = '';
    const { api } = createPasskeyClient({
      fetch: (path, init) => {
        sent[name] = { method: init!.method!.toLowerCase(), path: decodeURI(path as string).split('?')[0]! };
        return Promise.resolve(new Response('{}'));
      },
    });
    for (const [called, call] of Object.entries(api)) {
      name = called;
      await (call as (...values: unknown[]) => Promise<unknown>)('{id}', 'a name');
    }
    return sent;
  };

  it('calls every operation that is for browsers, and no other', async () => {
    const forBrowsers = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { tags }]) => tags.some((tag) => FOR_BROWSERS.includes(tag)))
        // Logto's later name of the same operations.
        .filter(() => !path.includes('sign-in-passkey'))
        .map(([method]) => `${method} ${path}`),
    );
    const calls = Object.values(await callsOfClient()).map(({ method, path }) => `${method} ${path}`);
    expect(calls.sort()).toEqual(forBrowsers.sort());
  });

  it('takes and gives what the operations take and give', async () => {
    const types = new Declarations(`${SOURCES}/api.ts`).calls();
    for (const [name, { method, path }] of Object.entries(await callsOfClient())) {
      const { requestBody, responses } = document.paths[path]![method]!;
      const [success] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const body = requestBody?.content['application/json'].schema;
      const answer = success![1].content?.['application/json']?.schema;
      expect([name, types[name]]).toEqual([
        name,
        { takes: body && textOf(body), gives: answer ? textOf(answer) : 'null' },
      ]);
    }
  });

  it('has every member of every type, optional or nullable alike', () => {
    const interfaces = new Declarations(`${SOURCES}/api-types.ts`).interfaces();
    expect(Object.keys(interfaces)).toContain('Passkey');
    for (const [name, members] of Object.entries(interfaces)) {
      const { properties = {}, required = [] } = document.components.schemas[`${name}Dto`] ?? {};
      const documented = Object.entries(properties).map(([member, schema]) => [
        `${member}${required.includes(member) ? '' : '?'}`,
        textOf(schema),
      ]);
      expect({ name, members }).toEqual({ name, members: Object.fromEntries(documented) });
    }
  });

  it('has every call that pages which move here are told to make', () => {
    const { api, ...ceremonies } = createPasskeyClient();
    const text = readFileSync('docs/moving.md', 'utf8');
    const named = [...text.matchAll(/passkeys\.(api\.)?(\w+)\(/g)].map(([, single, name]) => [
      single ? api : ceremonies,
      name,
    ]);
    expect(named.length).toBeGreaterThan(20);
    for (const [has, name] of named) expect(has).toHaveProperty(name as string);
    const paths = [...text.matchAll(/`(GET|POST|PUT) (\/api\/[^`]+)`/g)].map(([, method, path]) => [
      path,
      method!.toLowerCase(),
    ]);
    expect(paths.length).toBeGreaterThan(5);
    for (const [path, method] of paths) expect(document.paths[path!]).toHaveProperty(method!);
  });

  it('knows every error code, and no other', () => {
    const codes = new Declarations(`${SOURCES}/error-code.ts`).alias('ErrorCode');
    expect(codes).toBe(unionOf(Object.keys(ERRORS).map((code) => `'${code}'`)));
    expect(codes).toBe(textOf(document.components.schemas['ErrorCode']!));
  });
});

describe('the client, as it calls', () => {
  const clientThatGets = (answer: () => Response | Error, prefix?: string) => {
    const requests: [url: string, init: RequestInit | undefined][] = [];
    const client = createPasskeyClient({
      baseUrl: 'https://login.example.com',
      prefix,
      fetch: (url, init) => {
        requests.push([url as string, init]);
        const given = answer();
        return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
      },
    });
    return { requests, api: client.api };
  };

  it('sends cookies to another origin, and a body as JSON', async () => {
    const { requests, api } = clientThatGets(() => new Response(null, { status: 204 }));
    expect(await api.startInteraction('SignIn')).toBeNull();
    expect(requests).toEqual([
      [
        'https://login.example.com/api/experience',
        expect.objectContaining({
          method: 'PUT',
          credentials: 'include',
          headers: { 'Content-Type': 'application/json', 'Interaction-Tab': expect.stringMatching(/^\w+$/) },
          body: '{"interactionEvent":"SignIn"}',
        }),
      ],
    ]);
  });

  it.each([
    ['/auth/passkeys', '/auth/passkeys/session'],
    ['auth', '/auth/session'],
    ['/auth/', '/auth/session'],
    ['', '/session'],
  ])('finds the routes where the host has put them: `%s`', async (prefix, path) => {
    const { requests, api } = clientThatGets(() => new Response(null, { status: 204 }), prefix);
    await api.signOut();
    expect(requests[0]![0]).toBe(`https://login.example.com${path}`);
  });

  it('sends no content type without a body', async () => {
    const { requests, api } = clientThatGets(() => Response.json({ redirectTo: '/account' }));
    expect(await api.submit()).toEqual({ redirectTo: '/account' });
    expect(requests[0]![1]).toMatchObject({ body: undefined });
    expect(requests[0]![1]!.headers).not.toHaveProperty('Content-Type');
  });

  it('needs no AbortSignal.timeout, which older browsers lack', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      throw new TypeError('AbortSignal.timeout is not a function');
    });
    const { api } = clientThatGets(() => new Response(null, { status: 204 }));
    expect(await api.signOut()).toBeNull();
    timeout.mockRestore();
  });

  it('throws the code of an error, its data, and how long to wait', async () => {
    const body = { code: 'user.last_passkey', message: 'No.', data: { a: 1 } };
    const { api } = clientThatGets(() =>
      Response.json(body, { status: 429, headers: { 'Retry-After': '30' } }),
    );
    const error = await api.deletePasskey('1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ ...body, status: 429, retryAfter: 30 });
  });

  it.each<[string, () => Response | Error]>([
    ['no answer', () => new TypeError('Failed to fetch')],
    ['an answer of a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['a page of a captive portal', () => new Response('<h1>Welcome to the hotel</h1>')],
    ['an error of another form', () => Response.json({ error: 'no' }, { status: 500 })],
  ])('tells %s apart from errors of the API', async (_, answer) => {
    await expect(clientThatGets(answer).api.getAccount()).rejects.toBeInstanceOf(ConnectionError);
  });
});

describe('what authenticators are told', () => {
  const details = jest.fn(() => Promise.resolve());
  const unknown = jest.fn(() => Promise.resolve());
  const all = jest.fn(() => Promise.resolve());
  const currentUserDetails = { rpId: 'example.com', userId: 'AAAA', name: 'alice', displayName: 'alice' };
  const client = createPasskeyClient({ fetch: () => Promise.resolve(Response.json({ currentUserDetails })) });
  beforeEach(() => {
    jest.clearAllMocks();
    Object.assign(globalThis, {
      PublicKeyCredential: {
        signalAllAcceptedCredentials: all,
        signalCurrentUserDetails: details,
        signalUnknownCredential: unknown,
      },
    });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
  });

  it('is the name of the account', async () => {
    await client.signalAccount();
    expect(details).toHaveBeenCalledWith(currentUserDetails);
    expect(unknown).not.toHaveBeenCalled();
  });

  it('is a passkey that was deleted, and never a list, which may be one of a restored backup', async () => {
    await client.deletePasskey({ id: 'x', credentialId: 'BBBB' });
    expect(unknown).toHaveBeenCalledWith({ rpId: 'example.com', credentialId: 'BBBB' });
    expect(all).not.toHaveBeenCalled();
  });
});

describe('what the server is told of a passkey of before WebAuthn', () => {
  const credential = {
    ...{
      id: 'AAAA',
      type: 'public-key',
      rawId: new ArrayBuffer(3),
      authenticatorAttachment: 'cross-platform',
    },
    response: {
      authenticatorData: new ArrayBuffer(0),
      clientDataJSON: new ArrayBuffer(0),
      signature: new ArrayBuffer(0),
    },
    getClientExtensionResults: () => ({ appid: true, prf: { results: { first: new ArrayBuffer(32) } } }),
  };
  const browser = {
    isSecureContext: true,
    PublicKeyCredential: jest.fn(),
    navigator: { credentials: { get: () => Promise.resolve(credential) } },
  };
  /** Node.js has some of them of its own, the later the more. */
  const own = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).filter(
    ([name]) => name in browser,
  );
  beforeEach(() => {
    for (const [name, value] of Object.entries(browser))
      Object.defineProperty(globalThis, name, { value, configurable: true });
  });
  afterEach(() => {
    for (const name of Object.keys(browser)) Reflect.deleteProperty(globalThis, name);
    Object.defineProperties(globalThis, Object.fromEntries(own));
  });

  it('is that its AppID was used, and no secret', async () => {
    const bodies: (string | undefined)[] = [];
    const client = createPasskeyClient({
      fetch: (_url, init) => {
        bodies.push(init?.body as string | undefined);
        return Promise.resolve(
          Response.json({
            verificationId: '1',
            authenticationOptions: { challenge: 'AAAA' },
            redirectTo: '/',
          }),
        );
      },
    });
    await client.signIn();
    const sent = bodies.filter((body) => body?.includes('clientExtensionResults'));
    expect(sent).toEqual([expect.stringContaining('"clientExtensionResults":{"appid":true}')]);
  });
});
