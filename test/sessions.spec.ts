import { setTimeout as elapse } from 'node:timers/promises';
import { Browser, expectStatus } from './support/browser';
import { pendingSignIn, verifiedRegistration, verifiedSignIn } from './support/records';
import { signedIn } from './support/signed-in';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const SESSIONS = '/api/my-account/sessions';
const PASSKEYS = '/api/my-account/passkeys';
const CODES = '/api/my-account/recovery-codes';

interface Session {
  id: string;
  current: boolean;
  createdAt: string;
  authenticatedAt: string;
  lastSeenAt: string;
  amr: string[];
  passkeyId: string | null;
  address: string | null;
  browser: string | null;
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ SESSION_IDLE_SECONDS: '3600', SESSION_TTL_SECONDS: '86400' });
});
afterAll(() => server.stop());

const management = () => new Browser(server);
const sessionsOf = async (browser: Browser) => expectStatus(200, await browser.get<Session[]>(SESSIONS));
const listedPasskeys = async (browser: Browser) =>
  expectStatus(200, await browser.get<{ id: string }[]>(PASSKEYS));
const isSignedIn = async (browser: Browser) => (await browser.get('/api/my-account')).status === 200;

/** Another browser of the person, signed in with the same authenticator. */
async function elsewhere(browser: Browser, authenticator = browser.authenticator): Promise<Browser> {
  const other = new Browser(server, authenticator);
  await other.signIn();
  return other;
}

/** A second passkey of the signed-in person, on an authenticator of its own. */
async function withSecondPasskey(
  browser: Browser,
): Promise<{ id: string; authenticator: SoftwareAuthenticator }> {
  const { verificationId, authenticator } = await verifiedRegistration(browser);
  const { id } = expectStatus(201, await browser.post<{ id: string }>(PASSKEYS, { verificationId }));
  return { id, authenticator };
}

/** Signed in by a recovery code, on a browser with an authenticator that has nothing yet. */
async function recovered(code: string, identifier: { type: string; value: string }): Promise<Browser> {
  const browser = new Browser(server, new SoftwareAuthenticator());
  const { verificationId } = expectStatus(
    200,
    await browser.post<{ verificationId: string }>('/api/experience/verification/recovery-code/verify', {
      identifier,
      code,
    }),
  );
  expectStatus(204, await browser.identify(verificationId));
  expectStatus(200, await browser.submit());
  return browser;
}

async function withRecoveryCodes() {
  const person = await signedIn(server);
  const { codes } = expectStatus(201, await person.browser.post<{ codes: string[] }>(CODES));
  return { ...person, codes };
}

describe('where somebody is signed in', () => {
  it('is listed, with how, since when, from where and by which passkey', async () => {
    const { browser } = await signedIn(server);
    const other = new Browser(server, browser.authenticator);
    const call = other.call;
    other.call = (method, path, body) => call(method, path, body, { 'user-agent': FIREFOX });
    other.post = (path, body) => other.call('POST', path, body);
    await other.signIn();
    const [passkey] = await listedPasskeys(browser);
    const sessions = await sessionsOf(browser);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions.find(({ current }) => !current)).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      current: false,
      createdAt: expect.stringMatching(/Z$/),
      authenticatedAt: expect.stringMatching(/Z$/),
      lastSeenAt: expect.stringMatching(/Z$/),
      amr: ['pop', 'swk', 'user'],
      passkeyId: passkey!.id,
      address: '127.0.0.0/24',
      browser: 'Firefox on Linux',
    });
    const told = JSON.stringify(sessions);
    for (const cookie of [...browser.cookies.values(), ...other.cookies.values()]) {
      expect(told).not.toContain(cookie);
    }
  });

  it('ends one by one, the own one by signing out, and nobody else’s', async () => {
    const { browser } = await signedIn(server);
    const other = await elsewhere(browser);
    const { browser: stranger } = await signedIn(server);
    const theirs = (await sessionsOf(browser)).find(({ current }) => !current)!;
    for (const id of [theirs.id, 'nonsense']) {
      expect(await stranger.call('DELETE', `${SESSIONS}/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'session.not_found' },
      });
    }
    expect(await isSignedIn(other)).toBe(true);
    expectStatus(204, await browser.call('DELETE', `${SESSIONS}/${theirs.id}`));
    expect(await isSignedIn(other)).toBe(false);
    const own = (await sessionsOf(browser))[0]!;
    expectStatus(204, await browser.call('DELETE', `${SESSIONS}/${own.id}`));
    expect(browser.cookies.has('experience_session')).toBe(false);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('ends everywhere else at once', async () => {
    const { browser } = await signedIn(server);
    const others = [await elsewhere(browser), await elsewhere(browser)];
    expectStatus(204, await browser.call('DELETE', SESSIONS));
    expect(await isSignedIn(browser)).toBe(true);
    for (const other of others) expect(await isSignedIn(other)).toBe(false);
  });

  it('is seen and ended by management, with an audit event', async () => {
    const { browser, userId } = await signedIn(server);
    const other = await elsewhere(browser);
    const path = `/api/users/${userId}/sessions`;
    const sessions = expectStatus(200, await management().manage<Session[]>('GET', path));
    expect(sessions.map(({ current }) => current)).toEqual([false, false]);
    const latest = (await sessionsOf(other)).find(({ current }) => current)!;
    expectStatus(204, await management().manage('DELETE', `${path}/${latest.id}`));
    expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([true, false]);
    expectStatus(204, await management().manage('DELETE', path));
    expect(await isSignedIn(browser)).toBe(false);
    expect((await management().manage('DELETE', `${path}/${latest.id}`)).body).toMatchObject({
      code: 'session.not_found',
    });
    expect((await management().call('GET', path)).status).toBe(401);
    const events = await server.query<{ details: object }>(
      `SELECT details FROM passkey.audit_events WHERE type = 'session.ended' AND user_id = $1 ORDER BY id`,
      [userId],
    );
    expect(events.map(({ details }) => details)).toMatchObject([
      { by: 'management', sessionId: latest.id },
      { by: 'management' },
    ]);
  });

  it('is over after a time of idleness, and after its whole life however much it is used', async () => {
    const move = (column: string, seconds: number, userId: string) =>
      server.query(
        `UPDATE passkey.sessions SET ${column} = ${column} - $1 * interval '1 second' WHERE user_id = $2`,
        [seconds, userId],
      );
    const idle = await signedIn(server);
    await move('last_seen_at', 3590, idle.userId);
    expect(await isSignedIn(idle.browser)).toBe(true);
    await move('last_seen_at', 3601, idle.userId);
    expect(await isSignedIn(idle.browser)).toBe(false);
    const old = await signedIn(server);
    await move('expires_at', 86_399, old.userId);
    expect(await isSignedIn(old.browser)).toBe(true);
    await move('expires_at', 2, old.userId);
    expect(await isSignedIn(old.browser)).toBe(false);
  });

  it('is written at most once a minute', async () => {
    const { browser, userId } = await signedIn(server);
    const seen = async () => {
      await browser.get('/api/my-account');
      const [row] = await server.query<{ xmin: string }>(
        'SELECT xmin::text FROM passkey.sessions WHERE user_id = $1',
        [userId],
      );
      return row!.xmin;
    };
    expect(await seen()).toBe(await seen());
    const before = await seen();
    await server.query(
      `UPDATE passkey.sessions SET last_seen_at = last_seen_at - interval '61 seconds' WHERE user_id = $1`,
      [userId],
    );
    expect(await seen()).not.toBe(before);
    expect(await seen()).toBe(await seen());
  });
});

describe('a session that may be idle for a minute', () => {
  it('lives on while it is used', async () => {
    const strict = await TestServer.start({ SESSION_IDLE_SECONDS: '60' });
    try {
      const { browser, userId } = await signedIn(strict);
      for (let uses = 0; uses < 4; uses += 1) {
        await strict.query(
          `UPDATE passkey.sessions SET last_seen_at = last_seen_at - interval '40 seconds' WHERE user_id = $1`,
          [userId],
        );
        expect(await isSignedIn(browser)).toBe(true);
      }
    } finally {
      await strict.stop();
    }
  });
});

describe('what a session hangs on', () => {
  it('the passkey that opened it: deleted by its owner, every session of it ends but for this browser', async () => {
    const { browser } = await signedIn(server);
    const second = await withSecondPasskey(browser);
    const thief = await elsewhere(browser, second.authenticator);
    const friend = await elsewhere(browser);
    expectStatus(204, await browser.call('DELETE', `${PASSKEYS}/${second.id}`));
    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(friend)).toBe(true);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('the same, by the browser that it opened, stays there', async () => {
    const { browser } = await signedIn(server);
    const second = await withSecondPasskey(browser);
    const other = await elsewhere(browser, second.authenticator);
    const twin = await elsewhere(browser, second.authenticator);
    expectStatus(204, await other.call('DELETE', `${PASSKEYS}/${second.id}`));
    expect([await isSignedIn(other), await isSignedIn(twin)]).toEqual([true, false]);
  });

  it('the passkey that opened it: revoked by management, every session of it ends', async () => {
    const { browser, userId } = await signedIn(server);
    const other = await elsewhere(browser);
    const [passkey] = await listedPasskeys(browser);
    expectStatus(204, await management().manage('DELETE', `/api/users/${userId}/passkeys/${passkey!.id}`));
    expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([false, false]);
  });

  it('its passkeys, all at once, by management: every session of each ends, and is told of, but no other', async () => {
    const { browser, userId } = await signedIn(server);
    const second = await withSecondPasskey(browser);
    const other = await elsewhere(browser, second.authenticator);
    const neighbour = await signedIn(server);
    const passkeys = await listedPasskeys(browser);
    expect(passkeys).toHaveLength(2);
    expectStatus(204, await management().manage('DELETE', `/api/users/${userId}/passkeys`));
    expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([false, false]);
    expect(await isSignedIn(neighbour.browser)).toBe(true);
    expect(await listedPasskeys(neighbour.browser)).toHaveLength(1);
    const told = await server.query<{ passkeyId: string }>(
      `SELECT details ->> 'passkeyId' AS "passkeyId" FROM passkey.audit_events
        WHERE type = 'passkey.deleted' AND user_id = $1`,
      [userId],
    );
    expect(new Set(told.map(({ passkeyId }) => passkeyId))).toEqual(new Set(passkeys.map(({ id }) => id)));
    expectStatus(204, await management().manage('DELETE', `/api/users/${userId}/passkeys`));
  });

  it('the passkey by which somebody is identified: revoked before submit, nobody is signed in', async () => {
    const { browser } = await signedIn(server);
    const second = await withSecondPasskey(browser);
    const thief = new Browser(server, second.authenticator);
    await thief.start('SignIn');
    expectStatus(204, await thief.identify(await verifiedSignIn(thief)));
    expectStatus(204, await browser.call('DELETE', `${PASSKEYS}/${second.id}`));
    expect(await thief.submit()).toMatchObject({
      status: 404,
      body: { code: 'session.interaction_not_found' },
    });
    expect(await isSignedIn(thief)).toBe(false);
  });

  it('the account: suspended and taken back, nothing from before comes back', async () => {
    const { browser, userId } = await signedIn(server);
    const verified = new Browser(server, browser.authenticator);
    const verificationId = await verifiedSignIn(verified);
    const identified = new Browser(server, browser.authenticator);
    expectStatus(204, await identified.identify(await verifiedSignIn(identified)));
    await management().suspend(userId);
    expect((await identified.submit()).body).toMatchObject({ code: 'user.suspended' });
    await management().suspend(userId, false);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await verified.identify(verificationId)).body).toMatchObject({
      code: 'session.verification_session_not_found',
    });
    expect((await identified.submit()).status).toBe(404);
    expect(await isSignedIn(identified)).toBe(false);
    await browser.signIn();
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('the account: options of before a suspension are answered in vain after it', async () => {
    const { browser, verificationId, payload, userId } = await pendingSignIn(server);
    await management().suspend(userId);
    await management().suspend(userId, false);
    expect((await browser.verifyAuthentication(verificationId, payload)).body).toMatchObject({
      code: 'session.verification_session_not_found',
    });
  });

  it('the account: recovered, whoever else was in it is out, with what they had proved', async () => {
    const { browser: thief, identifier, codes } = await withRecoveryCodes();
    const waiting = new Browser(server, thief.authenticator);
    expectStatus(204, await waiting.identify(await verifiedSignIn(waiting)));
    const verified = new Browser(server, thief.authenticator);
    const verificationId = await verifiedSignIn(verified);
    const owner = await recovered(codes[0]!, identifier);
    expect([await isSignedIn(owner), await isSignedIn(thief)]).toEqual([true, false]);
    expect((await waiting.submit()).status).toBe(404);
    expect((await verified.identify(verificationId)).status).toBe(404);
  });
});

describe('a proof is as fresh as it is', () => {
  it('however late it is submitted', async () => {
    const { browser } = await signedIn(server);
    await browser.start('SignIn');
    const verificationId = await verifiedSignIn(browser);
    await server.query(
      `UPDATE passkey.verification_records SET verified_at = verified_at - interval '11 minutes' WHERE id = $1`,
      [verificationId],
    );
    expectStatus(204, await browser.identify(verificationId));
    expectStatus(200, await browser.submit());
    const { authenticatedAt } = expectStatus(
      200,
      await browser.get<{ authenticatedAt: string }>('/api/my-account'),
    );
    expect(Date.now() - Date.parse(authenticatedAt)).toBeGreaterThan(600_000);
    expect((await browser.registrationOptions()).body).toMatchObject({
      code: 'session.verification_required',
    });
  });
});

describe('a session that came by a code', () => {
  it('adds one passkey, and nothing more until a passkey was used', async () => {
    const { browser: lost, identifier, codes } = await withRecoveryCodes();
    const [oldPasskey] = await listedPasskeys(lost);
    const browser = await recovered(codes[0]!, identifier);
    const refused = { status: 403, body: { code: 'session.passkey_required' } };
    expect(await browser.call('DELETE', `${PASSKEYS}/${oldPasskey!.id}`)).toMatchObject(refused);
    expect(await browser.post(CODES)).toMatchObject(refused);
    const earlier = browser.cookies.get('experience_session');
    const { verificationId } = await verifiedRegistration(browser, { authenticator: browser.authenticator });
    const rival = await verifiedRegistration(browser);
    expectStatus(201, await browser.post(PASSKEYS, { verificationId }));
    expect(browser.cookies.get('experience_session')).not.toBe(earlier);
    expect(await browser.post(PASSKEYS, { verificationId: rival.verificationId })).toMatchObject(refused);
    expect(await browser.registrationOptions()).toMatchObject(refused);
    expect(await browser.call('DELETE', `${PASSKEYS}/${oldPasskey!.id}`)).toMatchObject(refused);
    await browser.stepUp();
    expectStatus(204, await browser.call('DELETE', `${PASSKEYS}/${oldPasskey!.id}`));
    expectStatus(201, await browser.post(CODES));
  });
});

describe('races, of which none may leave anything alive', () => {
  /** Rounds of each; 500 in `RACES=500`. */
  const ROUNDS = Number(process.env['RACES'] ?? 4);

  /** The two at once, in either order by a little. */
  async function race(index: number, one: () => Promise<unknown>, other: () => Promise<unknown>) {
    const lead = (index % 5) - 2;
    await Promise.all([elapse(Math.max(0, lead) * 2).then(one), elapse(Math.max(0, -lead) * 2).then(other)]);
  }

  const signedInRows = (userId: string) =>
    server.query(
      `SELECT s.id FROM passkey.sessions s JOIN passkey.users u ON u.id = s.user_id
        WHERE s.user_id = $1 AND s.created_at >= u.proofs_void_before`,
      [userId],
    );

  it('submit and suspension', async () => {
    const { browser: owner, userId } = await signedIn(server);
    for (let index = 0; index < ROUNDS; index++) {
      const browser = new Browser(server, owner.authenticator);
      expectStatus(204, await browser.identify(await verifiedSignIn(browser)));
      await race(index, browser.submit, () => management().suspend(userId));
      await management().suspend(userId, false);
      expect(await isSignedIn(browser)).toBe(false);
      expect(await signedInRows(userId)).toEqual([]);
    }
  }, 300_000);

  it('submit and the end of the passkey', async () => {
    const { browser: owner } = await signedIn(server);
    for (let index = 0; index < ROUNDS; index++) {
      const { id, authenticator } = await withSecondPasskey(owner);
      const browser = new Browser(server, authenticator);
      expectStatus(204, await browser.identify(await verifiedSignIn(browser)));
      await race(index, browser.submit, async () =>
        expectStatus(204, await owner.call('DELETE', `${PASSKEYS}/${id}`)),
      );
      expect(await isSignedIn(browser)).toBe(false);
    }
  }, 300_000);

  it('identification and suspension', async () => {
    const { browser: owner, userId } = await signedIn(server);
    for (let index = 0; index < ROUNDS; index++) {
      const browser = new Browser(server, owner.authenticator);
      const verificationId = await verifiedSignIn(browser);
      await race(
        index,
        () => browser.identify(verificationId),
        () => management().suspend(userId),
      );
      await management().suspend(userId, false);
      await browser.submit();
      expect(await isSignedIn(browser)).toBe(false);
    }
  }, 300_000);

  it('binding and suspension: a passkey that is added is acknowledged before', async () => {
    const { browser: owner, userId } = await signedIn(server);
    for (let index = 0; index < ROUNDS; index++) {
      const browser = await elsewhere(owner);
      const { verificationId } = await verifiedRegistration(browser);
      const before = (await listedPasskeys(browser)).map(({ id }) => id);
      let added = 0;
      await race(
        index,
        async () => ({ status: added } = await browser.post(PASSKEYS, { verificationId })),
        () => management().suspend(userId),
      );
      const path = `/api/users/${userId}/passkeys`;
      const after = expectStatus(200, await management().manage<{ id: string }[]>('GET', path));
      const more = after.filter(({ id }) => !before.includes(id));
      expect(more).toHaveLength(added === 201 ? 1 : 0);
      expect([201, 401]).toContain(added);
      // An account may not have a passkey of every round.
      for (const { id } of more) expectStatus(204, await management().manage('DELETE', `${path}/${id}`));
      await management().suspend(userId, false);
      expect(await isSignedIn(browser)).toBe(false);
    }
  }, 300_000);

  it('step-up and suspension', async () => {
    const { browser: owner, userId } = await signedIn(server);
    for (let index = 0; index < ROUNDS; index++) {
      const browser = await elsewhere(owner);
      const options = expectStatus(200, await browser.stepUpOptions());
      const payload = browser.authenticator.authenticate(options.authenticationOptions);
      await race(
        index,
        () => browser.verifyStepUp(options.verificationId, payload),
        () => management().suspend(userId),
      );
      await management().suspend(userId, false);
      expect(await isSignedIn(browser)).toBe(false);
    }
  }, 300_000);

  it('deletion and submit, binding or new recovery codes never end in a fault of the server', async () => {
    for (let index = 0; index < ROUNDS; index++) {
      const { browser, userId } = await signedIn(server);
      const { verificationId } = await verifiedRegistration(browser);
      const other = new Browser(server, browser.authenticator);
      expectStatus(204, await other.identify(await verifiedSignIn(other)));
      const statuses: number[] = [];
      const note = async (call: Promise<{ status: number }>) => statuses.push((await call).status);
      await race(
        index,
        () =>
          Promise.all([
            note(other.submit()),
            note(browser.post(PASSKEYS, { verificationId })),
            note(browser.post(CODES)),
          ]),
        () => note(management().manage('DELETE', `/api/users/${userId}`)),
      );
      expect(statuses.filter((status) => status >= 500)).toEqual([]);
      expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([false, false]);
    }
  }, 300_000);
});
