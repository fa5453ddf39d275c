import { Browser, expectStatus, freshUsername } from './support/browser';
import { SoftwareAuthenticator } from './support/software-authenticator';
import { TestServer } from './support/test-server';

/** A signature whose r or s begins with a zero byte comes once in 128: a few assertions would not show a fault. */
const ASSERTIONS = Number(process.env['ASSERTIONS'] ?? 600);
const AT_ONCE = 16;

describe('many valid ES256 assertions', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.start({ LOG_LEVEL: 'warn' });
  });
  afterAll(() => server.stop());

  it(
    `all ${ASSERTIONS} of them are accepted`,
    async () => {
      const outcomes = new Map<number, number>();
      const browsers = await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const browser = new Browser(server, new SoftwareAuthenticator({ algorithms: [-7] }));
          await browser.register(freshUsername());
          return browser;
        }),
      );
      let left = ASSERTIONS;
      await Promise.all(
        browsers.map(async (browser) => {
          while (left-- > 0) {
            const created = expectStatus(200, await browser.discoverableOptions());
            const payload = browser.authenticator.authenticate(created.authenticationOptions);
            const { status } = await browser.verifyAuthentication(created.verificationId, payload);
            outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
          }
        }),
      );
      expect(Object.fromEntries(outcomes)).toEqual({ 200: ASSERTIONS });
    },
    20_000 + ASSERTIONS * 200,
  );
});
