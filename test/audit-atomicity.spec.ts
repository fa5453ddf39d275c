import { Browser, expectStatus } from './support/browser';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const VERIFICATION = '/api/experience/verification';

/** A fault between what happens and its audit event: neither is there after it. */
describe('what can not be recorded does not happen', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ RP_POLICY: '{"signCountRegression":"mark"}' });
    await server.query(`CREATE TABLE unrecordable (type text)`);
    await server.query(
      `CREATE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF EXISTS (SELECT FROM unrecordable WHERE type = NEW.type) THEN RAISE 'no room'; END IF; RETURN NEW; END $$`,
    );
    await server.query(
      `CREATE TRIGGER refuse_event BEFORE INSERT ON passkey.audit_events FOR EACH ROW EXECUTE FUNCTION refuse_event()`,
    );
  });
  afterAll(async () => {
    // Others use the database after this.
    await server.query(`DROP FUNCTION refuse_event() CASCADE`);
    await server.query(`DROP TABLE unrecordable`);
    await server.stop();
  });

  /** Does `work` while events of the type can't be written. */
  const without = async <T>(type: string, work: () => Promise<T>): Promise<T> => {
    await server.query(`INSERT INTO unrecordable VALUES ($1)`, [type]);
    try {
      return await work();
    } finally {
      await server.query(`DELETE FROM unrecordable`);
    }
  };

  const eventsOf = async (type: string) =>
    server.query(`SELECT FROM passkey.audit_events WHERE type = $1`, [type]);

  it('a passkey keeps its name', async () => {
    const { browser } = await signedIn(server);
    type Passkey = { id: string; name: string | null };
    const [passkey] = (await browser.get<Passkey[]>('/api/my-account/passkeys')).body;
    const rename = () =>
      browser.call('PATCH', `/api/my-account/passkeys/${passkey!.id}`, { name: 'Another' });
    expect((await without('passkey.renamed', rename)).status).toBe(500);
    expect((await browser.get<Passkey[]>('/api/my-account/passkeys')).body[0]!.name).toBe(passkey!.name);
    expectStatus(200, await rename());
    expect(await eventsOf('passkey.renamed')).toHaveLength(1);
  });

  it('no code is sent, and a right one proves nothing', async () => {
    const { identifier } = await signedIn(server, freshEmail());
    const browser = new Browser(server);
    const request = () =>
      browser.post<{ verificationId: string }>(`${VERIFICATION}/verification-code`, { identifier });
    expect((await without('recovery.requested', request)).status).toBe(500);
    expect(codesSentTo(server, identifier)).toEqual([]);

    const { verificationId } = expectStatus(200, await request());
    const [code] = codesSentTo(server, identifier);
    const tryCode = () => browser.post(`${VERIFICATION}/verification-code/verify`, { verificationId, code });
    expect((await without('recovery.succeeded', tryCode)).status).toBe(500);
    expect((await browser.identify(verificationId)).status).not.toBe(204);
    expectStatus(200, await tryCode());
    expectStatus(204, await browser.identify(verificationId));
    expect(await eventsOf('recovery.succeeded')).toHaveLength(1);
  });

  it('a counter that went back signs nobody in, and marks nothing', async () => {
    const { browser } = await signedIn(server);
    const { authenticator } = browser;
    const verifyWith = async (counter: number) => {
      const created = expectStatus(200, await browser.discoverableOptions());
      const payload = authenticator.authenticate(created.authenticationOptions, { counter });
      const { status } = await browser.verifyAuthentication(created.verificationId, payload);
      return { status, verificationId: created.verificationId };
    };
    expect((await verifyWith(5)).status).toBe(200);
    const { status, verificationId } = await without('passkey.clone-suspected', () => verifyWith(3));
    expect(status).toBe(500);
    expect((await browser.identify(verificationId)).status).not.toBe(204);
    const id = Buffer.from(authenticator.credentials[0]!.credentialId, 'base64url');
    const marks = `SELECT clone_suspected_at IS NOT NULL AS marked FROM passkey.credential_records WHERE credential_id = $1`;
    expect(await server.query(marks, [id])).toEqual([{ marked: false }]);
    expect((await verifyWith(3)).status).toBe(200);
    expect(await server.query(marks, [id])).toEqual([{ marked: true }]);
    expect(await eventsOf('passkey.clone-suspected')).toHaveLength(1);
  });
});
