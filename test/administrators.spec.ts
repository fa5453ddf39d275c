import { Browser, expectStatus, freshUsername } from './support/browser';
import { freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { ORIGIN, TestServer } from './support/test-server';

interface Person {
  browser: Browser;
  userId: string;
}

describe('an administrator', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const token = () => new Browser(server);
  const setRole = async (userId: string, method: 'PUT' | 'DELETE') =>
    expectStatus(204, await token().manage(method, `/api/administrators/${userId}`));
  const administrator = async (): Promise<Person> => {
    const person = await signedIn(server);
    await setRole(person.userId, 'PUT');
    return person;
  };
  const longAgo = (userId: string) =>
    server.query(
      `UPDATE passkey.sessions SET authenticated_at = now() - interval '1 hour' WHERE user_id = $1`,
      [userId],
    );
  const createUser = (browser: Browser) =>
    browser.post<{ id: string }>('/api/users', { username: freshUsername().value });

  it('manages with the session, and is named by what is recorded', async () => {
    const { browser, userId } = await administrator();
    const { id } = expectStatus(201, await createUser(browser));
    for (const path of ['/api/users', '/api/applications', '/api/groups', '/api/audit-events']) {
      expectStatus(200, await browser.get(path));
    }
    const [event] = expectStatus(
      200,
      await browser.get<{ events: { type: string; details: object }[] }>(`/api/audit-events?userId=${id}`),
    ).events;
    expect(event).toMatchObject({
      type: 'user.created',
      details: { by: 'management', administrator: userId },
    });
    expect((await browser.get('/api/my-account')).body).toMatchObject({ administrator: true });
    const listed = expectStatus(200, await browser.get<{ id: string }[]>('/api/administrators'));
    expect(listed.map((one) => one.id)).toContain(userId);
  });

  it('is nobody else: a user without the role is refused everywhere, and recorded', async () => {
    const { browser, userId } = await signedIn(server);
    const calls: [string, string][] = [
      ['GET', '/api/users'],
      ['POST', '/api/users'],
      ['GET', '/api/applications'],
      ['GET', '/api/audit-events'],
      ['GET', '/api/administrators'],
      ['PUT', `/api/administrators/${userId}`],
      ['POST', '/api/administrators/link'],
      ['POST', `/api/users/${userId}/recovery-link`],
    ];
    for (const [method, path] of calls) {
      const body = method === 'POST' && path === '/api/users' ? { username: 'x' } : undefined;
      const answer = await browser.call(method, path, body);
      expect([path, answer.status, answer.body]).toMatchObject([path, 403, { code: 'auth.forbidden' }]);
    }
    expect(server.reasons('auth.forbidden')).toContain(`${userId} is no administrator`);
    expect((await new Browser(server).get('/api/users')).status).toBe(401);
  });

  it('is asked for a passkey before changes once the last one is some time ago, and reads without', async () => {
    const { browser, userId } = await administrator();
    await longAgo(userId);
    expectStatus(200, await browser.get('/api/users'));
    expect((await createUser(browser)).body).toMatchObject({ code: 'session.verification_required' });
    await browser.stepUp();
    expectStatus(201, await createUser(browser));
  });

  it('manages nothing in a session that came by a code or a link, until a passkey was used', async () => {
    const { userId } = await administrator();
    const link = expectStatus(
      201,
      await token().manage<{ secret: string }>('POST', `/api/users/${userId}/recovery-link`),
    );
    const browser = new Browser(server);
    const path = '/api/experience/verification/recovery-link/verify';
    const { verificationId } = expectStatus(
      200,
      await browser.post<{ verificationId: string }>(path, { secret: link.secret }),
    );
    expectStatus(204, await browser.identify(verificationId));
    expectStatus(200, await browser.submit());
    expect((await browser.get('/api/users')).body).toMatchObject({ code: 'session.passkey_required' });
  });

  it('is not made to change anything by a page of another origin', async () => {
    const { browser } = await administrator();
    const elsewhere = { origin: 'https://evil.example' };
    const body = { username: freshUsername().value };
    const answer = await browser.call('POST', '/api/users', body, elsewhere);
    expect(answer.body).toMatchObject({ code: 'request.cross_origin' });
    const crossSite = { origin: 'null' };
    expect((await browser.call('POST', '/api/users', body, crossSite)).status).toBe(403);
  });

  it('changes nothing on a page that shows another account', async () => {
    const [one, other] = [await administrator(), await signedIn(server)];
    const expected = { 'expected-account': other.userId };
    const answer = await one.browser.call('GET', '/api/users', undefined, expected);
    expect(answer.body).toMatchObject({ code: 'session.account_mismatch' });
  });

  describe('is one no longer, with the next call, once', () => {
    it.each<[string, (person: Person) => Promise<unknown>]>([
      ['the role is taken', ({ userId }) => setRole(userId, 'DELETE')],
      ['suspended', ({ userId }) => token().suspend(userId)],
      ['signed out', async ({ browser }) => expectStatus(204, await browser.call('DELETE', '/api/session'))],
      [
        'the session is ended',
        async ({ userId }) =>
          expectStatus(204, await token().manage('DELETE', `/api/users/${userId}/sessions`)),
      ],
      [
        'deleted',
        async ({ userId }) => expectStatus(204, await token().manage('DELETE', `/api/users/${userId}`)),
      ],
    ])('%s, also of many calls at that moment', async (_, end) => {
      const person = await administrator();
      const cookies = new Map(person.browser.cookies);
      const again = () => {
        const browser = new Browser(server);
        for (const [name, value] of cookies) browser.cookies.set(name, value);
        return browser;
      };
      const calls = Array.from({ length: 10 }, () => createUser(again()));
      await Promise.all([end(person), ...calls]);
      // Whatever was before: no call that begins after the answer gets through.
      const late = await Promise.all(Array.from({ length: 10 }, () => createUser(again())));
      expect(late.every(({ status }) => status === 401 || status === 403)).toBe(true);
      expect((await again().get('/api/audit-events')).status).toBeGreaterThanOrEqual(401);
    });
  });

  describe('by a link', () => {
    const linkSecret = async (): Promise<string> => {
      const { url } = expectStatus(
        201,
        await token().manage<{ url: string }>('POST', '/api/administrators/link'),
      );
      expect(url).toMatch(new RegExp(`^${ORIGIN}/admin#administrator-link=[\\w-]{43}$`));
      return url.split('=')[1]!;
    };
    const claim = (browser: Browser, secret: string) => browser.post('/api/administrators/claim', { secret });
    const gone = { code: 'administrator.link_not_found' };

    it('becomes one whoever opens it and is signed in, once', async () => {
      const secret = await linkSecret();
      expect((await claim(new Browser(server), secret)).status).toBe(401);
      const [first, second] = [await signedIn(server), await signedIn(server)];
      expectStatus(204, await claim(first.browser, secret));
      expectStatus(200, await first.browser.get('/api/users'));
      expect((await claim(second.browser, secret)).body).toMatchObject(gone);
      expect((await second.browser.get('/api/users')).status).toBe(403);
    });

    it('becomes one of ten who open it at the same moment', async () => {
      const secret = await linkSecret();
      const people = await Promise.all(Array.from({ length: 10 }, () => signedIn(server)));
      const answers = await Promise.all(people.map(({ browser }) => claim(browser, secret)));
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    });

    it('does not once there is another, or after an hour', async () => {
      const { browser } = await signedIn(server);
      const [former, latest] = [await linkSecret(), await linkSecret()];
      expect((await claim(browser, former)).body).toMatchObject(gone);
      await server.query(`UPDATE passkey.administrator_links SET expires_at = now()`);
      expect((await claim(browser, latest)).body).toMatchObject(gone);
    });

    it('asks for a passkey of this moment', async () => {
      const { browser, userId } = await signedIn(server);
      await longAgo(userId);
      expect((await claim(browser, await linkSecret())).body).toMatchObject({
        code: 'session.verification_required',
      });
    });
  });

  it('finds users by part of any identifier and by id, page by page', async () => {
    const { browser } = await administrator();
    const mark = `find-${process.pid}`;
    const names = [`${mark}-a`, `${mark}-B`, `${mark}-c`];
    for (const username of names) expectStatus(201, await browser.post('/api/users', { username }));
    const email = freshEmail().value;
    const { id } = expectStatus(
      201,
      await browser.post<{ id: string }>('/api/users', { primaryEmail: email }),
    );
    interface Page {
      users: { id: string; username: string | null }[];
      nextCursor: string | null;
    }
    const search = async (text: string, more = '') =>
      expectStatus(200, await browser.get<Page>(`/api/users?search=${encodeURIComponent(text)}${more}`));
    const found: (string | null)[] = [];
    let cursor = '';
    do {
      const page = await search(mark.toUpperCase(), `&limit=2${cursor}`);
      found.push(...page.users.map(({ username }) => username));
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(found.sort()).toEqual(names.toSorted());
    expect((await search(`${mark}-b`)).users).toMatchObject([{ username: `${mark}-B` }]);
    expect((await search(email.slice(2, -3))).users.map((one) => one.id)).toContain(id);
    expect((await search(id)).users).toMatchObject([{ id }]);
    for (const nothing of ['%', '_', "' OR ''='"]) expect((await search(nothing)).users).toEqual([]);
    for (const wrong of ['', ' ', 'x'.repeat(255), '\0']) {
      expect((await browser.get(`/api/users?search=${encodeURIComponent(wrong)}`)).status).toBe(400);
    }
    for (const name of ['search', 'identifier', 'cursor', 'limit']) {
      expect(await browser.get(`/api/users?${name}=1&${name}=2`)).toMatchObject({
        status: 400,
        body: { code: 'guard.invalid_input', data: { [name]: [expect.any(String)] } },
      });
    }
  });
});
