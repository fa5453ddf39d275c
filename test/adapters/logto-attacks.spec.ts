import { Browser, expectStatus, freshUsername, type Identifier } from '../support/browser';
import { passkeysOf } from '../support/records';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';
import { LogtoPages } from './logto-pages';

const REGISTRATION = '/api/experience/verification/web-authn/registration';

describe("what Logto's pages are answered", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      LOGTO_FRONTEND: 'on',
      MESSENGER: 'print',
      ACCOUNT_ENUMERATION: 'decoy',
    });
  });
  afterAll(() => server.stop());

  const manage = <T>(method: string, path: string, body?: object) =>
    new Browser(server).manage<T>(method, path, body);

  const sentCode = (): string =>
    server.log.flatMap((line) => /Your code is (\d+)/.exec(JSON.stringify(line))?.[1] ?? []).at(-1)!;

  it('tells a stranger nothing of accounts', async () => {
    const { identifier } = await signedIn(server);
    const seen = async (who: Identifier) => {
      const pages = new LogtoPages(server);
      await pages.start('SignIn');
      expectStatus(200, await pages.authenticationOptions(who));
      const { body } = await pages.readInteraction();
      return (body['verificationRecords'] as object[]).map((record) => Object.keys(record).sort());
    };
    expect(await seen(identifier)).toEqual(await seen(freshUsername()));
  });

  it('binds no passkey once what was proved is void', async () => {
    const value = `${freshUsername().value}@example.com`;
    const { id } = expectStatus(
      201,
      await manage<{ id: string }>('POST', '/api/users', { primaryEmail: value }),
    );
    const thief = new LogtoPages(server);
    expect(await thief.useCode({ type: 'email', value }, sentCode)).toMatchObject({ status: 422 });
    for (const suspended of [true, false]) {
      await new Browser(server).suspend(id, suspended);
    }
    const options = await thief.post<never>(REGISTRATION);
    if (options.status === 200) await thief.createPasskey(options.body);
    expect(await passkeysOf(server, id)).toEqual([]);
  });

  it('binds no passkey once the passkey that identified was revoked', async () => {
    const { browser, identifier } = await signedIn(server);
    const { id } = expectStatus(200, await browser.get<{ id: string }>('/api/my-account'));
    const thief = new LogtoPages(server, browser.authenticator);
    await thief.start('SignIn');
    const created = expectStatus(200, await thief.authenticationOptions(identifier));
    const payload = thief.authenticator.authenticate(created.authenticationOptions);
    expectStatus(200, await thief.verifyAuthentication(created.verificationId, payload));
    expectStatus(204, await thief.identify(created.verificationId));
    const [passkey] = await passkeysOf(server, id);
    expectStatus(204, await manage('DELETE', `/api/users/${id}/passkeys/${passkey!.id}`));
    const options = await thief.post<never>(REGISTRATION);
    if (options.status === 200) await thief.createPasskey(options.body);
    expect(await passkeysOf(server, id)).toEqual([]);
  });
});
