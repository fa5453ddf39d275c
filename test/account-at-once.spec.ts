import { RegistrationOptionsService } from '../libs/experience-verification/src/registration/registration-options.service';
import { Sessions } from '../libs/experience-verification/src/session/sessions.service';
import { type Answer, Browser, expectStatus, freshUsername } from './support/browser';
import { freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { statementsOf } from './support/statements-of';
import { TestServer } from './support/test-server';

const ACCOUNT = '/api/my-account';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
afterEach(() => jest.restoreAllMocks());

type Person = Awaited<ReturnType<typeof signedIn>>;

const change =
  (sql: string) =>
  ({ userId }: Person) =>
    server.query(sql, [userId]);

/** What may have become of a session, and what then is answered. */
const SESSIONS: Record<string, [status: number, (person: Person) => unknown, headers?: object]> = {
  'that lives': [200, () => undefined],
  'of a user with proved addresses': [
    200,
    async ({ browser, userId }) => {
      const primaryEmail = freshEmail().value;
      await browser.manage('PATCH', `/api/users/${userId}`, { primaryEmail, emailVerified: true });
    },
  ],
  'of a user without identifiers': [200, change(`DELETE FROM passkey.user_identifiers WHERE user_id = $1`)],
  'of an administrator': [200, change(`UPDATE passkey.users SET administrator = true WHERE id = $1`)],
  'of a user whom a host would keep': [200, change(`UPDATE passkey.users SET tenant = NULL WHERE id = $1`)],
  'of the account that the page shows': [200, () => undefined, { own: true }],
  'of another account than the page shows': [409, () => undefined, { own: false }],
  'without its cookie': [
    401,
    ({ browser }) => {
      browser.cookies.clear();
    },
  ],
  'that was never there': [401, ({ browser }) => browser.cookies.set('experience_session', 'A'.repeat(43))],
  'that has ended': [401, change(`DELETE FROM passkey.sessions WHERE user_id = $1`)],
  'that has expired': [401, change(`UPDATE passkey.sessions SET expires_at = now() WHERE user_id = $1`)],
  'that was idle for too long': [
    401,
    change(`UPDATE passkey.sessions SET last_seen_at = now() - interval '365 days' WHERE user_id = $1`),
  ],
  'of a user who is suspended': [401, ({ browser, userId }) => browser.suspend(userId)],
  'of a user who is suspended in the database itself': [
    401,
    change(`UPDATE passkey.users SET suspended = true WHERE id = $1`),
  ],
  'of a user who was suspended meanwhile': [
    401,
    async (person) => {
      await person.browser.suspend(person.userId);
      await person.browser.suspend(person.userId, false);
    },
  ],
  'from before the user’s proofs were void': [
    401,
    change(`UPDATE passkey.users SET proofs_void_before = clock_timestamp() WHERE id = $1`),
  ],
  'of a user who is gone': [
    401,
    async ({ browser, userId }) => expectStatus(204, await browser.manage('DELETE', `/api/users/${userId}`)),
  ],
  'of another tenant’s user': [401, change(`UPDATE passkey.users SET tenant = 'another' WHERE id = $1`)],
};

describe('GET /api/my-account, in one statement', () => {
  /** From here on the account is asked for by itself, as where a host keeps the sessions. */
  const inSteps = () => {
    const sessions = server.app.get(Sessions, { strict: false });
    return jest.replaceProperty(
      sessions as unknown as { accountsOfSessions: unknown },
      'accountsOfSessions',
      null,
    );
  };

  it.each(Object.entries(SESSIONS))(
    'answers as two do: of a session %s',
    async (_name, [status, situation, headers]) => {
      const person = await signedIn(server);
      await situation(person);
      const own = headers && 'own' in headers && headers.own;
      const expected = { 'expected-account': own ? person.userId : (await signedIn(server)).userId };
      const ask = async () => {
        const answer = await person.browser.call('GET', ACCOUNT, undefined, headers && expected);
        return { status: answer.status, body: answer.body };
      };
      const atOnce = await ask();
      expect(atOnce.status).toBe(status);
      inSteps();
      expect(await ask()).toEqual(atOnce);
    },
  );

  it('notes that the session is in use', async () => {
    const { browser, userId } = await signedIn(server);
    await server.query(
      `UPDATE passkey.sessions SET last_seen_at = now() - interval '2 minutes' WHERE user_id = $1`,
      [userId],
    );
    expectStatus(200, await browser.get(ACCOUNT));
    const seen = `SELECT FROM passkey.sessions WHERE user_id = $1 AND last_seen_at > now() - interval '1 minute'`;
    expect(await server.query(seen, [userId])).toHaveLength(1);
  });

  it('is one, where two were', async () => {
    const { browser } = await signedIn(server);
    const ask = () => browser.get(ACCOUNT);
    expect(await statementsOf(ask)).toBe(1);
    inSteps();
    expect(await statementsOf(ask)).toBe(2);
  });
});

const begun = async (event: 'SignIn' | 'Register' = 'Register') => {
  const browser = new Browser(server);
  await browser.start(event);
  return browser;
};
const taken = async () => (await signedIn(server)).identifier;

/** For whom options are asked, and in what. */
const REGISTRATIONS: Record<string, () => Promise<Answer<unknown>>> = {
  'in its interaction': async () => (await begun()).registrationOptions(freshUsername()),
  'of an address': async () => (await begun()).registrationOptions(freshEmail()),
  'in no interaction': () => new Browser(server).registrationOptions(freshUsername()),
  'in an interaction for a sign-in': async () => (await begun('SignIn')).registrationOptions(freshUsername()),
  'in one that has expired': async () => {
    const browser = await begun();
    await server.query('UPDATE passkey.interactions SET expires_at = now()');
    return browser.registrationOptions(freshUsername());
  },
  'in one that has ended': async () => {
    const browser = await begun();
    await server.query('DELETE FROM passkey.interactions');
    return browser.registrationOptions(freshUsername());
  },
  'of a name that is taken': async () => (await begun()).registrationOptions(await taken()),
  'of a name that is taken, for a sign-in': async () => {
    const identifier = await taken();
    return (await begun('SignIn')).registrationOptions(identifier);
  },
  'of a name that looks like another': async () => {
    const { value } = freshUsername();
    await signedIn(server, { type: 'username', value: `${value}I` });
    return (await begun()).registrationOptions({ type: 'username', value: `${value}l` });
  },
  'of a name that looks like another, for a sign-in': async () => {
    const { value } = freshUsername();
    await signedIn(server, { type: 'username', value: `${value}I` });
    return (await begun('SignIn')).registrationOptions({ type: 'username', value: `${value}l` });
  },
  'of a name that nobody may have, for a sign-in': async () =>
    (await begun('SignIn')).registrationOptions({ type: 'username', value: 'bob@example.com' }),
  'by an invitation that is none': async () => (await begun()).registrationOptions(freshUsername(), 'none'),
  'by an invitation that is none, for a sign-in': async () =>
    (await begun('SignIn')).registrationOptions(freshUsername(), 'none'),
};

describe('options of a registration, in one statement', () => {
  /** From here on the interaction is asked first, as where a host keeps it. */
  const inSteps = () => {
    const options = server.app.get(RegistrationOptionsService, { strict: false });
    jest.replaceProperty(options as unknown as { ownInteractions: boolean }, 'ownInteractions', false);
  };
  const records = async () => {
    const sql = 'SELECT count(*)::int AS count FROM passkey.verification_records';
    return (await server.query<{ count: number }>(sql))[0]!.count;
  };

  it.each(Object.entries(REGISTRATIONS))('are what two make them: %s', async (_name, ask) => {
    const outcome = async () => {
      await server.query('DELETE FROM passkey.verification_records');
      const { status, body } = await ask();
      return { status, told: status === 200 ? Object.keys(body as object) : body, records: await records() };
    };
    const atOnce = await outcome();
    inSteps();
    expect(await outcome()).toEqual(atOnce);
  });

  it('are one, where two were', async () => {
    const browser = await begun();
    const ask = () => browser.registrationOptions(freshUsername());
    expect(await statementsOf(ask)).toBe(1);
    inSteps();
    expect(await statementsOf(ask)).toBe(2);
  });
});
