import type { Server } from 'node:http';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from 'nestjs-passkey-sign-in';
import { type Browser, expectStatus, freshUsername } from '../support/browser';
import { userIdOf } from '../support/signed-in';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import type { PortsHost } from './host';

/** One of a host's relying parties, and browsers on its page. */
export interface PartyUnderTest {
  id: string;
  name: string;
  origin: string;
  /** What its policy makes of the options for a passkey. */
  options: object;
  open: (authenticator?: SoftwareAuthenticator) => Browser;
}

/** A host with two relying parties, of which the second alone takes passkeys that do not verify their user. */
export interface PartiesUnderTest {
  host: PortsHost;
  strict: PartyUnderTest;
  lax: PartyUnderTest;
}

const FORGED = ['evil.example', 'localhost.evil.example', 'evil.example:3000', '[::1]', ''];

const proxied = (host: string) => ({
  forwarded: `host="${host}";proto=https`,
  'x-forwarded-host': host,
  'x-forwarded-proto': 'https',
});

const ask = (browser: Browser, headers: Record<string, string>) =>
  browser.call<{ authenticationOptions: { rpId: string } }>(
    'POST',
    '/api/experience/preflight/sign-in-web-authn/authentication',
    {},
    headers,
  );

/** What the module, on every RelyingPartyProvider, is to people of two relying parties. */
export function describeRelyingPartyContract(underTest: () => PartiesUnderTest): void {
  /** Each, and the other one. */
  const eachOfThem = () => {
    const { strict, lax } = underTest();
    return [
      [strict, lax],
      [lax, strict],
    ] as const;
  };
  const newcomer = async (browser: Browser) => {
    await browser.start('Register');
    return expectStatus(200, await browser.registrationOptions(freshUsername()));
  };

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('each ceremony has the id, the name and the policy of its own', async () => {
    for (const [{ id, name, options, open }] of eachOfThem()) {
      expect((await newcomer(open())).registrationOptions).toMatchObject({ rp: { id, name }, ...options });
      const { authenticationOptions } = expectStatus(200, await open().discoverableOptions());
      expect(authenticationOptions.rpId).toBe(id);
    }
  });

  it('a passkey is taken by the policy of its own', async () => {
    for (const [{ open, origin }] of eachOfThem()) {
      const browser = open(new SoftwareAuthenticator({ origin, userVerified: false }));
      const { verificationId, registrationOptions } = await newcomer(browser);
      const payload = browser.authenticator.register(registrationOptions);
      const { status } = await browser.verifyRegistration(verificationId, payload);
      expect(status).toBe(open === underTest().lax.open ? 200 : 400);
    }
  });

  it('an account is unknown to the other, where its name is another’s', async () => {
    for (const [one, other] of eachOfThem()) {
      const identifier = freshUsername();
      const browser = one.open();
      await browser.register(identifier);
      expect((await other.open().authenticationOptions(identifier)).body).toMatchObject({
        code: 'user.user_not_exist',
      });
      const namesake = other.open();
      await namesake.register(identifier);
      expect(await userIdOf(namesake)).not.toBe(await userIdOf(browser));
      const crossed = other.open();
      for (const pair of browser.cookies) crossed.cookies.set(...pair);
      expect((await crossed.get('/api/my-account')).status).toBe(401);
    }
  });

  it('a passkey is unknown to the other', async () => {
    for (const [one, other] of eachOfThem()) {
      const browser = one.open();
      await browser.register(freshUsername());
      const [credential] = browser.authenticator.credentials;
      const crossed = other.open();
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await crossed.discoverableOptions(),
      );
      const payload = crossed.authenticator.authenticate(authenticationOptions, { credential });
      expect((await crossed.verifyAuthentication(verificationId, payload)).status).toBe(400);
      await browser.signIn();
    }
  });

  it('a page of the other changes nothing', async () => {
    for (const [one, other] of eachOfThem()) {
      const start = (origin: string) =>
        one.open().call('PUT', '/api/experience', { interactionEvent: 'SignIn' }, { origin });
      expect((await start(other.origin)).body).toMatchObject({ code: 'request.cross_origin' });
      expectStatus(204, await start(one.origin));
    }
  });

  it('nothing of what a request says of its host becomes part of an id or of origins', async () => {
    const { strict, lax } = underTest();
    for (const host of FORGED) {
      const said = { host, ...proxied(host) };
      for (const [{ open }] of eachOfThem()) {
        // It is all of one of them.
        const taken: unknown[] = [];
        for (const { id, origin } of [strict, lax]) {
          const { status, body } = await ask(open(), { ...said, origin });
          if (status === 200) taken.push([id, body.authenticationOptions.rpId]);
        }
        expect([[[strict.id, strict.id]], [[lax.id, lax.id]]]).toContainEqual(taken);
        for (const scheme of ['http', 'https']) {
          expect((await ask(open(), { ...said, origin: `${scheme}://${host}` })).status).toBe(403);
        }
      }
    }
  });

  it('what proxies say of the host picks none', async () => {
    for (const [{ open, id }, other] of eachOfThem()) {
      for (const host of [...FORGED, new URL(other.origin).host]) {
        const { body } = await ask(open(), proxied(host));
        expect(body).toMatchObject({ authenticationOptions: { rpId: id } });
      }
    }
  });

  it.each(['at once', 'later'])('is asked once a request, when it answers %s', async (when) => {
    const { host, lax } = underTest();
    const provider = host.app.get<RelyingPartyProvider>(RELYING_PARTY_PROVIDER);
    const forRequest = provider.forRequest.bind(provider);
    const asked = jest.spyOn(provider, 'forRequest').mockImplementation((request) => {
      if (when === 'at once') return forRequest(request);
      return new Promise(setImmediate).then(() => forRequest(request));
    });
    let requests = 0;
    const count = () => (requests += 1);
    const server = host.app.getHttpServer() as Server;
    server.on('request', count);
    const browser = lax.open();
    await browser.register(freshUsername());
    await browser.get('/api/my-account/passkeys');
    expectStatus(200, await browser.stepUpOptions());
    await browser.call('DELETE', '/api/session');
    expect((await browser.get('/api/my-account')).status).toBe(401);
    server.off('request', count);
    expect(asked).toHaveBeenCalledTimes(requests);
    expect(new Set(asked.mock.calls.map(([request]) => request)).size).toBe(requests);
  });
}
