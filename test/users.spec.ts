import { randomUUID } from 'node:crypto';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn } from './support/signed-in';
import { MANAGEMENT_TOKEN, TestServer } from './support/test-server';

describe('management of users', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await TestServer.start();
    browser = new Browser(server, undefined, null);
  });
  afterAll(() => server.stop());

  it('creates a user with identifiers in their stored spelling', async () => {
    const body = {
      username: 'Zoe\u0308',
      primaryEmail: 'Zoe@Example.com',
      primaryPhone: '44 (0)20 7183 8753',
    };
    expect(
      await browser.manage('POST', '/api/users', { ...body, primaryPhone: '+44 20 7183 8753' }),
    ).toMatchObject({
      status: 201,
      body: {
        id: expect.any(String),
        username: 'Zo\u00eb',
        primaryEmail: 'zoe@example.com',
        primaryPhone: '+442071838753',
        suspended: false,
      },
    });
  });

  it('answers null for identifiers that a user has not', async () => {
    const { value } = freshUsername();
    const { body } = await browser.manage('POST', '/api/users', { username: value, primaryEmail: null });
    expect(body).toMatchObject({ primaryEmail: null, primaryPhone: null });
    expect((await browser.manage('GET', `/api/users/${String(body['id'])}`)).body).toEqual(body);
  });

  it.each([
    ['none', {}, 'body'],
    ['a number', { username: 1 }, 'username'],
    ['no address', { primaryEmail: 'nowhere' }, 'primaryEmail'],
    ['no phone number', { primaryPhone: '+0' }, 'primaryPhone'],
  ])('refuses a user with %s for an identifier', async (_case, body, member) => {
    const answer = await browser.manage('POST', '/api/users', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    expect(Object.keys(answer.body['data'] as object)).toEqual([member]);
  });

  it('refuses identifiers that are taken', async () => {
    const { value } = freshUsername();
    expectStatus(201, await browser.manage('POST', '/api/users', { username: value }));
    expect(await browser.manage('POST', '/api/users', { username: value })).toMatchObject({
      status: 422,
      body: { code: 'user.username_already_in_use' },
    });
  });

  it('gives an identifier to one of several who are created with it at once, and makes nothing of the others', async () => {
    const count = `SELECT count(*)::int AS count FROM passkey.users`;
    const before = await server.query<{ count: number }>(count);
    const primaryEmail = `${freshUsername().value}@example.com`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        browser.manage('POST', '/api/users', { username: freshUsername().value, primaryEmail }),
      ),
    );
    const taken = answers.filter(({ body }) => body['code'] === 'user.email_already_in_use');
    expect(taken).toHaveLength(7);
    expect(await server.query(count)).toEqual([{ count: before[0]!.count + 1 }]);
  });

  it.each([undefined, '', 'Bearer', 'Bearer wrong', `Basic ${MANAGEMENT_TOKEN}`, MANAGEMENT_TOKEN])(
    'refuses the authorization "%s"',
    async (authorization) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      for (const [method, path] of [
        ['POST', ''],
        ['GET', ''],
        ['GET', '/x'],
        ['PATCH', '/x'],
        ['DELETE', '/x'],
      ] as const) {
        const answer = await browser.call(
          method,
          `/api/users${path}`,
          method === 'GET' ? undefined : {},
          headers,
        );
        expect(answer).toMatchObject({ status: 401, body: { code: 'auth.unauthorized' } });
      }
    },
  );

  it('lists every user once, page by page', async () => {
    for (let count = 0; count < 5; count++)
      await browser.manage('POST', '/api/users', { username: freshUsername().value });
    type Page = { users: { id: string }[]; nextCursor: string | null };
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = expectStatus(200, await browser.manage<Page>('GET', `/api/users?limit=2${cursor}`));
      ids.push(...page.users.map(({ id }) => id));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);
    const all = await server.query<{ id: string }>(`SELECT id FROM passkey.users`);
    expect([...ids].sort()).toEqual(all.map(({ id }) => id).sort());
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x'])('refuses the query %s', async (query) => {
    expect((await browser.manage('GET', `/api/users?${query}`)).status).toBe(400);
  });

  it('changes and deletes a user', async () => {
    const { body } = await browser.manage<{ id: string }>('POST', '/api/users', {
      username: freshUsername().value,
    });
    const path = `/api/users/${body.id}`;
    const { value } = freshUsername();
    expect((await browser.manage('PATCH', path, { username: value, suspended: true })).body).toMatchObject({
      username: value,
      suspended: true,
    });
    expectStatus(204, await browser.manage('DELETE', path));
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const answer = await browser.manage(method, path, method === 'PATCH' ? {} : undefined);
      expect(answer).toMatchObject({ status: 404, body: { code: 'user.user_not_exist' } });
    }
  });

  it('keeps a user signed in who is told to be what they are: not suspended', async () => {
    const { browser: person, userId } = await signedIn(server);
    const change = (changes: object) => person.manage('PATCH', `/api/users/${userId}`, changes);
    expectStatus(200, await change({ suspended: false, username: freshUsername().value }));
    expectStatus(200, await person.get('/api/my-account'));
    expectStatus(200, await change({ suspended: true }));
    expectStatus(200, await change({ suspended: false }));
    expect((await person.get('/api/my-account')).status).toBe(401);
  });

  it('removes an identifier by null, and leaves one', async () => {
    const { value } = freshUsername();
    const body = { username: value, primaryPhone: '+442071838777' };
    const { id } = expectStatus(201, await browser.manage<{ id: string }>('POST', '/api/users', body));
    const change = (changes: object) => browser.manage('PATCH', `/api/users/${id}`, changes);
    expect(await change({ primaryPhone: null })).toMatchObject({
      status: 200,
      body: { username: value, primaryPhone: null },
    });
    expectStatus(201, await browser.manage('POST', '/api/users', { primaryPhone: body.primaryPhone }));
    expect(await change({ username: null })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input' },
    });
    expect((await browser.manage('GET', `/api/users/${id}`)).body).toMatchObject({ username: value });
  });

  it('answers 404 for ids that are none', async () => {
    for (const id of ['x', randomUUID()]) {
      expect((await browser.manage('GET', `/api/users/${id}`)).status).toBe(404);
    }
  });

  it('signs a user out at once by suspension, for good', async () => {
    const person = new Browser(server);
    await person.register(freshUsername());
    const { id } = expectStatus(200, await person.get<{ id: string }>('/api/my-account'));
    for (const suspended of [true, false]) {
      await browser.suspend(id, suspended);
      expect((await person.get('/api/my-account')).status).toBe(401);
    }
    await person.signIn();
    expect((await person.get('/api/my-account')).status).toBe(200);
  });

  it('leaves no session to a user who was suspended in the database itself', async () => {
    const person = new Browser(server);
    await person.register(freshUsername());
    const { id } = expectStatus(200, await person.get<{ id: string }>('/api/my-account'));
    await server.query(`UPDATE passkey.users SET suspended = true WHERE id = $1`, [id]);
    expect((await person.get('/api/my-account')).status).toBe(401);
  });

  it('lists and removes the passkeys of a user, also the last one', async () => {
    const person = new Browser(server);
    const identifier = freshUsername();
    await person.register(identifier);
    const { id } = expectStatus(200, await person.get<{ id: string }>('/api/my-account'));
    const path = `/api/users/${id}/passkeys`;
    const passkeys = expectStatus(200, await browser.manage<{ id: string }[]>('GET', path));
    expect(passkeys).toEqual((await person.get('/api/my-account/passkeys')).body);
    const [passkey] = passkeys;
    expect(expectStatus(200, await browser.manage('GET', `${path}/${passkey!.id}`))).toEqual(passkey);
    expectStatus(204, await browser.manage('DELETE', `${path}/${passkey!.id}`));
    expect((await browser.manage('GET', path)).body).toEqual([]);
    expect((await person.authenticationOptions(identifier)).body).toMatchObject({
      code: 'session.mfa.webauthn_verification_not_found',
    });
    for (const gone of [passkey!.id, randomUUID(), 'no-id']) {
      for (const method of ['GET', 'DELETE']) {
        expect(await browser.manage(method, `${path}/${gone}`)).toMatchObject({
          status: 404,
          body: { code: 'passkey.not_found' },
        });
      }
    }
    for (const nobody of [randomUUID(), 'no-id']) {
      for (const [method, rest] of [
        ['GET', ''],
        ['DELETE', ''],
        ['GET', `/${randomUUID()}`],
        ['DELETE', `/${randomUUID()}`],
      ] as const) {
        expect(await browser.manage(method, `/api/users/${nobody}/passkeys${rest}`)).toMatchObject({
          status: 404,
          body: { code: 'user.user_not_exist' },
        });
      }
    }
    expect((await new Browser(server).get(path)).status).toBe(401);
    expect((await new Browser(server).call('DELETE', `${path}/${randomUUID()}`)).status).toBe(401);
  });
});

describe('without MANAGEMENT_API_TOKEN', () => {
  it('refuses every management call', async () => {
    const server = await TestServer.start({ MANAGEMENT_API_TOKEN: '' });
    const browser = new Browser(server);
    for (const token of ['', 'undefined', 'null', MANAGEMENT_TOKEN]) {
      const answer = await browser.call(
        'POST',
        '/api/users',
        { username: 'x' },
        { authorization: `Bearer ${token}` },
      );
      expect(answer.status).toBe(401);
    }
    await server.stop();
  });
});
