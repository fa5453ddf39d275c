import { createHmac, hash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { makeKeyPair } from '../../libs/experience-verification/src/webauthn/key-pair';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { readConfiguration } from '../../apps/identity-server/src/configuration';
import { TestServer } from '../support/test-server';
import { CALLBACK, RelyingApplication, Traveller } from './relying-application';

interface Application {
  id: string;
  name: string;
  secret?: string;
  redirectUris: string[];
}

describe('applications', () => {
  let server: TestServer;
  let manager: Browser;
  beforeAll(async () => {
    server = await TestServer.start();
    manager = new Browser(server);
  });
  afterAll(() => server.stop());

  const create = async (more: object = {}) =>
    expectStatus(
      201,
      await manager.manage<Application>('POST', '/api/applications', {
        ...{ name: 'Shop', type: 'web', redirectUris: [CALLBACK] },
        ...more,
      }),
    );

  it('are added, listed, changed and deleted by management', async () => {
    const { id, secret, ...created } = await create({
      thirdParty: true,
      logoUri: 'https://shop.example/logo.svg',
    });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(created).toMatchObject({
      name: 'Shop',
      thirdParty: true,
      redirectUris: [CALLBACK],
      groups: [],
      jwks: null,
    });
    const listed = expectStatus(
      200,
      await manager.manage<{ applications: Application[] }>('GET', '/api/applications'),
    );
    expect(listed.applications.map((application) => application.id)).toContain(id);
    expect(JSON.stringify(listed)).not.toContain(secret);
    const changed = await manager.manage('PATCH', `/api/applications/${id}`, {
      name: 'Store',
      logoUri: null,
    });
    expect(expectStatus(200, changed)).toMatchObject({ name: 'Store', logoUri: null, thirdParty: true });
    expectStatus(204, await manager.manage('DELETE', `/api/applications/${id}`));
    expect((await manager.manage('GET', `/api/applications/${id}`)).body['code']).toBe(
      'application.not_found',
    );
    const events = await server.query<{ type: string }>(
      `SELECT type FROM passkey.audit_events WHERE details->>'application' = $1 ORDER BY created_at, id`,
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'application.created',
      'application.changed',
      'application.deleted',
    ]);
  });

  it('are listed page by page', async () => {
    await create();
    await create();
    const first = expectStatus(
      200,
      await manager.manage<{ applications: Application[]; nextCursor: string }>(
        'GET',
        '/api/applications?limit=1',
      ),
    );
    const second = expectStatus(
      200,
      await manager.manage<{ applications: Application[] }>(
        'GET',
        `/api/applications?limit=1&cursor=${first.nextCursor}`,
      ),
    );
    expect(second.applications[0]!.id > first.applications[0]!.id).toBe(true);
  });

  it.each([
    ['web', 'http://shop.example/callback'],
    ['web', 'https://shop.example/callback#there'],
    ['web', 'https://*.shop.example/callback'],
    ['web', 'https://user:word@shop.example/callback'],
    ['web', 'javascript:alert(1)'],
    ['web', 'data:text/html,hello'],
    ['web', 'com.example.app:/callback'],
    ['spa', '/callback'],
    ['native', 'myapp:/callback'],
    ['native', 'https://127.0.0.1/callback'],
    ['machine', 'https://shop.example/callback'],
  ])('of type %s are not led back to %s', async (type, uri) => {
    const { status, body } = await manager.manage('POST', '/api/applications', {
      name: 'A',
      type,
      redirectUris: [uri],
    });
    expect([status, body['code'], Object.keys(body['data'] ?? {})]).toEqual([
      400,
      'guard.invalid_input',
      ['redirectUris'],
    ]);
  });

  it.each(['', 'a'.repeat(101)])('are for no group that can not be: %j', async (group) => {
    const { id } = await create();
    for (const { status, body } of [
      await manager.manage('POST', '/api/applications', { name: 'A', type: 'machine', groups: [group] }),
      await manager.manage('PATCH', `/api/applications/${id}`, { groups: [group] }),
    ]) {
      expect([status, body['code'], Object.keys(body['data'] ?? {})]).toEqual([
        400,
        'guard.invalid_input',
        ['groups'],
      ]);
    }
  });

  it.each([
    ['native', 'https://127.0.0.1/bye'],
    ['native', 'https://localhost:8443/bye'],
    ['device', 'https://[::1]/bye'],
    ['native', 'bye:/'],
    ['web', 'com.example.app:/bye'],
  ])('of type %s do not lead to %s after a sign-out', async (type, uri) => {
    const redirectUris = type === 'device' ? [] : [CALLBACK];
    const postLogoutRedirectUris = [uri];
    const { id } = await create({ type, redirectUris });
    for (const { status, body } of [
      await manager.manage('POST', '/api/applications', {
        ...{ name: 'A', type, redirectUris, postLogoutRedirectUris },
      }),
      await manager.manage('PATCH', `/api/applications/${id}`, { postLogoutRedirectUris }),
    ]) {
      expect([status, body['code'], Object.keys(body['data'] ?? {})]).toEqual([
        400,
        'guard.invalid_input',
        ['postLogoutRedirectUris'],
      ]);
    }
  });

  /** What each of several calls at once was answered. */
  const atOnce = async (...calls: [method: string, path: string, body?: unknown][]) =>
    (await Promise.all(calls.map((call) => manager.manage(...call)))).map(({ status }) => status);
  const eventsOf = (member: 'application' | 'group', id: string, type: string) =>
    server.query<{ userId: string | null }>(
      `SELECT user_id AS "userId" FROM passkey.audit_events WHERE details->>'${member}' = $1 AND type = $2`,
      [id, type],
    );

  it('that are deleted while they are changed stay deleted', async () => {
    for (let round = 0; round < 5; round += 1) {
      const path = `/api/applications/${(await create()).id}`;
      const [changed, deleted] = await atOnce(['PATCH', path, { name: 'Store' }], ['DELETE', path]);
      expect([200, 404]).toContain(changed);
      expect(deleted).toBe(204);
      expect((await manager.manage('GET', path)).status).toBe(404);
    }
  });

  it('are deleted once, by whoever is first', async () => {
    const { id } = await create();
    const statuses = await atOnce(
      ['DELETE', `/api/applications/${id}`],
      ['DELETE', `/api/applications/${id}`],
    );
    expect(statuses.toSorted()).toEqual([204, 404]);
    expect(await eventsOf('application', id, 'application.deleted')).toHaveLength(1);
  });

  it('keep what several change at once', async () => {
    const path = `/api/applications/${(await create()).id}`;
    expect(await atOnce(['PATCH', path, { thirdParty: true }], ['PATCH', path, { name: 'Store' }])).toEqual([
      200, 200,
    ]);
    expect((await manager.manage('GET', path)).body).toMatchObject({ thirdParty: true, name: 'Store' });
  });

  it('keep a name, which people can read', async () => {
    const path = `/api/applications/${(await create()).id}`;
    for (const name of [null, '', 'pay\u202Elap']) {
      const { status, body } = await manager.manage('PATCH', path, { name });
      expect([status, Object.keys(body['data'] ?? {})]).toEqual([400, ['name']]);
    }
    expect((await manager.manage('GET', path)).body['name']).toBe('Shop');
  });

  it('are refused where nobody could sign in to them', async () => {
    const { publicKey } = makeKeyPair('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ format: 'jwk' });
    expect((await create({ jwks: { keys: [{ ...key, kid: 'first' }] } })).secret).toBeUndefined();
    const one = 'https://one.example/callback';
    for (const [member, more] of [
      ['jwks', { jwks: { keys: [{}] } }],
      ['jwks', { jwks: { keys: [{ kty: 'oct' }] } }],
      ['jwks', { jwks: { keys: [{ ...key, kid: 'a\u0000b' }] } }],
      ['jwks', { jwks: { keys: [{ ...key, kid: 1 }] } }],
      ['subjectType', { subjectType: 'pairwise', redirectUris: [CALLBACK, one] }],
      ['subjectType', { subjectType: 'pairwise', type: 'device', redirectUris: [] }],
      ['subjectType', { subjectType: 'pairwise', redirectUris: [] }],
    ] as const) {
      const answer = await manager.manage('POST', '/api/applications', {
        ...{ name: 'A', type: 'web', redirectUris: [CALLBACK] },
        ...more,
      });
      expect([answer.status, Object.keys(answer.body['data'] ?? {})]).toEqual([400, [member]]);
    }
  });

  it('have groups of the relying party’s own users, each change of which is told once', async () => {
    const { id } = expectStatus(
      201,
      await manager.manage<{ id: string }>('POST', '/api/groups', { name: 'crew' }),
    );
    const stranger = randomUUID();
    await server.query(
      `INSERT INTO passkey.users (id, tenant, user_handle) VALUES ($1, 'other.example', $2)`,
      [stranger, randomBytes(64)],
    );
    const refused = await manager.manage('PUT', `/api/groups/${id}/members/${stranger}`);
    expect([refused.status, refused.body['code']]).toEqual([404, 'user.user_not_exist']);
    const { id: userId } = expectStatus(
      201,
      await manager.manage<{ id: string }>('POST', '/api/users', { username: freshUsername().value }),
    );
    const member = `/api/groups/${id}/members/${userId}`;
    expect(await atOnce(['PUT', member], ['PUT', member])).toEqual([204, 204]);
    expect(await eventsOf('group', id, 'group.members-changed')).toEqual([{ userId }]);
    const statuses = await atOnce(['DELETE', `/api/groups/${id}`], ['PUT', member], ['DELETE', member]);
    expect(statuses[0]).toBe(204);
    for (const status of statuses) expect([204, 404]).toContain(status);
    expect((await manager.manage('PUT', member)).body['code']).toBe('group.not_found');
  });

  it.each([
    ['web', {}],
    ['web', { redirectUris: null }],
    ['spa', { redirectUris: [] }],
    ['native', {}],
  ])('of type %s may be added before where they lead back to is known: %j', async (type, more) => {
    const shop = await RelyingApplication.start(server, { type, redirectUris: undefined, ...more });
    const path = `/api/applications/${shop.id}`;
    expect((await manager.manage('GET', path)).body).toMatchObject({ redirectUris: [] });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask();
    const refused = await browser.open(request.url);
    expect([refused.status, refused.headers.get('location')]).toEqual([400, null]);
    expect(refused.body).toContain('<code>invalid_redirect_uri</code>');
    await expect(
      client.buildAuthorizationUrlWithPAR(shop.configuration, new URL(request.url).searchParams),
    ).rejects.toMatchObject({ status: 400 });
    await expect(client.clientCredentialsGrant(shop.configuration)).rejects.toMatchObject({
      error: 'invalid_request',
    });
    expectStatus(200, await manager.manage('PATCH', path, { redirectUris: [CALLBACK] }));
    const tokens = await request.finish(await browser.goTo(request.url));
    expect(tokens.claims()!.sub).toEqual(expect.any(String));
    expectStatus(200, await manager.manage('PATCH', path, { redirectUris: null }));
    expect((await browser.open(request.url)).status).toBe(400);
  });

  it('have public keys, and are told of sign-outs by https', async () => {
    for (const [member, body] of [
      [
        'jwks',
        {
          type: 'web',
          redirectUris: [CALLBACK],
          jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'c' }] },
        },
      ],
      [
        'backchannelLogoutUri',
        { type: 'web', redirectUris: [CALLBACK], backchannelLogoutUri: 'http://shop.example/' },
      ],
    ] as const) {
      const answer = await manager.manage('POST', '/api/applications', { name: 'A', ...body });
      expect([answer.status, Object.keys(answer.body['data'] ?? {})]).toEqual([400, [member]]);
    }
  });

  it('have several secrets, each of which works until it is deleted', async () => {
    const machine = await RelyingApplication.start(server, { type: 'machine' });
    const path = `/api/applications/${machine.id}/secrets`;
    const { id, secret } = expectStatus(
      201,
      await manager.manage<{ id: string; secret: string }>('POST', path),
    );
    expect(expectStatus(200, await manager.manage<object[]>('GET', path))).toHaveLength(2);
    const ask = async (password: string) =>
      (
        await fetch(`${server.url}/oidc/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${machine.id}:${password}`).toString('base64')}` },
          body: new URLSearchParams({ grant_type: 'client_credentials' }),
        })
      ).status;
    expect(await ask(secret)).toBe(200);
    expect(await ask('wrong')).toBe(401);
    expectStatus(204, await manager.manage('DELETE', `${path}/${id}`));
    expect(await ask(secret)).toBe(401);
    await client.clientCredentialsGrant(machine.configuration);
  });

  it('of others than the manager’s tokens are refused', async () => {
    expect((await manager.call('GET', '/api/applications')).status).toBe(401);
    expect((await manager.call('POST', '/api/groups', { name: 'a' })).status).toBe(401);
  });

  it('are for the members of their groups', async () => {
    const group = expectStatus(
      201,
      await manager.manage<{ id: string }>('POST', '/api/groups', { name: 'staff' }),
    );
    const again = await manager.manage('POST', '/api/groups', { name: 'staff' });
    expect([again.status, again.body['code']]).toEqual([422, 'group.name_already_in_use']);
    const staff = await RelyingApplication.start(server, { groups: ['staff'] });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const { id: userId } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    const refused = await staff.ask();
    expect(new URL(await browser.goTo(refused.url)).searchParams.get('error')).toBe('access_denied');
    const member = `/api/groups/${group.id}/members/${userId}`;
    expectStatus(204, await manager.manage('PUT', member));
    const request = await staff.ask({ scope: 'openid groups offline_access' });
    const tokens = await request.finish(await browser.goTo(request.url));
    expect(tokens.claims()!['groups']).toEqual(['staff']);
    const worth = () =>
      Promise.all(
        [tokens.access_token, tokens.refresh_token!].map(
          async (token) => (await client.tokenIntrospection(staff.configuration, token)).active,
        ),
      );
    expect(await worth()).toEqual([true, true]);
    expectStatus(204, await manager.manage('DELETE', member));
    expect(await worth()).toEqual([false, false]);
    await expect(client.refreshTokenGrant(staff.configuration, tokens.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('are told what management says of users and of their groups, by the scopes that tell it', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const { id: userId } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    const ofUser = `/api/users/${userId}/claims`;
    const told = { department: 'Sales', 'https://example.com/level': { a: [1] } };
    expect((await manager.manage('GET', ofUser)).body).toEqual({ claims: {} });
    expect(expectStatus(200, await manager.manage('PUT', ofUser, { claims: told }))).toEqual({
      claims: told,
    });
    for (const [name, claims] of [
      ['night', { shift: 'night', department: 'Shop' }],
      ['day', { shift: 'day' }],
    ] as const) {
      const { id } = expectStatus(201, await manager.manage<{ id: string }>('POST', '/api/groups', { name }));
      expectStatus(200, await manager.manage('PUT', `/api/groups/${id}/claims`, { claims }));
      expect((await manager.manage('GET', `/api/groups/${id}/claims`)).body).toEqual({ claims });
      expectStatus(204, await manager.manage('PUT', `/api/groups/${id}/members/${userId}`));
    }
    const customOf = async (scope: string) => {
      const request = await shop.ask({ scope });
      const tokens = await request.finish(await browser.goTo(request.url));
      const userinfo = await client.fetchUserInfo(shop.configuration, tokens.access_token, userId);
      return [tokens.claims()!, userinfo].map((all) =>
        Object.fromEntries(
          Object.entries(all).filter(([name]) => /^(shift|department|https:.*)$/.test(name)),
        ),
      );
    };
    const both = (claims: object) => [claims, claims];
    expect(await customOf('openid')).toEqual(both({}));
    expect(await customOf('openid profile')).toEqual(both(told));
    expect(await customOf('openid groups')).toEqual(both({ shift: 'night', department: 'Shop' }));
    expect(await customOf('openid groups profile')).toEqual(both({ shift: 'night', ...told }));
    for (const claims of [
      ...['sub', 'email_verified', 'groups', 'acr', 'with space', ''].map((name) => ({ [name]: 'x' })),
      { long: 'x'.repeat(4096) },
      { text: '\ud800' },
      'text',
    ]) {
      const answer = await manager.manage('PUT', ofUser, { claims });
      expect([answer.status, Object.keys(answer.body['data'] ?? {})]).toEqual([400, ['claims']]);
    }
    const nobody = await manager.manage('PUT', `/api/users/${randomUUID()}/claims`, { claims: {} });
    expect(nobody.body['code']).toBe('user.user_not_exist');
    const none = await manager.manage('PUT', `/api/groups/${randomUUID()}/claims`, { claims: {} });
    expect(none.body['code']).toBe('group.not_found');
  });

  it('have a logo that the server fetches, so that they are not told who looks', async () => {
    const asked: (string | undefined)[] = [];
    const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    const pictures = createServer(({ url, headers }, response) => {
      asked.push(headers.cookie);
      if (url === '/moved') response.writeHead(302, { location: '/logo' }).end();
      else {
        response.setHeader('content-type', url === '/page' ? 'text/html' : 'image/svg+xml');
        response.end(url === '/large' ? 'x'.repeat(300_000) : SVG);
      }
    });
    await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
    const logoOf = async (logoUri?: string) => {
      const { id } = await create({ logoUri });
      return `${server.url}/api/applications/${id}/logo`;
    };
    try {
      const path = await logoOf(`${at}/logo`);
      for (let look = 0; look < 2; look += 1) {
        const answer = await fetch(path, { headers: { cookie: 'session=somebody' } });
        expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
          200,
          SVG,
          'image/svg+xml',
        ]);
        expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*sandbox$/);
      }
      expect(asked).toEqual([undefined]);
      for (const uri of [`${at}/page`, `${at}/large`, `${at}/moved`, 'http://127.0.0.1:1/', undefined]) {
        expect([uri, (await fetch(await logoOf(uri))).status]).toEqual([uri, 404]);
      }
    } finally {
      pictures.closeAllConnections();
      await new Promise((resolve) => pictures.close(resolve));
    }
  });

  it('are shown to their user, who disconnects them', async () => {
    const shop = await RelyingApplication.start(server, { thirdParty: true });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask({ scope: 'openid profile offline_access' });
    await browser.goTo(request.url);
    const redirectTo = await browser.consent(true);
    const tokens = await request.finish(await browser.goTo(redirectTo));
    expect(expectStatus(200, await browser.get<object>('/api/my-account/applications'))).toEqual([
      {
        ...{ id: shop.id, name: 'Shop', scopes: ['offline_access', 'openid', 'profile'] },
        firstUsedAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
    ]);
    expectStatus(204, await browser.call('DELETE', `/api/my-account/applications/${shop.id}`));
    const { events } = expectStatus(200, await browser.get<{ events: object[] }>('/api/my-account/events'));
    expect(events[0]).toMatchObject({ type: 'token.revoked', by: null });
    expect(await client.tokenIntrospection(shop.configuration, tokens.access_token)).toEqual({
      active: false,
    });
    await expect(client.refreshTokenGrant(shop.configuration, tokens.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    expect(expectStatus(200, await browser.get<object>('/api/my-account/applications'))).toEqual([]);
    const later = await shop.ask();
    expect(await browser.goTo(later.url)).toContain('/?authorization=');
  });

  it('are shown again to whoever comes back at once, with what they ask for by then', async () => {
    const shop = await RelyingApplication.start(server);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const visit = async (scope: string) => browser.goTo((await shop.ask({ scope })).url);
    await visit('openid');
    await visit('openid');
    expectStatus(204, await browser.call('DELETE', `/api/my-account/applications/${shop.id}`));
    const shown = async () => expectStatus(200, await browser.get<object>('/api/my-account/applications'));
    await visit('openid');
    expect(await shown()).toMatchObject([{ id: shop.id, scopes: ['openid'] }]);
    await visit('openid profile');
    expect(await shown()).toMatchObject([{ id: shop.id, scopes: ['openid', 'profile'] }]);
  });

  it('that are deleted have no tokens any more', async () => {
    const shop = await RelyingApplication.start(server);
    const other = await RelyingApplication.start(server, { type: 'machine' });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const request = await shop.ask();
    const { access_token } = await request.finish(await browser.goTo(request.url));
    expect(await client.tokenIntrospection(other.configuration, access_token)).toMatchObject({
      active: true,
    });
    expectStatus(204, await manager.manage('DELETE', `/api/applications/${shop.id}`));
    expect(await client.tokenIntrospection(other.configuration, access_token)).toEqual({ active: false });
  });

  it('that are native are led back to any port of the machine itself', async () => {
    const app = await RelyingApplication.start(server, {
      ...{ type: 'native', redirectUris: ['http://127.0.0.1/callback', 'com.example.app:/callback'] },
    });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    for (const address of ['http://127.0.0.1:49152/callback', 'com.example.app:/callback']) {
      const request = await app.ask({ redirect_uri: address });
      expect(await browser.goTo(request.url)).toMatch(new RegExp(`^${address.replace('.', '\\.')}\\?code=`));
    }
    const elsewhere = await app.ask({ redirect_uri: 'http://127.0.0.1:49152/other' });
    expect((await browser.open(elsewhere.url)).status).toBe(400);
  });

  describe('have users under subjects of their own, where they ask for it', () => {
    /** `sub` of one user at each, by where they are led back to. */
    const subjectsAt = async (...all: [type: string, redirectUri: string][]) => {
      const browser = new Traveller(server);
      await browser.register(freshUsername());
      const { id: userId } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
      const subjects: string[] = [];
      for (const [type, redirect_uri] of all) {
        const application = await RelyingApplication.start(server, {
          ...{ type, redirectUris: [redirect_uri], subjectType: 'pairwise' },
        });
        const request = await application.ask({ redirect_uri });
        const tokens = await request.finish(await browser.goTo(request.url));
        subjects.push(tokens.claims()!.sub);
      }
      expect(subjects).not.toContain(userId);
      return { subjects, userId };
    };

    it('of their host, which they share', async () => {
      const { subjects, userId } = await subjectsAt(
        ['web', CALLBACK],
        ['spa', 'https://shop.example/spa'],
        ['native', 'https://shop.example/app'],
        ['web', 'https://other.example/callback'],
      );
      // They are what applications know their users by: they must be the same in each version.
      const key = hkdfSync(
        'sha256',
        'secret-of-the-tests-0123456789abcdef',
        '',
        'openid-provider pairwise',
        32,
      );
      const [shop, other] = ['shop.example', 'other.example'].map((host) =>
        createHmac('sha256', Buffer.from(key)).update(`${host}\0${userId}`).digest('base64url'),
      );
      expect(subjects).toEqual([shop, shop, shop, other]);
    });

    it('of the application itself, where it is led back to an address that is no host’s', async () => {
      const { subjects } = await subjectsAt(
        ['native', 'com.example.one:/callback'],
        ['native', 'com.example.two:/callback'],
        ['native', 'com.example.three://callback'],
        ['native', 'com.example.four://callback'],
        ['native', 'http://127.0.0.1/callback'],
        ['native', 'http://127.0.0.1/callback'],
      );
      expect(new Set(subjects).size).toBe(subjects.length);
    });
  });
});

describe('applications of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'applications-'));
  const secret = randomBytes(32).toString('hex');
  const other = randomBytes(32).toString('hex');
  const fileOf = (entries: unknown, name = 'applications.json'): { APPLICATIONS: string } => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(entries));
    return { APPLICATIONS: path };
  };
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${other}\n`);
  const [shop, machine] = [randomUUID(), randomUUID()];
  const SHOP = { id: shop, name: 'Shop', type: 'web', redirectUris: [CALLBACK] };
  const sha256 = hash('sha256', secret);
  const BOTH = [
    { ...SHOP, secrets: [sha256] },
    { id: machine, name: 'Robot', type: 'machine', secretFiles: [secretFile] },
  ];
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const statusOf = async (server: TestServer, id: string, password: string): Promise<number> => {
    const response = await fetch(`${server.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return response.status;
  };

  it('are there after each start, as the file says, and end with it', async () => {
    const first = await TestServer.start(fileOf(BOTH));
    const manager = new Browser(first);
    const eventsOf = async (id: string) =>
      (
        await first.query<{ type: string; by: string }>(
          `SELECT type, details->>'by' AS by FROM passkey.audit_events
            WHERE details->>'application' = $1 AND type LIKE 'application.%' ORDER BY created_at, id`,
          [id],
        )
      ).map(({ type, by }) => `${by}: ${type}`);
    const others = [];
    try {
      expect(await statusOf(first, machine, other)).toBe(200);
      const path = `/api/applications/${shop}`;
      expect((await manager.manage('GET', path)).body).toMatchObject({ name: 'Shop', configured: true });
      for (const [method, address, body] of [
        ['PATCH', path, { name: 'Store' }],
        ['DELETE', path],
        ['POST', `${path}/secrets`],
        ['DELETE', `${path}/secrets/${randomUUID()}`],
      ] as const) {
        const answer = await manager.manage(method, address, body);
        expect([answer.status, answer.body['code']]).toEqual([422, 'application.configured_by_file']);
      }
      const changed = fileOf([{ ...SHOP, name: 'Store', secrets: [sha256] }]);
      others.push(...(await Promise.all([TestServer.start(changed), TestServer.start(changed)])));
      expect((await manager.manage('GET', path)).body['name']).toBe('Store');
      expect(await statusOf(first, machine, other)).toBe(401);
      expect((await manager.manage('GET', `/api/applications/${machine}`)).status).toBe(404);
      expect(await eventsOf(shop)).toEqual([
        'configuration: application.created',
        'configuration: application.changed',
      ]);
      expect(await eventsOf(machine)).toEqual([
        'configuration: application.created',
        'configuration: application.deleted',
      ]);
    } finally {
      await Promise.all([first, ...others].map((server) => server.stop()));
    }
  });

  it('are refused at the start with a line for each wrong member', () => {
    const wrong = [
      { ...SHOP, id: 'shop', type: 'shop' },
      { ...SHOP, redirectUris: ['http://shop.example/'], secrets: [sha256], logoUri: 'logo.svg' },
      { ...SHOP, colour: 'red' },
      { ...SHOP, secrets: [secret.toUpperCase() + '0'] },
      { ...SHOP, secrets: [] },
      { ...SHOP, type: 'spa', secrets: [sha256] },
      { ...SHOP, secrets: [sha256], relyingParty: 'other.example' },
      { ...SHOP, secrets: [sha256] },
      { ...SHOP, secrets: [sha256] },
      {
        ...{ id: randomUUID(), name: 'App', type: 'native', redirectUris: ['com.example.app:/callback'] },
        postLogoutRedirectUris: ['https://localhost/bye'],
      },
    ];
    let message = '';
    try {
      readConfiguration(fileOf(wrong, 'wrong.json'));
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(
      message
        .split('\n')
        .map((line) => /^APPLICATIONS: number (\d+): "(\w+)" /.exec(line)?.slice(1).join(' ')),
    ).toEqual([
      ...['1 id', '1 type', '2 redirectUris', '2 logoUri', '3 colour', '4 secrets', '5 secrets'],
      ...['6 secrets', '7 relyingParty', '9 id', '10 postLogoutRedirectUris'],
    ]);
    expect(message).not.toContain(secret.toUpperCase());
    const short = join(folder, 'short');
    writeFileSync(short, 'hunter2');
    expect(() => readConfiguration(fileOf([{ ...SHOP, secretFiles: [short] }], 'short.json'))).toThrow(
      /^APPLICATIONS: .*at least 32 characters/,
    );
  });
});
