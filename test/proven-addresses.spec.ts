import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const VERIFICATION = '/api/experience/verification';

describe('an address of an account', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  let phones = 0;
  const freshPhone = (): Identifier => ({
    type: 'phone',
    value: `+44207183${String(++phones).padStart(4, '0')}`,
  });

  const sentTo = (address: Identifier): string[] => codesSentTo(server, address);
  const request = async (browser: Browser, identifier: Identifier) =>
    expectStatus(
      200,
      await browser.post<{ verificationId: string }>(`${VERIFICATION}/verification-code`, { identifier }),
    ).verificationId;
  const prove = async (browser: Browser, identifier: Identifier) => {
    const verificationId = await request(browser, identifier);
    const code = sentTo(identifier).at(-1);
    expectStatus(
      200,
      await browser.post(`${VERIFICATION}/verification-code/verify`, { verificationId, code }),
    );
    return verificationId;
  };
  /** Gets in by a code that was sent there. */
  const comeIn = async (identifier: Identifier) => {
    const browser = new Browser(server, new SoftwareAuthenticator());
    expectStatus(204, await browser.identify(await prove(browser, identifier)));
    expectStatus(200, await browser.submit());
    return browser;
  };
  const account = async (browser: Browser) => expectStatus(200, await browser.get('/api/my-account'));
  const change = async (userId: string, body: object) =>
    expectStatus(200, await new Browser(server).manage('PATCH', `/api/users/${userId}`, body));
  const eventsOf = (userId: string, type: string) =>
    server.query(`SELECT FROM passkey.audit_events WHERE user_id = $1 AND type = $2`, [userId, type]);

  it.each([
    ['email', freshEmail, 'emailVerified'],
    ['phone', freshPhone, 'phoneVerified'],
  ] as const)('%s is unproven until a code that was sent there came back', async (_, fresh, member) => {
    const identifier = fresh();
    const { browser, userId } = await signedIn(server, identifier);
    expect(await account(browser)).toMatchObject({ emailVerified: false, phoneVerified: false });
    await prove(browser, identifier);
    expect(await account(browser)).toMatchObject({ [member]: true });
    expect(await eventsOf(userId, 'user.address-proved')).toHaveLength(1);
    expect((await browser.get<unknown[]>('/api/my-account/passkeys')).body).toHaveLength(1);
    await new Browser(server, browser.authenticator).signIn(identifier);
  });

  it('is proved by the word of the host, and no longer once it is another one', async () => {
    const body = { primaryEmail: freshEmail().value, primaryPhone: freshPhone().value, emailVerified: true };
    const browser = new Browser(server);
    const { id } = expectStatus(201, await browser.manage<{ id: string }>('POST', '/api/users', body));
    const read = async () => (await browser.manage('GET', `/api/users/${id}`)).body;
    expect(await read()).toMatchObject({ emailVerified: true, phoneVerified: false });
    expect(await change(id, { phoneVerified: true })).toMatchObject({
      emailVerified: true,
      phoneVerified: true,
    });
    expect(await change(id, { primaryEmail: body.primaryEmail })).toMatchObject({ emailVerified: true });
    expect(await change(id, { primaryEmail: freshEmail().value })).toMatchObject({ emailVerified: false });
    expect(await change(id, { phoneVerified: false })).toMatchObject({ phoneVerified: false });
    expect(await read()).toMatchObject({ emailVerified: false, phoneVerified: false });
  });

  it('that is proved is kept by an export and an import', async () => {
    const email = freshEmail();
    const { browser, userId } = await signedIn(server, email);
    await prove(browser, email);
    type Page = { passkeys: { user: { primaryEmail: string } }[] };
    const page = expectStatus(200, await browser.manage<Page>('GET', '/api/passkeys/export?limit=200'));
    const passkey = page.passkeys.find(({ user }) => user.primaryEmail === email.value)!;
    expect(passkey.user).toMatchObject({ emailVerified: true });
    expectStatus(204, await browser.manage('DELETE', `/api/users/${userId}`));
    const { results } = expectStatus(
      200,
      await browser.manage<{ results: { userId: string }[] }>('POST', '/api/passkeys/import', {
        passkeys: [passkey],
      }),
    );
    const { body } = await browser.manage('GET', `/api/users/${results[0]!.userId}`);
    expect(body).toMatchObject({ primaryEmail: email.value, emailVerified: true });
  });

  it('that somebody else wrote on an account is its owner’s alone once it was proved', async () => {
    const [mine, theirs] = [freshEmail(), freshPhone()];
    const { browser: squatter, userId } = await signedIn(server, mine);
    await change(userId, { primaryPhone: theirs.value, phoneVerified: false });
    const { codes } = expectStatus(
      201,
      await squatter.post<{ codes: string[] }>('/api/my-account/recovery-codes'),
    );
    const waiting = new Browser(server, squatter.authenticator);
    await waiting.start('SignIn');
    const options = expectStatus(200, await waiting.authenticationOptions(mine));
    const payload = waiting.authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await waiting.verifyAuthentication(options.verificationId, payload));

    const owner = await comeIn(mine);

    expect(await account(owner)).toMatchObject({
      id: userId,
      primaryEmail: mine.value,
      emailVerified: true,
      primaryPhone: null,
    });
    expect((await squatter.get('/api/my-account')).status).toBe(401);
    expect((await waiting.identify(options.verificationId)).status).toBe(404);
    expect((await owner.get('/api/my-account/passkeys')).body).toEqual([]);
    const again = new Browser(server, squatter.authenticator);
    expect((await again.authenticationOptions(mine)).status).toBe(400);
    const recovery = { identifier: mine, code: codes[0] };
    expect((await again.post(`${VERIFICATION}/recovery-code/verify`, recovery)).status).toBe(400);
    const told = server.log.filter(({ kind }) => kind === 'account-claimed').map(({ to }) => to);
    expect(told).toEqual([theirs.value]);
    expect(await eventsOf(userId, 'user.claimed')).toHaveLength(1);
  });

  it('that is proved lets its owner back in, and leaves the passkeys of the account', async () => {
    const email = freshEmail();
    const { browser } = await signedIn(server, email);
    await prove(browser, email);
    const recovered = await comeIn(email);
    expect((await recovered.get<unknown[]>('/api/my-account/passkeys')).body).toHaveLength(1);
    expect((await browser.get('/api/my-account')).status).toBe(401);
  });

  it('that is not proved is no way into an account that has a better one', async () => {
    const [proved, other] = [freshEmail(), freshPhone()];
    const { browser, userId } = await signedIn(server, proved);
    await prove(browser, proved);
    await change(userId, { primaryPhone: other.value });
    const before = sentTo(proved).length;
    await request(new Browser(server), other);
    expect(sentTo(other)).toEqual([]);
    expect(sentTo(proved)).toHaveLength(before + 1);
  });

  it('is one, whichever form of its domain is typed', async () => {
    const local = freshUsername().value;
    const { userId } = await signedIn(server, { type: 'email', value: `${local}@bücher.example` });
    const { body } = await new Browser(server).manage('GET', `/api/users/${userId}`);
    expect(body).toMatchObject({ primaryEmail: `${local}@xn--bcher-kva.example` });
    for (const domain of ['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example', 'bücher。example']) {
      const browser = new Browser(server);
      await browser.start('Register');
      const answer = await browser.registrationOptions({ type: 'email', value: `${local}@${domain}` });
      expect(answer).toMatchObject({ status: 422, body: { code: 'user.email_already_in_use' } });
      expectStatus(200, await browser.authenticationOptions({ type: 'email', value: `${local}@${domain}` }));
    }
  });
});
