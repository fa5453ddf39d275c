import { meanwhile, onServed } from './support/at-once';
import { type Answer, type Browser, expectStatus, freshUsername } from './support/browser';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const ACCOUNT = '/api/my-account';

/** What makes sure that a call is right, and the call. */
const CALLS: Record<string, (browser: Browser) => Promise<() => Promise<Answer>>> = {
  'a passkey’s new name': async (browser) => {
    const id = await firstPasskey(browser);
    return () => browser.call('PATCH', `${ACCOUNT}/passkeys/${id}`, { name: 'Mine' });
  },
  'a passkey’s deletion': async (browser) => {
    const id = await firstPasskey(browser);
    expectStatus(201, await (await adding(browser))());
    return () => browser.call('DELETE', `${ACCOUNT}/passkeys/${id}`);
  },
  'another passkey': (browser) => adding(browser),
  'recovery codes': (browser) => Promise.resolve(() => browser.post(`${ACCOUNT}/recovery-codes`)),
  'another user name': (browser) =>
    Promise.resolve(() => browser.call('PATCH', ACCOUNT, { username: freshUsername().value })),
  'the account’s deletion': (browser) => Promise.resolve(() => browser.call('DELETE', ACCOUNT)),
  'presence, proved again': async (browser) => {
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.stepUpOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    return () => browser.verifyStepUp(verificationId, payload);
  },
};

const HELD = 'SELECT FROM passkey.users WHERE id = $1 FOR NO KEY UPDATE';
const NOTHING = 'SELECT FROM passkey.users WHERE id = $1';

const ENDS: Record<string, string> = {
  'was signed out': 'DELETE FROM passkey.sessions WHERE user_id = $1',
  'was made void': 'UPDATE passkey.users SET proofs_void_before = clock_timestamp() WHERE id = $1',
};

async function firstPasskey(browser: Browser): Promise<string> {
  const [passkey] = expectStatus(200, await browser.get<{ id: string }[]>(`${ACCOUNT}/passkeys`));
  return passkey!.id;
}

async function adding(browser: Browser): Promise<() => Promise<Answer>> {
  const { verificationId, registrationOptions } = expectStatus(200, await browser.registrationOptions());
  const payload = browser.authenticator.register({ ...registrationOptions, excludeCredentials: [] });
  expectStatus(200, await browser.verifyRegistration(verificationId, payload));
  return () => browser.post(`${ACCOUNT}/passkeys`, { verificationId });
}

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

it.each(Object.entries(CALLS))('an owner with a session gets %s', async (_call, prepare) => {
  const { browser } = await signedIn(server);
  expect((await (await prepare(browser))()).status).toBeLessThan(300);
});

onServed('what an owner asks for while their account is held, and the session', () => {
  const cases = Object.keys(CALLS).flatMap((call) => Object.keys(ENDS).map((end) => [end, call]));

  it.each(cases)('%s meanwhile, is refused: %s', async (end = '', call = '') => {
    const { browser, userId } = await signedIn(server);
    const ask = await CALLS[call]!(browser);
    const state = () =>
      server.query(
        `SELECT (SELECT json_agg(i.value) FROM passkey.user_identifiers i WHERE i.user_id = $1) AS identifiers,
                (SELECT json_agg(c.name ORDER BY c.id) FROM passkey.credential_records c WHERE c.user_id = $1) AS passkeys,
                (SELECT count(*) FROM passkey.recovery_codes r WHERE r.user_id = $1) AS codes`,
        [userId],
      );
    const before = await state();
    const change = ENDS[end]!;
    const answer = await meanwhile(server, { held: HELD, change, parameters: [userId] }, ask);
    expect(answer).toMatchObject({ status: 401, body: { code: 'auth.unauthorized' } });
    expect(await state()).toEqual(before);
  });

  it('is being signed out, is refused: the account waits for that', async () => {
    const { browser, userId } = await signedIn(server);
    const held = 'DELETE FROM passkey.sessions WHERE user_id = $1';
    const rename = await CALLS['a passkey’s new name']!(browser);
    const answer = await meanwhile(server, { held, change: NOTHING, parameters: [userId] }, rename);
    expect(answer.status).toBe(401);
  });

  it('is presence, proved twice, leaves the browser signed in', async () => {
    const { browser, userId } = await signedIn(server);
    const prove = CALLS['presence, proved again']!;
    const asks = [await prove(browser), await prove(browser)];
    const answers = await meanwhile(
      server,
      { held: HELD, change: NOTHING, parameters: [userId], calls: asks.length },
      () => Promise.all(asks.map((ask) => ask())),
    );
    for (const answer of answers) expectStatus(200, answer);
    expectStatus(200, await browser.get(ACCOUNT));
  });

  it('ends all others, is waited for: else each of two would wait for what the other has', async () => {
    const { browser, userId } = await signedIn(server);
    const endOthers = () => browser.call('DELETE', `${ACCOUNT}/sessions`);
    const answer = await meanwhile(server, { held: HELD, change: NOTHING, parameters: [userId] }, endOthers);
    expect(answer.status).toBe(204);
  });
});
