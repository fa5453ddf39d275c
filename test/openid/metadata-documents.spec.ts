import * as client from 'openid-client';
import { createPasskeyClient } from 'passkey-sign-in-client';
import { freshUsername } from '../support/browser';
import { ORIGIN, TestServer } from '../support/test-server';
import { CALLBACK, Traveller } from './relying-application';

/** Client ID metadata documents: the client's id is the address of what describes it. */
describe('an application that is known by its metadata document', () => {
  let server: TestServer;
  const documents = new Map<string, object>();
  beforeAll(async () => {
    server = await TestServer.start();
    const { fetch } = globalThis;
    jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      const document =
        typeof input === 'string' || input instanceof URL ? documents.get(String(input)) : undefined;
      return document ? Promise.resolve(Response.json(document)) : fetch(input, init);
    });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await server.stop();
  });

  /** A stock client, which checks the signature of an ID token, and takes it by this algorithm alone. */
  const described = async (algorithm: string, chosen: object) => {
    const id = `https://${algorithm.toLowerCase()}.example/client`;
    documents.set(id, {
      ...{
        client_id: id,
        client_name: 'Shop',
        redirect_uris: [CALLBACK],
        token_endpoint_auth_method: 'none',
      },
      ...chosen,
    });
    const { origin } = new URL(server.url);
    return client.discovery(
      new URL(`${ORIGIN}/oidc`),
      id,
      { id_token_signed_response_alg: algorithm },
      client.None(),
      {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be seen: the issuer is on localhost
        execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
        [client.customFetch]: (url, options) => fetch(url.replace(ORIGIN, origin), options as RequestInit),
      },
    );
  };

  it.each([
    ['EdDSA', { id_token_signed_response_alg: 'EdDSA' }],
    ['ES256', { id_token_signed_response_alg: 'ES256' }],
    ['RS256', {}],
  ])('signs its user in by ID tokens of the algorithm that it has chosen: %s', async (algorithm, chosen) => {
    const configuration = await described(algorithm, chosen);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const { href } = client.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: CALLBACK, scope: 'openid profile', code_challenge_method: 'S256' },
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    });
    await browser.goTo(href);
    const redirectTo = await browser.consent(true);
    const callback = new URL(await browser.goTo(redirectTo));
    const tokens = await client.authorizationCodeGrant(configuration, callback, { pkceCodeVerifier });
    const [header = ''] = tokens.id_token!.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: algorithm });
    const { sub } = tokens.claims()!;
    expect(await client.fetchUserInfo(configuration, tokens.access_token, sub)).toMatchObject({ sub });
  });

  it('is disconnected by its id, however long that is', async () => {
    const configuration = await described(`${'long-'.repeat(30)}es256`, {
      id_token_signed_response_alg: 'ES256',
    });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const ask = async () =>
      browser.goTo(
        client.buildAuthorizationUrl(configuration, {
          ...{ redirect_uri: CALLBACK, scope: 'openid', code_challenge_method: 'S256' },
          code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        }).href,
      );
    await ask();
    await browser.goTo(await browser.consent(true));
    expect(await ask()).toContain(`${CALLBACK}?code=`);
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = () => ({ cookie, origin: ORIGIN });
    const { api } = createPasskeyClient({ baseUrl: server.url, headers });
    const [{ id } = { id: '' }] = await api.listApplications();
    expect(id).toBe(configuration.clientMetadata().client_id);
    await api.disconnectApplication(id);
    expect(await api.listApplications()).toEqual([]);
    expect(await ask()).toContain('/?authorization=');
  });

  it('asks its user each time where any program of the device could answer in its name', async () => {
    const redirect_uri = 'com.example.shop:/callback';
    const configuration = await described('native', {
      ...{ application_type: 'native', redirect_uris: [redirect_uri] },
    });
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const ask = async () =>
      browser.goTo(
        client.buildAuthorizationUrl(configuration, {
          ...{ redirect_uri, scope: 'openid', code_challenge_method: 'S256' },
          code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        }).href,
      );
    expect(await ask()).toContain('/?authorization=');
    const redirectTo = await browser.consent(true);
    expect(await browser.goTo(redirectTo)).toMatch(/^com\.example\.shop:\/callback\?code=/);
    expect(await ask()).toContain('/?authorization=');
  });

  it.each<[says: string, more: object]>([
    ['that it is the operator’s own', { thirdParty: false }],
    ['who may use it', { groups: [] }],
    ['secrets of its own', { secretHashes: [] }],
    ['that it signs in as a machine', { grant_types: ['authorization_code', 'client_credentials'] }],
  ])('is not taken where it says %s', async (_, more) => {
    const configuration = await described(`own${documents.size}`, more);
    const browser = new Traveller(server);
    await browser.register(freshUsername());
    const { href } = client.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: CALLBACK, scope: 'openid email', prompt: 'none', code_challenge_method: 'S256' },
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    });
    expect(await browser.open(href)).toMatchObject({
      status: 400,
      body: expect.stringContaining('<') as string,
    });
    await expect(client.clientCredentialsGrant(configuration)).rejects.toMatchObject({
      error: 'invalid_client',
    });
  });
});
