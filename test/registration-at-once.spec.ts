import { setTimeout } from 'node:timers/promises';
import {
  MODULE_OPTIONS,
  type ResolvedOptions,
} from '../libs/experience-verification/src/experience-verification.options';
import { resolveUsernames } from '../libs/experience-verification/src/identifiers/username-rule';
import {
  allBut,
  inSteps,
  meanwhile,
  NEW_IN_INTERACTIONS,
  NEW_IN_SESSIONS,
  onServed,
} from './support/at-once';
import { type Answer, Browser, expectStatus, freshUsername, type Identifier } from './support/browser';
import { almostIn, pickedPasskey, verifiedRegistration } from './support/records';
import { freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());
afterEach(() => jest.restoreAllMocks());

/** Who registers, and what came of it. */
interface Outcome {
  browser: Browser;
  answers: Answer[];
}

const goesOn = async ({
  browser,
  verificationId,
}: Awaited<ReturnType<typeof almostIn>>): Promise<Outcome> => ({
  browser,
  answers: [await browser.identify(verificationId), await browser.submit()],
});

/** After something has been done to the rows of the record, as `$1`. */
const goesOnAfter = async (change: string, identifier?: Identifier) => {
  const person = await almostIn(server, { identifier });
  await server.query(change, [person.verificationId]);
  return goesOn(person);
};

const OF_RECORD = '(SELECT interaction_id FROM passkey.verification_records WHERE id = $1)';

/** What may stand in the way of a registration, or come with it. */
const SITUATIONS: Record<string, () => Promise<Outcome>> = {
  'of a user name': async () => goesOn(await almostIn(server)),
  'of an email address': async () => goesOn(await almostIn(server, { identifier: freshEmail() })),
  'of a name in another script': async () =>
    goesOn(
      await almostIn(server, {
        identifier: { type: 'username', value: `Ωμέγα-${Math.random()}`.slice(0, 20) },
      }),
    ),
  'with other records of the browser': async () => {
    const person = await almostIn(server);
    await pickedPasskey(person.browser);
    await verifiedRegistration(person.browser, { identifier: freshUsername() });
    return goesOn(person);
  },
  'by a record that was used': async () => {
    const person = await almostIn(server);
    const { browser, answers } = await goesOn(person);
    return { browser, answers: [...answers, await browser.identify(person.verificationId)] };
  },
  'by two records': async () => {
    const person = await almostIn(server);
    const other = await verifiedRegistration(person.browser, { identifier: freshUsername() });
    const identified = await person.browser.identify(person.verificationId);
    const again = await person.browser.identify(other.verificationId);
    return { browser: person.browser, answers: [identified, again, await person.browser.submit()] };
  },
  'by a record that is not verified': async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    const { verificationId } = expectStatus(200, await browser.registrationOptions(freshUsername()));
    return { browser, answers: [await browser.identify(verificationId)] };
  },
  'by what is no record': async () => {
    const browser = new Browser(server);
    await browser.start('Register');
    return { browser, answers: [await browser.identify('none')] };
  },
  'by a record that has expired': () =>
    goesOnAfter('UPDATE passkey.verification_records SET expires_at = now() WHERE id = $1'),
  'in an interaction that has expired': () =>
    goesOnAfter(`UPDATE passkey.interactions SET expires_at = now() WHERE id = ${OF_RECORD}`),
  'in an interaction for a sign-in': () =>
    goesOnAfter(`UPDATE passkey.interactions SET event = 'SignIn' WHERE id = ${OF_RECORD}`),
  'in an interaction in which somebody was identified': () =>
    goesOnAfter(
      `UPDATE passkey.interactions SET user_id = (SELECT id FROM passkey.users LIMIT 1) WHERE id = ${OF_RECORD}`,
    ),
  'of an address that was proved': () =>
    goesOnAfter(
      `INSERT INTO passkey.verification_records
         (interaction_id, id, rp_id, ceremony, status, challenge, request, amr, verified_at, expires_at)
       SELECT interaction_id, gen_random_uuid(), rp_id, 'address', 'verified', '',
              jsonb_build_object('sentTo', request->'identifier'), '{otp}', now(), expires_at
         FROM passkey.verification_records WHERE id = $1`,
      freshEmail(),
    ),
  'by an invitation': async () => {
    const made = await new Browser(server).manage<{ url: string }>('POST', '/api/invitations', {});
    return goesOn(await almostIn(server, { invitation: expectStatus(201, made).url.split('=')[1] }));
  },
  'of a name that somebody has by now': async () => {
    const person = await almostIn(server);
    await signedIn(server, person.identifier);
    return goesOn(person);
  },
  'of a name that looks like one that somebody has by now': async () => {
    const { value } = freshUsername();
    const person = await almostIn(server, { identifier: { type: 'username', value: `${value}l` } });
    await signedIn(server, { type: 'username', value: `${value}I` });
    return goesOn(person);
  },
  'of a name that has been reserved since': async () => {
    const person = await almostIn(server);
    const options = server.app.get<ResolvedOptions>(MODULE_OPTIONS, { strict: false });
    const reserved = resolveUsernames({ reserved: [person.identifier.value] });
    const replaced = jest.replaceProperty(options, 'usernames', reserved);
    const outcome = await goesOn(person);
    replaced.restore();
    return outcome;
  },
  'with a credential that somebody has': async () => {
    const { browser } = await signedIn(server);
    const [passkey] = browser.authenticator.credentials;
    const person = await almostIn(server);
    await server.query(
      `UPDATE passkey.verification_records
          SET new_credential = jsonb_set(new_credential, '{credentialId}', to_jsonb($2::text)) WHERE id = $1`,
      [person.verificationId, passkey!.credentialId],
    );
    return goesOn(person);
  },
};

/** What the database has of users since `first`, without what is new in each. */
const keptSince = (first: Date) =>
  Promise.all(
    [
      `SELECT ${allBut('u', 'id', 'user_handle', 'created_at')}, length(user_handle) AS handle
         FROM passkey.users u WHERE created_at > $1 ORDER BY created_at`,
      `SELECT ${allBut('i', 'user_id', 'value', 'skeleton', 'verified_at')}, length(i.skeleton) = length(i.value) AS skeleton,
              i.verified_at IS NULL AS unproven
         FROM passkey.user_identifiers i JOIN passkey.users u ON u.id = i.user_id WHERE u.created_at > $1 ORDER BY u.created_at`,
      `SELECT ${allBut('c', 'id', 'user_id', 'user_handle', 'credential_id', 'public_key', 'created_at', 'bound_at')},
              c.created_at = u.created_at AS now, c.bound_at = u.created_at AS bound, c.user_handle = u.user_handle AS handle,
              length(c.public_key) AS key, length(c.credential_id) AS credential
         FROM passkey.credential_records c JOIN passkey.users u ON u.id = c.user_id WHERE u.created_at > $1 ORDER BY u.created_at`,
      `SELECT ${allBut('i', ...NEW_IN_INTERACTIONS)}, i.passkey_id IS NULL AS without, i.authenticated_at IS NULL AS unproven,
              i.expires_at > now() + interval '4 minutes' AS lasts, u.created_at > $1 AS new
         FROM passkey.interactions i LEFT JOIN passkey.users u ON u.id = i.user_id
        WHERE i.expires_at > $1 ORDER BY i.expires_at`,
      `SELECT r.ceremony, r.status, i.event FROM passkey.verification_records r
         LEFT JOIN passkey.interactions i ON i.id = r.interaction_id
        WHERE r.created_at > $1 ORDER BY r.created_at, r.ceremony`,
      `SELECT ${allBut('s', ...NEW_IN_SESSIONS)}, s.passkey_id IS NULL AS without, s.authenticated_at <= s.created_at AS proved
         FROM passkey.sessions s WHERE s.created_at > $1 ORDER BY s.created_at`,
      `SELECT e.type, e.rp_id, u.id IS NULL AS nobody, c.id IS NULL AS unbound,
              c.credential_id = decode(rpad(translate(e.details->>'credentialId', '-_', '+/'), 24, '='), 'base64') AS same,
              e.details - '{requestId,verificationId,passkeyId,credentialId,invitation}'::text[] AS details
         FROM passkey.audit_events e LEFT JOIN passkey.users u ON u.id = e.user_id
         LEFT JOIN passkey.credential_records c ON c.id = (e.details->>'passkeyId')::uuid
        WHERE e.created_at > $1 ORDER BY e.created_at, e.id`,
      `SELECT uses FROM passkey.invitations WHERE created_at > $1`,
    ].map((sql) => server.query(sql, [first])),
  );

/** A registration, and all that it has left; of another one nothing. */
const outcomeOf = async (situation: () => Promise<Outcome>) => {
  await server.query('DELETE FROM passkey.interactions');
  // Apart from what was before and what comes by more than the millisecond that some clocks, and Date, have.
  await setTimeout(2);
  const [{ now }] = (await server.query('SELECT clock_timestamp() AS now')) as [{ now: Date }];
  await setTimeout(2);
  const logged = server.log.length;
  const { browser, answers } = await situation();
  return {
    answers: answers.map(({ status, body }) => ({ status, body })),
    cookies: [...browser.cookies.keys()].sort(),
    signedIn: (await browser.get('/api/my-account')).status,
    told: server.log
      .slice(logged)
      .flatMap(({ event, credentialId }) => (event ? [[event, typeof credentialId]] : [])),
    kept: await keptSince(now),
  };
};

describe('a registration, decided by a statement a call', () => {
  it.each(Object.entries(SITUATIONS))('is what the transactions make it: %s', async (_name, situation) => {
    const atOnce = await outcomeOf(situation);
    inSteps(server);
    expect(atOnce).toEqual(await outcomeOf(situation));
  });

  it.each(['username', 'email'] as const)('needs no transaction: %s', async (type) => {
    const transaction = jest.spyOn(server.database.dataSource, 'transaction');
    await new Browser(server).register(type === 'email' ? freshEmail() : freshUsername());
    expect(transaction).not.toHaveBeenCalled();
  });
});

onServed('what is changed while a registration waits', () => {
  const identifies = async (held: string, change: string) => {
    const { browser, verificationId } = await almostIn(server);
    const { status } = await meanwhile(server, { held, change, parameters: [verificationId] }, () =>
      browser.identify(verificationId),
    );
    return status;
  };
  const HOLD_INTERACTION = `SELECT FROM passkey.interactions WHERE id = ${OF_RECORD} FOR UPDATE`;

  it.each([
    ['it is for a sign-in', `SET event = 'SignIn'`],
    ['somebody is identified', 'SET user_id = (SELECT id FROM passkey.users LIMIT 1)'],
    ['it expires', 'SET expires_at = now()'],
  ])('for its interaction, counts: %s', async (_name, change) => {
    await signedIn(server);
    const people = await server.query('SELECT FROM passkey.users');
    expect(
      await identifies(HOLD_INTERACTION, `UPDATE passkey.interactions ${change} WHERE id = ${OF_RECORD}`),
    ).not.toBe(201);
    expect(await server.query('SELECT FROM passkey.users')).toEqual(people);
  });

  it('for its record, counts: it is used', async () => {
    const people = await server.query('SELECT FROM passkey.users');
    const record = 'FROM passkey.verification_records WHERE id = $1';
    expect(await identifies(`SELECT ${record} FOR UPDATE`, `DELETE ${record}`)).toBe(404);
    expect(await server.query('SELECT FROM passkey.users')).toEqual(people);
  });

  it('holds nothing that a transaction with its record waits for', async () => {
    const record = 'SELECT FROM passkey.verification_records WHERE id = $1 FOR UPDATE';
    expect(await identifies(record, HOLD_INTERACTION)).toBe(201);
  });
});
