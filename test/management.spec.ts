import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, readConfiguration } from '../apps/identity-server/src/configuration';
import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { signedIn } from './support/signed-in';
import { MANAGEMENT_TOKEN, TestServer } from './support/test-server';

const SCOPES = [
  'users:read',
  'users:write',
  'passkeys',
  'audit',
  'import',
  'applications',
  'groups',
  'settings',
  'invitations',
] as const;
type Scope = (typeof SCOPES)[number];

const tokenFor = (name: string) => `token-of-${name}-`.padEnd(43, 'x');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Event {
  type: string;
  userId: string | null;
  details: Record<string, unknown>;
}

const folder = mkdtempSync(join(tmpdir(), 'tokens-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const fileOf = (tokens: unknown): string => {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, JSON.stringify(tokens));
  return path;
};

const EACH = fileOf([
  ...SCOPES.map((scope) => ({
    name: scope.replace(':', '-'),
    sha256: sha256(tokenFor(scope)),
    scopes: [scope],
  })),
  ...SCOPES.map((scope) => ({
    name: `but-${scope.replace(':', '-')}`,
    sha256: sha256(tokenFor(`but-${scope}`)),
    scopes: SCOPES.filter((other) => other !== scope),
  })),
  { name: 'support', sha256: sha256(tokenFor('support')).toUpperCase(), scopes: ['users:read', 'passkeys'] },
]);

describe('management tokens', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ MANAGEMENT_TOKENS: EACH });
  });
  afterAll(() => server.stop());

  const by = (token: string, method: string, path: string, body?: unknown) =>
    new Browser(server).call(method, path, body, { authorization: `Bearer ${token}` });
  const events = async (query: string): Promise<Event[]> =>
    expectStatus(
      200,
      await new Browser(server).manage<{ events: Event[] }>('GET', `/api/audit-events${query}`),
    ).events;

  const NOBODY = '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10';
  const CALLS: [Scope, method: string, path: string, body?: unknown][] = [
    ['users:read', 'GET', '/api/users'],
    ['users:read', 'GET', `/api/users/${NOBODY}`],
    ['users:read', 'GET', `/api/users/${NOBODY}/sessions`],
    ['users:write', 'POST', '/api/users', {}],
    ['users:write', 'PATCH', `/api/users/${NOBODY}`, {}],
    ['users:write', 'DELETE', `/api/users/${NOBODY}`],
    ['users:write', 'DELETE', `/api/users/${NOBODY}/sessions`],
    ['users:write', 'DELETE', `/api/users/${NOBODY}/sessions/${NOBODY}`],
    ['passkeys', 'GET', `/api/users/${NOBODY}/passkeys`],
    ['passkeys', 'GET', `/api/users/${NOBODY}/passkeys/${NOBODY}`],
    ['passkeys', 'DELETE', `/api/users/${NOBODY}/passkeys`],
    ['passkeys', 'DELETE', `/api/users/${NOBODY}/passkeys/${NOBODY}`],
    ['passkeys', 'GET', '/api/passkeys/export'],
    ['audit', 'GET', '/api/audit-events'],
    ['audit', 'GET', '/api/audit-events/export?type=x'],
    ['settings', 'GET', '/api/settings'],
    ['invitations', 'POST', '/api/invitations', { maxUses: 0 }],
    ['invitations', 'GET', '/api/invitations'],
    ['invitations', 'DELETE', `/api/invitations/${NOBODY}`],
    ['import', 'POST', '/api/passkeys/import', { passkeys: [] }],
    ['applications', 'POST', '/api/applications', {}],
    ['applications', 'GET', '/api/applications'],
    ['applications', 'GET', `/api/applications/${NOBODY}`],
    ['applications', 'PATCH', `/api/applications/${NOBODY}`, {}],
    ['applications', 'DELETE', `/api/applications/${NOBODY}`],
    ['applications', 'POST', `/api/applications/${NOBODY}/secrets`],
    ['applications', 'GET', `/api/applications/${NOBODY}/secrets`],
    ['applications', 'DELETE', `/api/applications/${NOBODY}/secrets/${NOBODY}`],
    ['groups', 'POST', '/api/groups', {}],
    ['groups', 'GET', '/api/groups'],
    ['groups', 'GET', `/api/groups/${NOBODY}`],
    ['groups', 'PATCH', `/api/groups/${NOBODY}`, { name: 'a' }],
    ['groups', 'DELETE', `/api/groups/${NOBODY}`],
    ['groups', 'PUT', `/api/groups/${NOBODY}/members/${NOBODY}`],
    ['groups', 'DELETE', `/api/groups/${NOBODY}/members/${NOBODY}`],
  ];

  it('are good for what their scopes say, and for nothing else', async () => {
    for (const [scope, method, path, body] of CALLS) {
      expect([200, 400, 404]).toContain((await by(tokenFor(scope), method, path, body)).status);
      const answer = await by(tokenFor(`but-${scope}`), method, path, body);
      expect(answer).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
    }
  });

  it('are told by name and scopes in the settings, and never by what they are known by', async () => {
    interface Settings {
      policy: object;
      branding: { colors: { dark: { accent: string } } };
      managementTokens: object[];
    }
    const settings = expectStatus(200, await new Browser(server).manage<Settings>('GET', '/api/settings'));
    expect(settings).toMatchObject({
      ...{ id: 'localhost', tenant: 'default', name: 'Test', signUp: 'open' },
      policy: { userVerification: 'required', recovery: 'one-code' },
    });
    expect(settings.branding.colors.dark.accent).toMatch(/^#[0-9a-f]{6}$/);
    expect(settings.managementTokens).toContainEqual({
      name: 'support',
      scopes: ['users:read', 'passkeys'],
      everywhere: true,
    });
    expect(settings.managementTokens).toHaveLength(SCOPES.length * 2 + 2);
    const told = JSON.stringify(settings).toLowerCase();
    for (const secret of [tokenFor('support'), sha256(tokenFor('support')), MANAGEMENT_TOKEN, 'hash']) {
      expect(told).not.toContain(secret);
    }
  });

  it('may have several scopes, and beside them the one token has all', async () => {
    expect((await by(tokenFor('support'), 'GET', '/api/users')).status).toBe(200);
    expect((await by(tokenFor('support'), 'GET', '/api/passkeys/export')).status).toBe(200);
    expect((await by(tokenFor('support'), 'POST', '/api/users', {})).status).toBe(403);
    for (const [, method, path, body] of CALLS) {
      expect([200, 400, 404]).toContain((await by(MANAGEMENT_TOKEN, method, path, body)).status);
    }
  });

  it('are not the hashes that the file has', async () => {
    const answer = await by(sha256(tokenFor('users:read')), 'GET', '/api/users');
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth.unauthorized' } });
  });

  it('are named in the events of what was done, and of what was refused', async () => {
    const created = await by(tokenFor('users:write'), 'POST', '/api/users', {
      username: freshUsername().value,
    });
    const { id } = expectStatus(201, created) as { id: string };
    await by(tokenFor('audit'), 'DELETE', `/api/users/${id}`);
    await by('wrong-token-that-nobody-has-0123456789', 'DELETE', `/api/users/${id}`);
    const [event] = await events(`?userId=${id}`);
    expect(event).toMatchObject({
      type: 'user.created',
      details: { by: 'management', token: 'users-write' },
    });
    const [wrong, forbidden] = await events('?type=management.refused&limit=2');
    expect(wrong!.details).toMatchObject({ code: 'auth.unauthorized', ip: '127.0.0.1' });
    expect(wrong!.details).not.toHaveProperty('token');
    expect(forbidden!.details).toMatchObject({ code: 'auth.forbidden', token: 'audit' });
    expect(JSON.stringify([server.log, await events('')])).not.toContain('wrong-token-that-nobody-has');
  });

  it('leave an event of every change, and a notice of what touches the owner’s security', async () => {
    const email = (name: string): Identifier => ({
      type: 'email',
      value: `${name}-${freshUsername().value}@example.com`,
    });
    const [first, second] = [email('first'), email('second')];
    const { browser, userId } = await signedIn(server, first);
    const manage = (method: string, path = '', body?: unknown) =>
      browser.manage(method, `/api/users/${userId}${path}`, body);
    expectStatus(
      200,
      await manage('PATCH', '', { username: freshUsername().value, primaryEmail: second.value }),
    );
    expectStatus(200, await manage('PATCH', '', { primaryEmail: second.value }));
    expectStatus(204, await manage('DELETE', '/sessions'));
    expectStatus(200, await manage('PATCH', '', { suspended: true }));
    expectStatus(200, await manage('PATCH', '', { suspended: false }));
    expectStatus(204, await manage('DELETE'));
    const recorded = (await events(`?userId=${userId}`)).reverse();
    expect(recorded.map(({ type }) => type)).toEqual([
      'user.registered',
      'passkey.added',
      'user.signed-in',
      'user.changed',
      'session.ended',
      'user.suspended',
      'user.restored',
      'user.deleted',
    ]);
    expect(recorded[3]!.details['changed']).toEqual(['username', 'primaryEmail']);
    for (const { details } of recorded.slice(3)) {
      expect(details).toMatchObject({ by: 'management', token: 'management' });
    }
    const told = (to: Identifier) =>
      server.log.filter((line) => line['to'] === to.value).map(({ kind }) => kind);
    expect(told(first)).toEqual(['passkey-added', 'addresses-changed']);
    expect(told(second)).toEqual([
      'addresses-changed',
      'sessions-ended',
      'account-suspended',
      'account-restored',
      'account-deleted',
    ]);
  });

  it('leave an event of an export, and of a user whom an import creates', async () => {
    const { browser } = await signedIn(server);
    type Page = { passkeys: { user: object; credentialId: string }[] };
    const page = expectStatus(200, await browser.manage<Page>('GET', '/api/passkeys/export?limit=200'));
    expect((await events('?limit=1'))[0]).toMatchObject({ type: 'passkeys.exported', userId: null });
    const passkey = {
      ...page.passkeys.at(-1),
      user: { username: freshUsername().value },
      userHandle: null,
      credentialId: Buffer.from(freshUsername().value).toString('base64url'),
    };
    const imported = await by(tokenFor('import'), 'POST', '/api/passkeys/import', { passkeys: [passkey] });
    expect(imported.body).toMatchObject({ results: [{ status: 'imported' }] });
    const { userId } = (imported.body as { results: { userId: string }[] }).results[0]!;
    const made = await events(`?userId=${userId}`);
    expect(made.map(({ type }) => type).reverse()).toEqual(['user.created', 'passkey.imported']);
    for (const { details } of made) expect(details['token']).toBe('import');
  });
});

describe('wrong management tokens', () => {
  it('are refused for a while after many from one address, where a right one still passes', async () => {
    const server = await TestServer.start({ RATE_LIMIT: 'on' });
    try {
      const statuses: number[] = [];
      let wait = 0;
      for (let index = 0; index < 40; index += 1) {
        const answer = await new Browser(server).call('GET', '/api/users', undefined, {
          authorization: `Bearer wrong-${index}`,
        });
        statuses.push(answer.status);
        wait = Number(answer.headers.get('retry-after'));
      }
      expect(statuses.filter((status) => status === 401)).toHaveLength(20);
      expect(statuses.slice(20)).toEqual(Array(20).fill(429));
      expect(wait).toBeGreaterThan(0);
      const manager = new Browser(server);
      expect((await manager.manage('GET', '/api/users')).status).toBe(200);
      const { events } = expectStatus(
        200,
        await manager.manage<{ events: Event[] }>('GET', '/api/audit-events'),
      );
      expect(events.filter(({ type }) => type === 'management.refused')).toHaveLength(20);
      expect(events.filter(({ type }) => type === 'limit.reached')).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });
});

it('a token that is changed is good beside the next one, under the same name', async () => {
  const next = 'next-management-token-of-the-tests-012345';
  const tokens = [
    { name: 'support', sha256: [sha256(tokenFor('next')), sha256(tokenFor('now'))], scopes: ['users:write'] },
  ];
  const server = await TestServer.start({
    MANAGEMENT_TOKENS: fileOf(tokens),
    MANAGEMENT_API_TOKEN: `${next}, ${MANAGEMENT_TOKEN}`,
  });
  try {
    const make = (token: string) =>
      new Browser(server).call(
        'POST',
        '/api/users',
        { username: freshUsername().value },
        { authorization: `Bearer ${token}` },
      );
    for (const token of [next, MANAGEMENT_TOKEN, tokenFor('next'), tokenFor('now')]) {
      expectStatus(201, await make(token));
    }
    expect((await make(`${next}, ${MANAGEMENT_TOKEN}`)).status).toBe(401);
    const rows = await server.query<Event>(
      `SELECT type, details FROM passkey.audit_events WHERE type = 'user.created' ORDER BY id`,
    );
    expect(rows.map(({ details }) => details['token'])).toEqual([
      'management',
      'management',
      'support',
      'support',
    ]);
  } finally {
    await server.stop();
  }
});

describe('a limit that somebody has reached', () => {
  it('is an audit event, once however much is asked after that', async () => {
    const server = await TestServer.start({ RATE_LIMIT: 'on', RATE_LIMIT_PER_ADDRESS: '5' });
    try {
      const statuses: number[] = [];
      for (let index = 0; index < 30; index += 1) {
        statuses.push((await new Browser(server).discoverableOptions()).status);
      }
      expect(statuses.filter((status) => status === 429)).toHaveLength(25);
      const rows = await server.query<Event>(
        `SELECT type, details FROM passkey.audit_events WHERE type = 'limit.reached'`,
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]!.details).toMatchObject({ code: 'request.too_many', ip: '127.0.0.1' });
      expect(rows[0]!.details['reason']).toMatch(/^more than 5 requests: address/);
    } finally {
      await server.stop();
    }
  });
});

describe('the file of management tokens', () => {
  const hash = sha256(tokenFor('file'));
  it.each<[problem: string, content: unknown, message: RegExp]>([
    ['no array', {}, /must hold an array/],
    ['a member that is missing', [{ name: 'a', sha256: hash }], /"scopes" is missing/],
    [
      'a member that is not known',
      [{ name: 'a', sha256: hash, scopes: ['audit'], token: 'x' }],
      /"token" is not known/,
    ],
    [
      'an unknown scope',
      [{ name: 'a', sha256: hash, scopes: ['everything'] }],
      /"scopes" has the wrong value/,
    ],
    ['no scope', [{ name: 'a', sha256: hash, scopes: [] }], /"scopes" has the wrong value/],
    ['a name with a space', [{ name: 'a b', sha256: hash, scopes: ['audit'] }], /"name" has the wrong value/],
    [
      'a token in place of its hash',
      [{ name: 'a', sha256: tokenFor('x'), scopes: ['audit'] }],
      /64 hex digits$/,
    ],
    [
      'a name twice',
      [
        { name: 'a', sha256: hash, scopes: ['audit'] },
        { name: 'a', sha256: sha256('other'), scopes: ['audit'] },
      ],
      /the name "a" is there twice/,
    ],
    [
      'a token twice',
      [
        { name: 'a', sha256: hash, scopes: ['audit'] },
        { name: 'b', sha256: hash, scopes: ['audit'] },
      ],
      /the sha256 ".*" is there twice/,
    ],
  ])('with %s stops the start', (_problem, content, message) => {
    const read = () => readConfiguration({ MANAGEMENT_TOKENS: fileOf(content) });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(/^MANAGEMENT_TOKENS: /);
    expect(read).toThrow(message);
    expect(read).not.toThrow(tokenFor('x'));
  });
});
