import {
  allBut,
  inSteps,
  meanwhile,
  NEW_IN_INTERACTIONS,
  NEW_IN_SESSIONS,
  onServed,
} from './support/at-once';
import { type Answer, Browser, expectStatus } from './support/browser';
import { pickedPasskey, verifiedSignIn } from './support/records';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const EXPERIENCE = '/api/experience';
const CODES = '/api/my-account/recovery-codes';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
afterEach(() => jest.restoreAllMocks());

type Person = Awaited<ReturnType<typeof signedIn>>;

const identify = async (browser: Browser) => browser.identify(await verifiedSignIn(browser));

/** What may stand in the way of a sign-in, or come with it. */
const SITUATIONS: Record<string, (person: Person) => Promise<Answer[]>> = {
  'by an interaction that was begun': async ({ browser }) => {
    await browser.start('SignIn');
    return [await identify(browser), await browser.submit()];
  },
  'by one that was not': async ({ browser }) => {
    browser.cookies.clear();
    return [await identify(browser), await browser.submit()];
  },
  'with two proofs of one user': async ({ browser }) => [
    await identify(browser),
    await identify(browser),
    await browser.submit(),
  ],
  'of two users': async ({ browser }) => {
    const { browser: other } = await signedIn(server);
    const first = await verifiedSignIn(browser);
    other.cookies.clear();
    const join = () => {
      for (const [name, value] of browser.cookies) other.cookies.set(name, value);
    };
    join();
    const second = await verifiedSignIn(other);
    const identified = await browser.identify(first);
    join();
    return [identified, await other.identify(second), await browser.submit()];
  },
  'with other records of the browser': async ({ browser }) => {
    await pickedPasskey(browser);
    const waiting = await verifiedSignIn(browser);
    return [await identify(browser), await browser.identify(waiting), await browser.submit()];
  },
  'by a record that was used': async ({ browser }) => {
    const used = await verifiedSignIn(browser);
    return [await browser.identify(used), await browser.identify(used), await browser.submit()];
  },
  'by a record that is not verified': async ({ browser }) => {
    const { verificationId } = await pickedPasskey(browser);
    return [await browser.identify(verificationId), await browser.submit()];
  },
  'by a record that has expired': async ({ browser, userId }) => {
    const expired = await verifiedSignIn(browser);
    await server.query(`UPDATE passkey.verification_records SET expires_at = now() WHERE user_id = $1`, [
      userId,
    ]);
    return [await browser.identify(expired)];
  },
  'in an interaction that has expired': async ({ browser, userId }) => {
    const identified = await identify(browser);
    await server.query(`UPDATE passkey.interactions SET expires_at = now() WHERE user_id = $1`, [userId]);
    return [identified, await browser.submit()];
  },
  'of a user who is suspended before identification': async (person) => {
    const verificationId = await verifiedSignIn(person.browser);
    await person.browser.suspend(person.userId);
    return [await person.browser.identify(verificationId)];
  },
  'of a user who is suspended in the database itself': async ({ browser, userId }) => {
    const verificationId = await verifiedSignIn(browser);
    await server.query('UPDATE passkey.users SET suspended = true WHERE id = $1', [userId]);
    return [await browser.identify(verificationId)];
  },
  'of a user who was suspended meanwhile': async (person) => {
    const verificationId = await verifiedSignIn(person.browser);
    await person.browser.suspend(person.userId);
    await person.browser.suspend(person.userId, false);
    return [await person.browser.identify(verificationId)];
  },
  'of a user who is suspended before submit': async (person) => {
    const identified = await identify(person.browser);
    await person.browser.suspend(person.userId);
    return [identified, await person.browser.submit()];
  },
  'of a user who was suspended before submit': async (person) => {
    const identified = await identify(person.browser);
    await person.browser.suspend(person.userId);
    await person.browser.suspend(person.userId, false);
    return [identified, await person.browser.submit()];
  },
  'of a user who is gone': async ({ browser, userId }) => {
    const verificationId = await verifiedSignIn(browser);
    expectStatus(204, await browser.manage('DELETE', `/api/users/${userId}`));
    return [await browser.identify(verificationId), await browser.submit()];
  },
  'in an interaction for a registration': async ({ browser }) => {
    await browser.start('Register');
    return [await identify(browser), await browser.submit()];
  },
  'with a recovery code before the passkey': async ({ browser, identifier }) => {
    const { codes } = expectStatus(201, await browser.post<{ codes: string[] }>(CODES));
    const other = new Browser(server, browser.authenticator);
    const recovered = expectStatus(
      200,
      await other.post<{ verificationId: string }>(`${EXPERIENCE}/verification/recovery-code/verify`, {
        ...{ identifier, code: codes[0] },
      }),
    );
    return [await other.identify(recovered.verificationId), await identify(other), await other.submit()];
  },
  'submitted twice': async ({ browser }) => {
    const identified = await identify(browser);
    const cookies = new Map(browser.cookies);
    const submitted = await browser.submit();
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    return [identified, submitted, await browser.submit()];
  },
};

/** What the database keeps of the user, without what is new in each. */
const keptOf = (userId: string) =>
  Promise.all(
    [
      `SELECT ${allBut('i', ...NEW_IN_INTERACTIONS)}, passkey_id IS NULL AS without,
              expires_at > now() + interval '4 minutes' AS lasts
         FROM passkey.interactions i WHERE user_id = $1 ORDER BY event, amr`,
      `SELECT ${allBut('s', ...NEW_IN_SESSIONS)}, passkey_id IS NULL AS without, authenticated_at <= created_at AS proved,
              expires_at > now() + interval '29 days' AS lasts
         FROM passkey.sessions s WHERE user_id = $1 ORDER BY created_at`,
      `SELECT ceremony, status, interaction_id IN (SELECT id FROM passkey.interactions WHERE user_id = $1) AS moved
         FROM passkey.verification_records WHERE user_id = $1 ORDER BY created_at`,
      `SELECT type, rp_id, details - '{requestId,verificationId,passkeyId,credentialId}'::text[] AS details
         FROM passkey.audit_events WHERE user_id = $1 ORDER BY created_at, id`,
    ].map((sql) => server.query(sql, [userId])),
  );

describe('a sign-in by passkey, decided by a statement a call', () => {
  it.each(Object.entries(SITUATIONS))('is what the transactions make it: %s', async (_name, situation) => {
    const outcome = async () => {
      const person = await signedIn(server);
      const answers = await situation(person);
      return {
        answers: answers.map(({ status, body }) => ({ status, body })),
        cookies: [...person.browser.cookies.keys()].sort(),
        signedIn: (await person.browser.get('/api/my-account')).status,
        kept: await keptOf(person.userId),
      };
    };
    const atOnce = await outcome();
    inSteps(server);
    expect(atOnce).toEqual(await outcome());
  });

  it('needs no transaction', async () => {
    const { browser } = await signedIn(server);
    const transaction = jest.spyOn(server.database.dataSource, 'transaction');
    await browser.signIn();
    expect(transaction).not.toHaveBeenCalled();
  });

  it('has a new cookie after each of the two, and the session before it has ended', async () => {
    const { browser } = await signedIn(server);
    const session = browser.cookies.get('experience_session');
    await browser.start('SignIn');
    const begun = browser.cookies.get('experience_interaction');
    expectStatus(204, await identify(browser));
    expect(browser.cookies.get('experience_interaction')).not.toBe(begun);
    expectStatus(200, await browser.submit());
    expect(browser.cookies.has('experience_interaction')).toBe(false);
    expect(browser.cookies.get('experience_session')).not.toBe(session);
    browser.cookies.set('experience_session', session!);
    expect((await browser.get('/api/my-account')).status).toBe(401);
  });
});

onServed('what is changed while a sign-in waits for its user', () => {
  const whileHeld = (userId: string, change: string, call: () => Promise<Answer>) =>
    meanwhile(
      server,
      {
        held: 'SELECT FROM passkey.users WHERE id = $1 FOR NO KEY UPDATE',
        change,
        parameters: [userId],
      },
      call,
    );
  const CHANGES = {
    'the passkey is deleted': `DELETE FROM passkey.credential_records WHERE user_id = $1`,
    'the user is suspended': `UPDATE passkey.users SET suspended = true WHERE id = $1`,
    'what was proved is void': `UPDATE passkey.users SET proofs_void_before = clock_timestamp() WHERE id = $1`,
    'the interaction and its records end': `WITH ended AS (DELETE FROM passkey.interactions WHERE user_id = $1)
      DELETE FROM passkey.verification_records WHERE user_id = $1`,
  };

  it.each(Object.entries(CHANGES))('counts at identification: %s', async (_name, change) => {
    const { browser, userId } = await signedIn(server);
    const verificationId = await verifiedSignIn(browser);
    const answer = await whileHeld(userId, change, () => browser.identify(verificationId));
    expect([401, 404]).toContain(answer.status);
    expect(await server.query('SELECT FROM passkey.interactions WHERE user_id = $1', [userId])).toEqual([]);
  });

  it.each(Object.entries(CHANGES))('counts at submit: %s', async (_name, change) => {
    const { browser, userId } = await signedIn(server);
    expectStatus(204, await identify(browser));
    await server.query('DELETE FROM passkey.sessions WHERE user_id = $1', [userId]);
    const answer = await whileHeld(userId, change, browser.submit);
    expect([401, 404]).toContain(answer.status);
    expect(await server.query('SELECT FROM passkey.sessions WHERE user_id = $1', [userId])).toEqual([]);
  });
});
