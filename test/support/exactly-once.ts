import { Browser, expectStatus, freshUsername } from './browser';

/** Servers on one database, however they run. */
export interface Stage {
  servers: { url: string }[];
  query(sql: string, parameters: unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
}

/** What only one of many calls may do, whichever server they come to. */
export function describeExactlyOnce(over: string, open: () => Promise<Stage>, calls = 200): void {
  describe(`of ${calls} calls at the same moment, over ${over}`, () => {
    let stage: Stage;
    let servers: Stage['servers'];
    beforeAll(async () => {
      stage = await open();
      ({ servers } = stage);
    });
    afterAll(() => stage.close());

    /** The same browser, seen by the server whose turn it is. */
    const at = (index: number, browser: Browser): Browser => {
      const same = new Browser(servers[index % servers.length]!, browser.authenticator);
      for (const [name, value] of browser.cookies) same.cookies.set(name, value);
      return same;
    };
    const count = async (sql: string, parameters: unknown[]) => (await stage.query(sql, parameters)).length;
    const tally = (answers: { status: number; body: unknown }[]) => {
      const counts: Record<string, number> = {};
      for (const { status, body } of answers) {
        const { code } = Object(body) as { code?: string };
        const key = code === undefined ? String(status) : `${status} ${code}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    };

    it('one spends a challenge', async () => {
      const browser = new Browser(servers[0]!);
      const identifier = freshUsername();
      await browser.register(identifier);
      await browser.start('SignIn');
      const created = expectStatus(200, await browser.authenticationOptions(identifier));
      const payload = browser.authenticator.authenticate(created.authenticationOptions);
      const answers = await Promise.all(
        Array.from({ length: calls }, (_, index) =>
          at(index, browser).verifyAuthentication(created.verificationId, payload),
        ),
      );
      expect(tally(answers)).toEqual({ 200: 1, '400 session.mfa.pending_info_not_found': calls - 1 });
      const verified = `SELECT FROM passkey.verification_records WHERE id = $1 AND status = 'verified'`;
      expect(await count(verified, [created.verificationId])).toBe(1);
    });

    it('one registers a name', async () => {
      const identifier = freshUsername();
      const applicants = await Promise.all(
        Array.from({ length: calls }, async (_, index) => {
          const browser = new Browser(servers[index % servers.length]!);
          await browser.start('Register');
          const created = expectStatus(200, await browser.registrationOptions(identifier));
          const payload = browser.authenticator.register(created.registrationOptions);
          expectStatus(200, await browser.verifyRegistration(created.verificationId, payload));
          return { browser, verificationId: created.verificationId };
        }),
      );
      const answers = await Promise.all(
        applicants.map(({ browser, verificationId }) => browser.identify(verificationId)),
      );
      expect(tally(answers)).toEqual({ 201: 1, '422 user.username_already_in_use': calls - 1 });
      const account = `SELECT FROM passkey.user_identifiers i JOIN passkey.credential_records c USING (user_id)
         WHERE i.type = 'username' AND i.value = $1`;
      expect(await count(account, [identifier.value])).toBe(1);
    });

    it('one binds a credential', async () => {
      const owners = await Promise.all(
        Array.from({ length: calls }, async (_, index) => {
          const browser = new Browser(servers[index % servers.length]!);
          await browser.register(freshUsername());
          return browser;
        }),
      );
      const { authenticator } = owners[0]!;
      let credentialId: string | undefined;
      const bindings = await Promise.all(
        owners.map(async (browser) => {
          const created = expectStatus(200, await browser.registrationOptions());
          const options = { ...created.registrationOptions, excludeCredentials: [] };
          const payload = authenticator.register(options, { credentialId });
          credentialId ??= payload.id;
          expectStatus(200, await browser.verifyRegistration(created.verificationId, payload));
          return { browser, verificationId: created.verificationId };
        }),
      );
      const answers = await Promise.all(
        bindings.map(({ browser, verificationId }) =>
          browser.post('/api/my-account/passkeys', { verificationId }),
        ),
      );
      expect(tally(answers)).toEqual({
        201: 1,
        '422 session.mfa.webauthn_credential_already_in_use': calls - 1,
      });
      const bound = `SELECT FROM passkey.credential_records WHERE credential_id = $1`;
      expect(await count(bound, [Buffer.from(credentialId!, 'base64url')])).toBe(1);
    });
  });
}
