import { SIGN_IN_DESTINATION, type SignInDestination, type UserId } from 'nestjs-passkey-sign-in';
import { type Browser, expectStatus, freshUsername } from '../support/browser';
import { answerTo, verifiedRegistration } from '../support/records';
import { userIdOf } from '../support/signed-in';
import type { SoftwareAuthenticator } from '../support/software-authenticator';
import type { PortsHost } from './host';

/** A host for whose users somebody may wait. */
export interface DestinationUnderTest {
  host: PortsHost;
  open: (authenticator?: SoftwareAuthenticator) => Browser;
  /** @returns where somebody waits for this browser's user from now on */
  waitFor: (browser: Browser) => Promise<string>;
}

/** Where the module's own interactions send browsers. */
const ACCOUNT = '/account';

/** What the module, on every SignInDestination, is to who signs in. */
export function describeSignInDestinationContract(underTest: () => DestinationUnderTest): void {
  const theDestination = () => {
    const destination = underTest().host.app.get<SignInDestination>(SIGN_IN_DESTINATION);
    return { destination, ask: destination.of.bind(destination) };
  };
  /** Somebody with an account, and a code to get back into it. */
  const person = async () => {
    const browser = underTest().open();
    const identifier = freshUsername();
    await browser.register(identifier);
    const { codes } = expectStatus(
      201,
      await browser.post<{ codes: [string] }>('/api/my-account/recovery-codes'),
    );
    const userId = (await userIdOf(browser)) as UserId;
    await browser.call('DELETE', '/api/session');
    return { identifier, userId, authenticator: browser.authenticator, code: codes[0] };
  };
  type Person = Awaited<ReturnType<typeof person>>;

  /** Up to the submission. */
  const identify = {
    'a passkey': async (browser: Browser, { identifier }: Person) => {
      const created = expectStatus(200, await browser.authenticationOptions(identifier));
      const { verificationId, payload } = answerTo(browser, created);
      expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
      expectStatus(204, await browser.identify(verificationId));
    },
    'a recovery code': async (browser: Browser, { identifier, code }: Person) => {
      const path = '/api/experience/verification/recovery-code/verify';
      const verified = await browser.post<{ verificationId: string }>(path, { identifier, code });
      expectStatus(204, await browser.identify(expectStatus(200, verified).verificationId));
    },
  };
  const ways = Object.keys(identify) as (keyof typeof identify)[];
  const submit = async (browser: Browser) => expectStatus(200, await browser.submit()).redirectTo;

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each(ways)('who signs in by %s goes to where somebody waits', async (way) => {
    const { open, waitFor } = underTest();
    const somebody = await person();
    const browser = open(somebody.authenticator);
    const place = await waitFor(browser);
    await identify[way](browser, somebody);
    expect(await submit(browser)).toBe(place);
  });

  it('who signs up does, too', async () => {
    const { open, waitFor } = underTest();
    const browser = open();
    const place = await waitFor(browser);
    await browser.start('Register');
    const { authenticator } = browser;
    const { verificationId } = await verifiedRegistration(browser, {
      identifier: freshUsername(),
      authenticator,
    });
    expectStatus(201, await browser.identify(verificationId));
    expect(await submit(browser)).toBe(place);
  });

  it('where nobody waits, the interaction says where to go', async () => {
    const somebody = await person();
    const places = { 'a passkey': ACCOUNT, 'a recovery code': `${ACCOUNT}#recovered` };
    for (const way of ways) {
      const browser = underTest().open(somebody.authenticator);
      await identify[way](browser, somebody);
      expect(await submit(browser)).toBe(places[way]);
    }
  });

  it('of several browsers each goes to where somebody waits for it', async () => {
    const { open, waitFor } = underTest();
    const somebody = await person();
    const browsers = [1, 2, 3].map(() => open(somebody.authenticator));
    const [first, second, third] = browsers as [Browser, Browser, Browser];
    const places = [await waitFor(first), await waitFor(second), ACCOUNT];
    expect(new Set(places).size).toBe(3);
    for (const browser of browsers) await identify['a passkey'](browser, somebody);
    expect([await submit(third), await submit(second), await submit(first)]).toEqual(places.toReversed());
  });

  it.each(ways)('is asked once the session of who signs in by %s is there', async (way) => {
    const { open, waitFor, host } = underTest();
    const somebody = await person();
    const browser = open(somebody.authenticator);
    const place = await waitFor(browser);
    await identify[way](browser, somebody);
    // As others see it: outside of any transaction.
    const sessions = async () => (await host.ports.sessions.list(somebody.userId)).length;
    const seen = [await sessions()];
    const { destination, ask } = theDestination();
    const asked = jest.spyOn(destination, 'of').mockImplementation(async (exchange) => {
      seen.push(await sessions());
      return ask(exchange);
    });
    expect(await submit(browser)).toBe(place);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(seen).toEqual([0, 1]);
  });

  it.each(ways)('that can not be told keeps nobody out who signs in by %s', async (way) => {
    const { open, waitFor } = underTest();
    const somebody = await person();
    const browser = open(somebody.authenticator);
    await waitFor(browser);
    await identify[way](browser, somebody);
    jest.spyOn(theDestination().destination, 'of').mockRejectedValue(new Error('the document is away'));
    expect(await submit(browser)).toContain(ACCOUNT);
    expectStatus(200, await browser.get('/api/my-account'));
  });

  it.each(ways)('is not asked for who is refused, as by %s of a suspended account', async (way) => {
    const { open, waitFor, host } = underTest();
    const asked = jest.spyOn(theDestination().destination, 'of');
    const somebody = await person();
    const browser = open(somebody.authenticator);
    const place = await waitFor(browser);
    asked.mockClear();
    expect((await browser.submit()).status).toBe(404);
    await identify[way](browser, somebody);
    await host.users.update(somebody.userId, { suspended: true });
    expect((await browser.submit()).body).toMatchObject({ code: 'user.suspended' });
    expect(asked).not.toHaveBeenCalled();
    // Whoever waits goes on waiting.
    await host.users.update(somebody.userId, { suspended: false });
    await identify['a passkey'](browser, somebody);
    expect(await submit(browser)).toBe(place);
    expect(asked).toHaveBeenCalledTimes(1);
  });
}
