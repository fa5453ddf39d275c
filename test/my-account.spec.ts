import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { codesSentTo, freshEmail, noticesSentTo } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const ACCOUNT = '/api/my-account';
const ADDRESSES = `${ACCOUNT}/addresses`;

describe('the owner of an account', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const ask = async (browser: Browser, identifier: Identifier) =>
    expectStatus(200, await browser.post<{ verificationId: string }>(ADDRESSES, { identifier }))
      .verificationId;
  const prove = (browser: Browser, verificationId: string, code: string) =>
    browser.post(`${ADDRESSES}/verify`, { verificationId, code });
  const patch = <T = Record<string, unknown>>(browser: Browser, path: string, body: object) =>
    browser.call<T>('PATCH', path, body);
  /** Of the one that was sent last. */
  const latest = (address: Identifier) => codesSentTo(server, address).at(-1)!;
  const account = async (browser: Browser) => expectStatus(200, await browser.get(ACCOUNT));
  const wrong = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, '0');

  it('changes the user name, by which the account is found from then on', async () => {
    const { browser, identifier } = await signedIn(server);
    const now = freshUsername();
    const answer = expectStatus(200, await patch(browser, ACCOUNT, { username: now.value }));
    expect(answer).toEqual(await account(browser));
    expect(answer).toMatchObject({ username: now.value });
    expect((await browser.authenticationOptions(identifier)).status).toBe(404);
    await new Browser(server, browser.authenticator).signIn(now);
    expect((await browser.get('/api/my-account/passkeys/signals')).body).toMatchObject({
      currentUserDetails: { name: now.value },
    });
  });

  it('gets no name that is taken, not allowed or the last one taken away', async () => {
    const [{ browser }, other] = [await signedIn(server), await signedIn(server)];
    const codeOf = async (body: object) => (await patch<{ code: string }>(browser, ACCOUNT, body)).body.code;
    expect(await codeOf({ username: other.identifier.value })).toBe('user.username_already_in_use');
    expect(await codeOf({ username: 'bob@example.com' })).toBe('user.username_not_allowed');
    expect(await codeOf({ username: null })).toBe('guard.invalid_input');
  });

  it('puts an address on the account by a code that was sent there, and not before', async () => {
    const before = freshEmail();
    const { browser } = await signedIn(server, before);
    const now = freshEmail();
    expect((await patch(browser, ACCOUNT, { primaryEmail: now.value })).status).toBe(400);
    const verificationId = await ask(browser, now);
    const code = latest(now);
    expect((await prove(browser, verificationId, wrong(code))).body).toMatchObject({
      code: 'verification_code.code_mismatch',
    });
    expect(await account(browser)).toMatchObject({ primaryEmail: before.value, emailVerified: false });
    const answer = expectStatus(200, await prove(browser, verificationId, code));
    expect(answer).toMatchObject({ primaryEmail: now.value, emailVerified: true });
    expect(await account(browser)).toEqual(answer);
    for (const address of [before, now]) {
      expect(noticesSentTo(server, address)).toContain('addresses-changed');
    }
    expect(
      expectStatus(200, await patch(browser, ACCOUNT, { username: freshUsername().value })),
    ).toBeDefined();
    expect(expectStatus(200, await patch(browser, ACCOUNT, { primaryEmail: null }))).toMatchObject({
      primaryEmail: null,
      emailVerified: false,
    });
  });

  it('learns that somebody else has an address only once the code came back, and keeps the own one', async () => {
    const taken = freshEmail();
    const other = await signedIn(server, taken);
    const { browser } = await signedIn(server);
    const [ofTaken, ofFree] = [
      await browser.post<object>(ADDRESSES, { identifier: taken }),
      await browser.post<object>(ADDRESSES, { identifier: freshEmail() }),
    ];
    expect([ofTaken.status, Object.keys(ofTaken.body)]).toEqual([200, Object.keys(ofFree.body)]);
    const { verificationId } = ofTaken.body as { verificationId: string };
    expect((await prove(browser, verificationId, latest(taken))).body).toMatchObject({
      code: 'user.email_already_in_use',
    });
    expect(await account(browser)).toMatchObject({ primaryEmail: null });
    expect(await account(other.browser)).toMatchObject({ primaryEmail: taken.value });
  });

  it.each([
    [
      'its time',
      (_browser: Browser, userId: string) =>
        server.query(
          `UPDATE passkey.verification_records SET expires_at = now() - interval '1 second' WHERE user_id = $1`,
          [userId],
        ),
      404,
    ],
    ['a newer code', (browser: Browser, _: string, address: Identifier) => ask(browser, address), 400],
    ['another interaction', (browser: Browser) => browser.start('SignIn'), 404],
    [
      'a suspension that was taken back',
      async (browser: Browser, userId: string) => {
        for (const suspended of [true, false]) {
          await browser.suspend(userId, suspended);
        }
        await browser.signIn();
      },
      404,
    ],
    [
      'the end of the account',
      async (browser: Browser, userId: string) => {
        expectStatus(204, await browser.manage('DELETE', `/api/users/${userId}`));
        await browser.register(freshUsername());
      },
      404,
    ],
  ])('has a proof of an address ended by %s', async (_, end, status) => {
    const { browser, userId } = await signedIn(server);
    const address = freshEmail();
    const verificationId = await ask(browser, address);
    const code = latest(address);
    await end(browser, userId, address);
    expect((await prove(browser, verificationId, code)).status).toBe(status);
    expect(await account(browser)).toMatchObject({ primaryEmail: null });
  });

  it('has a proof used by nobody else, and for nothing else', async () => {
    const { browser } = await signedIn(server);
    const address = freshEmail();
    const verificationId = await ask(browser, address);
    const code = latest(address);
    const other = await signedIn(server);
    expect((await prove(other.browser, verificationId, code)).status).toBe(404);
    // In the same browser too, once somebody else is signed in there.
    const isSession = (name: string) => name.includes('session');
    for (const [name, value] of browser.cookies) if (!isSession(name)) other.browser.cookies.set(name, value);
    expect((await prove(other.browser, verificationId, code)).status).toBe(400);
    expect(await account(other.browser)).toMatchObject({ primaryEmail: null });
    const answers = await Promise.all(Array.from({ length: 5 }, () => prove(browser, verificationId, code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404, 404]);
    // Nor as a way in, of an address that the account has.
    const again = { verificationId: await ask(browser, address), code: latest(address) };
    const asRecovery = await browser.post('/api/experience/verification/verification-code/verify', again);
    expect(asRecovery.status).toBe(400);
  });

  it('is told to wait after three codes to an address, and after five wrong ones', async () => {
    const { browser } = await signedIn(server);
    const address = freshEmail();
    await ask(browser, address);
    await ask(browser, address);
    const verificationId = await ask(browser, address);
    expect((await browser.post(ADDRESSES, { identifier: address })).status).toBe(429);
    const code = latest(address);
    for (let tries = 0; tries < 5; tries += 1) await prove(browser, verificationId, wrong(code));
    expect((await prove(browser, verificationId, code)).status).toBe(429);
  });

  it('proves lately by a passkey who it is, for every change', async () => {
    const { browser, userId } = await signedIn(server, freshEmail());
    const changes = () => [
      patch(browser, ACCOUNT, { username: freshUsername().value }),
      browser.post(ADDRESSES, { identifier: freshEmail() }),
      prove(browser, '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11', '12345678'),
      browser.call('DELETE', ACCOUNT),
    ];
    for (const [change, code] of [
      [`amr = '{otp}'`, 'session.passkey_required'],
      [`authenticated_at = now() - interval '601 seconds'`, 'session.verification_required'],
    ] as const) {
      await server.query(`UPDATE passkey.sessions SET ${change} WHERE user_id = $1`, [userId]);
      for (const { body } of await Promise.all(changes())) expect(body).toMatchObject({ code });
    }
    expect(await account(browser)).toMatchObject({ username: null });
  });

  it('deletes the account, with all that hangs on it', async () => {
    const address = freshEmail();
    const { browser, userId } = await signedIn(server, address);
    const elsewhere = new Browser(server, browser.authenticator);
    await elsewhere.signIn(address);
    expectStatus(204, await browser.call('DELETE', ACCOUNT));
    expect(browser.cookies.size).toBeLessThan(elsewhere.cookies.size + 1);
    for (const one of [browser, elsewhere]) expect((await one.get(ACCOUNT)).status).toBe(401);
    expect((await browser.authenticationOptions(address)).status).toBe(404);
    expect((await browser.manage('GET', `/api/users/${userId}`)).status).toBe(404);
    expect(noticesSentTo(server, address)).toContain('account-deleted');
    await new Browser(server).register(address);
  });

  it('sees what happened to the account, newest first, and nothing of others', async () => {
    const { browser, userId } = await signedIn(server);
    await signedIn(server);
    await patch(browser, ACCOUNT, { username: freshUsername().value });
    interface Page {
      events: { id: string; type: string; changed: string[] }[];
      nextCursor: string | null;
    }
    const all: Page['events'] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `?limit=2${cursor && `&cursor=${cursor}`}`;
      const page: Page = expectStatus(200, await browser.get<Page>(`${ACCOUNT}/events${query}`));
      all.push(...page.events);
      cursor = page.nextCursor;
    }
    expect(all.map(({ type }) => type)).toEqual([
      'user.changed',
      'user.signed-in',
      'passkey.added',
      'user.registered',
    ]);
    expect(all[0]).toEqual({
      id: expect.any(String),
      type: 'user.changed',
      createdAt: expect.any(String),
      address: '127.0.0.0/24',
      browser: null,
      by: null,
      changed: ['username'],
    });
    const events = await server.query(`SELECT FROM passkey.audit_events WHERE user_id = $1`, [userId]);
    expect(events.length).toBeGreaterThanOrEqual(all.length);
    expect((await browser.get(`${ACCOUNT}/events?cursor=x`)).status).toBe(400);
  });
});
