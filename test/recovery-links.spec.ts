import { Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { ORIGIN, TestServer } from './support/test-server';

interface Link {
  url: string;
  secret: string;
  expiresAt: string;
}

describe('a recovery link', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const manager = () => new Browser(server);
  const userWithoutPasskey = async (identifier: Identifier = freshUsername()): Promise<string> => {
    const member = identifier.type === 'email' ? 'primaryEmail' : 'username';
    const body = { [member]: identifier.value };
    return expectStatus(201, await manager().manage<{ id: string }>('POST', '/api/users', body)).id;
  };
  const linkFor = async (userId: string): Promise<Link> =>
    expectStatus(201, await manager().manage<Link>('POST', `/api/users/${userId}/recovery-link`));
  const use = (browser: Browser, { secret }: Link) =>
    browser.post<{ verificationId: string }>('/api/experience/verification/recovery-link/verify', { secret });
  const comesIn = async (link: Link): Promise<Browser> => {
    const browser = new Browser(server);
    const { verificationId } = expectStatus(200, await use(browser, link));
    expectStatus(204, await browser.identify(verificationId));
    expect(expectStatus(200, await browser.submit()).redirectTo).toBe('/account#recovered');
    return browser;
  };
  const gone = { code: 'recovery.link_not_found' };

  it('lets its user in once, to add a passkey, and stands in its fragment alone', async () => {
    const identifier = freshUsername();
    const link = await linkFor(await userWithoutPasskey(identifier));
    expect(link.url).toBe(`${ORIGIN}/#recovery-link=${link.secret}`);
    expect(link.secret).toMatch(/^[\w-]{43}$/);
    const minutes = (new Date(link.expiresAt).getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThan(16);
    const browser = await comesIn(link);
    const created = expectStatus(200, await browser.registrationOptions());
    const payload = browser.authenticator.register(created.registrationOptions);
    expectStatus(200, await browser.verifyRegistration(created.verificationId, payload));
    expectStatus(
      201,
      await browser.post('/api/my-account/passkeys', { verificationId: created.verificationId }),
    );
    await new Browser(server, browser.authenticator).signIn(identifier);
    expect((await use(new Browser(server), link)).body).toMatchObject(gone);
    const kept = JSON.stringify([
      server.log,
      await server.query('SELECT * FROM passkey.audit_events'),
      await server.query('SELECT * FROM passkey.recovery_links'),
    ]);
    expect(kept).not.toContain(link.secret);
  });

  it('is used once by twenty who have it at the same moment', async () => {
    const link = await linkFor(await userWithoutPasskey());
    const answers = await Promise.all(Array.from({ length: 20 }, () => use(new Browser(server), link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(404)]);
  });

  it('lets in the latest alone, and of many made at once exactly one', async () => {
    const userId = await userWithoutPasskey();
    const former = await linkFor(userId);
    const links = await Promise.all(Array.from({ length: 5 }, () => linkFor(userId)));
    expect((await use(new Browser(server), former)).body).toMatchObject(gone);
    const answers = await Promise.all(links.map((link) => use(new Browser(server), link)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is void after 15 minutes', async () => {
    const link = await linkFor(await userWithoutPasskey());
    await server.query(`UPDATE passkey.recovery_links SET expires_at = now()`);
    expect((await use(new Browser(server), link)).body).toMatchObject(gone);
  });

  it('lets no suspended user in, nor one who was suspended since, nor one who is deleted', async () => {
    const userId = await userWithoutPasskey();
    const link = await linkFor(userId);
    await manager().suspend(userId);
    expect((await use(new Browser(server), link)).body).toMatchObject({ code: 'user.suspended' });
    expect((await manager().manage('POST', `/api/users/${userId}/recovery-link`)).body).toMatchObject({
      code: 'user.suspended',
    });
    await manager().suspend(userId, false);
    expect((await use(new Browser(server), link)).body).toMatchObject(gone);
    const last = await linkFor(userId);
    await manager().manage('DELETE', `/api/users/${userId}`);
    expect((await use(new Browser(server), last)).body).toMatchObject(gone);
  });

  it('is void between verification and identification once its user is suspended', async () => {
    const userId = await userWithoutPasskey();
    const browser = new Browser(server);
    const { verificationId } = expectStatus(200, await use(browser, await linkFor(userId)));
    for (const suspended of [true, false]) {
      await manager().suspend(userId, suspended);
    }
    expect((await browser.identify(verificationId)).status).toBeGreaterThanOrEqual(400);
  });

  it('is told to the owner when it is made and when it is used, and recorded with who made it', async () => {
    const identifier = freshEmail();
    const { userId } = await signedIn(server, identifier);
    await comesIn(await linkFor(userId));
    const told = server.log.filter(({ to }) => to === identifier.value).map(({ kind }) => kind);
    expect(told).toEqual(['passkey-added', 'recovery-link-created', 'account-recovered']);
    const events = await manager().manage<{ events: { type: string; details: object }[] }>(
      'GET',
      `/api/audit-events?userId=${userId}&type=recovery-link.created`,
    );
    expect(events.body.events).toMatchObject([{ details: { by: 'management', token: 'management' } }]);
  });

  it('is enough where the policy asks for two codes', async () => {
    const strict = await TestServer.start({ RP_POLICY: '{"recovery":"two-codes"}' });
    try {
      const browser = new Browser(strict);
      const { id } = expectStatus(
        201,
        await browser.manage<{ id: string }>('POST', '/api/users', { username: freshUsername().value }),
      );
      const link = expectStatus(201, await browser.manage<Link>('POST', `/api/users/${id}/recovery-link`));
      const { verificationId } = expectStatus(200, await use(browser, link));
      expectStatus(204, await browser.identify(verificationId));
    } finally {
      await strict.stop();
    }
  });

  it('is not made without a token, for nobody, and not of what can be no secret', async () => {
    const userId = await userWithoutPasskey();
    expect((await manager().post(`/api/users/${userId}/recovery-link`)).status).toBe(401);
    for (const id of ['nobody', '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10']) {
      expect((await manager().manage('POST', `/api/users/${id}/recovery-link`)).body).toMatchObject({
        code: 'user.user_not_exist',
      });
    }
    for (const secret of ['', 7, null, 'x'.repeat(129)]) {
      const answer = await manager().post('/api/experience/verification/recovery-link/verify', { secret });
      expect(answer.status).toBe(400);
    }
  });
});
