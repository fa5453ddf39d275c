import { hash } from 'node:crypto';
import { makeKeyPair } from '../../libs/experience-verification/src/webauthn/key-pair';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { type PortsHost, startHost } from './host';
import { describeInteractionContract } from './interaction.contract';
import { OidcInteraction, OidcSession, PROVIDER } from './oidc';
import { describeSessionContract } from './session.contract';
import { UserStates } from './user-states';

const CLIENT = { client_id: 'shop', redirect_uris: ['https://shop.example/callback'] };
const VERIFIER = 'a'.repeat(43);

const { privateKey } = makeKeyPair('ec', { namedCurve: 'P-256' });

/** Loaded here, and not with the file, so that its advice to developers stays out of the tests' output. */
async function createProvider() {
  const { Provider } = await import('oidc-provider');
  return new Provider('http://localhost/oidc', {
    clients: [{ ...CLIENT, token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'ES256' }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES256', use: 'sig' }] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/' },
    ttl: { Interaction: 3600, Session: 3600, Grant: 3600, IdToken: 600, AccessToken: 600 },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    // The operator's own applications ask for no consent.
    loadExistingGrant: async ({ oidc: { provider, session, client } }) => {
      const grant = new provider.Grant({ accountId: session?.accountId, clientId: client?.clientId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
}

/** A browser that follows redirects one by one. */
class Traveller extends Browser {
  async goTo(url: string): Promise<string> {
    const response = await fetch(new URL(url, this.url), {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return location;
  }
}

describe('interaction and session of an OpenID Connect provider', () => {
  let host: PortsHost;
  beforeAll(async () => {
    for (const method of ['info', 'warn'] as const) jest.spyOn(console, method).mockReturnValue();
    const provider = await createProvider();
    host = await startHost(
      {
        interaction: OidcInteraction,
        session: OidcSession,
        providers: [UserStates, { provide: PROVIDER, useValue: provider }],
      },
      (app) => app.use('/oidc', provider.callback()),
    );
  });
  afterAll(async () => {
    await host.close();
    jest.restoreAllMocks();
  });

  describe('an interaction', () => {
    describeInteractionContract(() => host.ports);
  });
  describe('a session', () => {
    describeSessionContract(() => host.ports);
  });

  const authorizationRequest = `/oidc/auth?${new URLSearchParams({
    client_id: CLIENT.client_id,
    redirect_uri: CLIENT.redirect_uris[0]!,
    response_type: 'code',
    scope: 'openid',
    state: 'state-of-the-shop',
    code_challenge: hash('sha256', VERIFIER, 'base64url'),
    code_challenge_method: 'S256',
  }).toString()}`;

  /** The subject of the ID token that the shop gets for the code. */
  const subjectOf = async (callback: string): Promise<unknown> => {
    const { origin, pathname, searchParams } = new URL(callback);
    expect(origin + pathname).toBe(CLIENT.redirect_uris[0]);
    expect(searchParams.get('state')).toBe('state-of-the-shop');
    const response = await fetch(`${host.url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: CLIENT.client_id,
        code: searchParams.get('code') ?? '',
        redirect_uri: CLIENT.redirect_uris[0]!,
        code_verifier: VERIFIER,
      }),
    });
    const tokens = (await response.json()) as { id_token: string };
    expect([response.status, tokens]).toEqual([
      200,
      expect.objectContaining({ id_token: expect.any(String) }),
    ]);
    const [, claims = ''] = tokens.id_token.split('.');
    return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: unknown }).sub;
  };

  it('carries an authorization code flow to its end, for a new user and for one who comes back', async () => {
    const browser = new Traveller(host);
    const identifier = freshUsername();
    expect(await browser.goTo(authorizationRequest)).toBe('/');
    await browser.start('Register');
    const created = expectStatus(200, await browser.registrationOptions(identifier));
    const passkey = browser.authenticator.register(created.registrationOptions);
    expectStatus(200, await browser.verifyRegistration(created.verificationId, passkey));
    expectStatus(201, await browser.identify(created.verificationId));
    const { redirectTo } = expectStatus(200, await browser.submit());
    const userId = (await browser.get('/api/my-account')).body['id'];
    expect(await subjectOf(await browser.goTo(redirectTo))).toBe(userId);

    expect(await subjectOf(await browser.goTo(authorizationRequest))).toBe(userId);

    await browser.call('DELETE', '/api/session');
    expect(await browser.goTo(authorizationRequest)).toBe('/');
    const options = expectStatus(200, await browser.authenticationOptions(identifier));
    const assertion = browser.authenticator.authenticate(options.authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(options.verificationId, assertion));
    expectStatus(204, await browser.identify(options.verificationId));
    const again = expectStatus(200, await browser.submit());
    expect(await subjectOf(await browser.goTo(again.redirectTo))).toBe(userId);
  });
});
