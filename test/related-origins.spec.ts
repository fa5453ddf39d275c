import { originsPassedOver } from '../apps/identity-server/src/configuration/domains';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

const APP = `android:apk-key-hash:${'a'.repeat(43)}`;

describe('related origins', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start({
      RP_ID: 'example.com',
      RP_ORIGINS: 'https://login.example.com,https://example.com',
      RP_RELATED_ORIGINS: `https://example.net,${APP}`,
    });
  });
  afterAll(() => server.stop());

  it('are listed for browsers, apps apart', async () => {
    const response = await fetch(`${server.url}/.well-known/webauthn`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual({
      origins: ['https://login.example.com', 'https://example.com', 'https://example.net'],
    });
  });

  it.each([
    ['https://login.example.com', 'https://login.example.com'],
    ['https://example.net', 'https://example.net'],
    ['no page', APP],
  ])('sign people in from %s', async (page, origin) => {
    const authenticator = new SoftwareAuthenticator({ origin });
    const browser = new Browser(server, authenticator, page === origin ? origin : null);
    const identifier = freshUsername();
    await browser.register(identifier);
    await browser.signIn(identifier);
    const { status } = await browser.get('/api/my-account');
    expect(status).toBe(200);
  });

  it.each(['https://example.org', `${APP}b`, 'https://www.example.net'])('%s is none', async (origin) => {
    const browser = new Browser(server, new SoftwareAuthenticator({ origin }), null);
    await browser.start('Register');
    const created = expectStatus(200, await browser.registrationOptions(freshUsername()));
    const payload = browser.authenticator.register(created.registrationOptions);
    expect(await browser.verifyRegistration(undefined, payload)).toMatchObject({
      status: 400,
      body: { code: 'session.mfa.webauthn_verification_failed' },
    });
  });

  it('the start tells which come after the five names that browsers look at', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `https://${name}.example`);
    expect(originsPassedOver(['https://login.a.example', ...names])).toEqual(['https://f.example']);
    expect(originsPassedOver(['https://a.example', 'https://a.co.uk', 'https://www.a.example'])).toEqual([]);
  });

  it('a front end on one goes to an address after a sign-in: its own where there is one', async () => {
    const app = 'http://app.localhost:4000';
    const other = 'http://localhost:5000';
    const own = 'http://localhost:3000';
    const running = await TestServer.start({
      RP_ORIGINS: [own, app, other].join(','),
      RP_REDIRECTS: `${app}=${app}/home?from=sign-in`,
    });
    const targets = await Promise.all(
      [own, app, other].map(async (origin) => {
        const browser = new Browser(running, new SoftwareAuthenticator({ origin }), origin);
        const call = browser.call;
        let target: unknown;
        browser.call = async (method, path, body, headers) => {
          const answer = await call(method, path, body, headers);
          if (path.endsWith('/submit')) target = (answer.body as { redirectTo: string }).redirectTo;
          return answer as never;
        };
        await browser.register(freshUsername());
        return target;
      }),
    );
    expect(targets).toEqual(['/account', `${app}/home?from=sign-in`, '/account']);
    await running.stop();
  });

  it('the account page is where password managers send people', async () => {
    const account = 'https://login.example.com/account';
    const response = await fetch(`${server.url}/.well-known/passkey-endpoints`);
    expect(await response.json()).toEqual({ enroll: account, manage: account });
  });
});
