import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  type InteractionId,
  RELYING_PARTY_PROVIDER,
  type RelyingPartyProvider,
  WebAuthnService,
} from 'nestjs-passkey-sign-in';
import { Client } from 'pg';
import { type Answer, Browser, expectStatus } from '../support/browser';
import { answerTo } from '../support/records';
import { signedIn } from '../support/signed-in';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

const PEOPLE = 8;

/** What is used of the inside of the `pg` driver's pool: nothing else can break a connection that is in use. */
interface Pool {
  _clients: { connection: { stream: Socket } }[];
}

/** Sign-ins of which at least so many share each statement. */
describe('people who sign in at the same moment', () => {
  let server: TestServer;
  let people: Awaited<ReturnType<typeof signedIn>>[];
  beforeAll(async () => {
    server = await TestServer.start({
      GATHER_LEAST: String(PEOPLE),
      RP_POLICY: '{"signCountRegression":"refuse"}',
    });
    people = await Promise.all(Array.from({ length: PEOPLE }, () => signedIn(server)));
  });
  afterAll(() => server.stop());

  interface Attempt {
    browser: Browser;
    verificationId: string;
    payload: ReturnType<SoftwareAuthenticator['authenticate']>;
  }
  const attempts = () =>
    Promise.all(
      people.map(async ({ browser, identifier }): Promise<Attempt> => {
        await browser.start('SignIn');
        const created = expectStatus(200, await browser.authenticationOptions(identifier));
        return { browser, ...answerTo(browser, created) };
      }),
    );
  const verify = ({ browser, verificationId, payload }: Attempt) =>
    browser.verifyAuthentication(verificationId, payload);
  const tally = (answers: Answer[]) => {
    const counts: Record<string, number> = {};
    for (const { status, body } of answers) {
      const outcome = [status, body['code']].join(' ').trim();
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    return counts;
  };
  const recordsOf = async (some: Attempt[], status: string) => {
    const ids = some.map(({ verificationId }) => verificationId);
    const sql = `SELECT id FROM passkey.verification_records WHERE id = ANY ($1) AND status = $2`;
    return (await server.query<{ id: string }>(sql, [ids, status])).map(({ id }) => id);
  };
  const successesOf = (attempt: Attempt) =>
    server.query(
      `SELECT FROM passkey.audit_events WHERE type = 'authentication.succeeded' AND details->>'verificationId' = $1`,
      [attempt.verificationId],
    );

  it('share statements, and are signed in as themselves', async () => {
    const { query } = Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
    const texts: string[] = [];
    const spy = jest.spyOn(Client.prototype, 'query') as unknown as jest.SpyInstance;
    spy.mockImplementation(function (this: Client, ...parameters: unknown[]) {
      texts.push(JSON.stringify(parameters[0]));
      return query.apply(this, parameters);
    });
    const made = await attempts();
    expect(tally(await Promise.all(made.map(verify)))).toEqual({ 200: PEOPLE });
    spy.mockRestore();
    // Three calls each; on a busy machine some come too late for the first of each kind.
    expect(texts.filter((text) => text.includes('WITH ORDINALITY')).length).toBeLessThan(2 * PEOPLE);
    for (const [index, { browser, verificationId }] of made.entries()) {
      expectStatus(204, await browser.identify(verificationId));
      expectStatus(200, await browser.submit());
      const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
      expect(id).toBe(people[index]!.userId);
    }
  });

  it('are answered each by themselves when what one of them does can not be recorded', async () => {
    await server.query(
      `CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.user_id = '${people[3]!.userId}' THEN RAISE 'no room'; END IF; RETURN NEW; END $$`,
    );
    await server.query(
      `CREATE TRIGGER refuse_one BEFORE INSERT ON passkey.audit_events FOR EACH ROW EXECUTE FUNCTION refuse_one()`,
    );
    const made = await attempts();
    const answers = await Promise.all(made.map(verify));
    await server.query(`DROP FUNCTION refuse_one() CASCADE`);
    expect(answers.map(({ status }) => status)).toEqual(made.map((_, index) => (index === 3 ? 500 : 200)));
    for (const [index, attempt] of made.entries()) {
      expect(await successesOf(attempt)).toHaveLength(index === 3 ? 0 : 1);
    }
    expect(await recordsOf(made, 'verified')).not.toContain(made[3]!.verificationId);
  });

  it('are refused all when they use their challenges again', async () => {
    const made = await attempts();
    expect(tally(await Promise.all(made.map(verify)))).toEqual({ 200: PEOPLE });
    expect(tally(await Promise.all(made.map(verify)))).toEqual({
      '400 session.mfa.pending_info_not_found': PEOPLE,
    });
  });

  it('with one challenge among them spend it once', async () => {
    const [attempt] = await attempts();
    const answers = await Promise.all(Array.from({ length: PEOPLE }, () => verify(attempt!)));
    expect(tally(answers)).toEqual({ 200: 1, '400 session.mfa.pending_info_not_found': PEOPLE - 1 });
    expect(await successesOf(attempt!)).toHaveLength(1);
  });

  it('with the latest challenge of one browser, whatever it is, spend it once', async () => {
    const [attempt] = await attempts();
    const answers = await Promise.all(
      Array.from({ length: PEOPLE }, (_, index) =>
        attempt!.browser.verifyAuthentication(
          index % 2 ? undefined : attempt!.verificationId,
          attempt!.payload,
        ),
      ),
    );
    expect(tally(answers)).toEqual({ 200: 1, '400 session.mfa.pending_info_not_found': PEOPLE - 1 });
  });

  it('of whom one asks several times, and names none, answers what that browser asked for last', async () => {
    const relyingParties = server.app.get<RelyingPartyProvider>(RELYING_PARTY_PROVIDER);
    const relyingParty = await relyingParties.forRequest({ headers: {} });
    const of = { relyingParty, interactionId: randomBytes(32) as InteractionId };
    const webAuthn = server.app.get(WebAuthnService);
    const asked = await Promise.all(
      Array.from({ length: PEOPLE }, () => webAuthn.generateDiscoverableOptions(of)),
    );
    const made = `SELECT count(DISTINCT created_at)::int AS times FROM passkey.verification_records WHERE interaction_id = $1`;
    expect(await server.query(made, [of.interactionId])).toEqual([{ times: 1 }]);
    const { verificationId, payload } = answerTo(people[0]!.browser, asked.at(-1)!);
    const proof = await webAuthn.verifyAuthenticationResponse({ ...of, payload, caller: {} });
    expect(proof.verificationId).toBe(verificationId);
  });

  it('with copies of one passkey see the counter of each other', async () => {
    const authenticator = new SoftwareAuthenticator({ counter: 'increment' });
    const { identifier } = await signedIn(server, undefined, authenticator);
    const copies = await Promise.all(
      Array.from({ length: PEOPLE }, async (): Promise<Attempt> => {
        const browser = new Browser(server, authenticator);
        const created = expectStatus(200, await browser.authenticationOptions(identifier));
        const payload = authenticator.authenticate(created.authenticationOptions, { counter: 1_000 });
        return { browser, verificationId: created.verificationId, payload };
      }),
    );
    expect(tally(await Promise.all(copies.map(verify)))).toEqual({
      200: 1,
      '400 session.mfa.webauthn_verification_failed': PEOPLE - 1,
    });
    expect(await recordsOf(copies, 'verified')).toHaveLength(1);
  });

  it('are told to try again when their connection breaks, and what was acknowledged is there', async () => {
    const { master: pool } = server.database.dataSource.driver as unknown as { master: Pool };
    const made = await attempts();
    const { query } = Client.prototype as unknown as { query: (...parameters: unknown[]) => unknown };
    const spy = jest.spyOn(Client.prototype, 'query') as unknown as jest.SpyInstance;
    const cut = new Promise<void>((resolve) => {
      spy.mockImplementation(function (this: Client, ...parameters: unknown[]) {
        const answer = query.apply(this, parameters);
        if (JSON.stringify(parameters[0]).includes('WITH ORDINALITY')) {
          spy.mockRestore();
          // Before the answer can have come.
          queueMicrotask(() => {
            const open = pool._clients.map(({ connection }) => connection.stream);
            void Promise.all(
              open.filter(({ destroyed }) => !destroyed).map((stream) => once(stream.destroy(), 'close')),
            ).then(() => {
              resolve();
            });
          });
        }
        return answer;
      });
    });
    const answers = await Promise.all(made.map(verify));
    await cut;
    expect(tally(answers)).toEqual({ '503 database.unavailable': PEOPLE });
    for (const { headers } of answers) expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await recordsOf(made, 'verified')).toEqual([]);
    expect(tally(await Promise.all((await attempts()).map(verify)))).toEqual({ 200: PEOPLE });
  });

  // The embedded database has one session: nobody else can hold a row.
  const eachOnServed: jest.It['each'] = process.env['TEST_DATABASE_URL'] ? it.each : () => () => undefined;
  eachOnServed([
    ['record', 'verification_records', 'id'],
    ['credential record', 'credential_records', 'user_id'],
  ])('do not wait for the one whose %s somebody holds', async (_what, table, column) => {
    const made = await attempts();
    const holder = server.database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query(`SELECT FROM passkey.${table} WHERE ${column} = $1 FOR UPDATE`, [
      column === 'id' ? made[2]!.verificationId : people[2]!.userId,
    ]);
    let heldBack = true;
    const answers = made.map(async (attempt, index) => {
      const answer = await verify(attempt);
      if (index === 2) heldBack = false;
      return answer;
    });
    const others = await Promise.all(answers.filter((_, index) => index !== 2));
    expect(tally(others)).toEqual({ 200: PEOPLE - 1 });
    expect(heldBack).toBe(true);
    await holder.commitTransaction();
    await holder.release();
    expect((await answers[2]!).status).toBe(200);
  });
});
