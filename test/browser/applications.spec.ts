import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as client from 'openid-client';
import { Browser, expectStatus } from '../support/browser';
import { examine } from './examine';
import { setStage } from './stage';
import { Visitor } from './visitor';

const PICTURE = join(__dirname, '../../docs/application-sign-in.png');
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="20" fill="#c2410c"/></svg>';

describe('whoever comes from an application', () => {
  const stage = setStage({ RP_NAME: '' });
  let visitor: Visitor;
  let shop: Server;
  let callback: string;

  beforeAll(async () => {
    shop = createServer((request, response) => {
      if (request.url === '/logo.svg') {
        response.setHeader('content-type', 'image/svg+xml').end(LOGO);
        return;
      }
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Shop</title><h1>Welcome back</h1>');
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    callback = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/callback`;
  });
  afterAll(() => new Promise((resolve) => shop.close(resolve)));
  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
  });
  afterEach(() => visitor.leave());

  const add = async (more: object = {}) => {
    const body = { name: 'Shop', type: 'web', redirectUris: [callback], ...more };
    const { id, secret } = expectStatus(
      201,
      await new Browser(stage.server, undefined, null).manage<{ id: string; secret?: string }>(
        'POST',
        '/api/applications',
        body,
      ),
    );
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be seen: the issuer is on localhost
    const execute = [client.allowInsecureRequests];
    const authentication = secret === undefined ? client.None() : undefined;
    return client.discovery(new URL(`${stage.url}/oidc`), id, secret, authentication, { execute });
  };
  const ask = async (configuration: client.Configuration, more: Record<string, string> = {}) => {
    const verifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: callback, scope: 'openid profile', code_challenge_method: 'S256' },
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      ...more,
    });
    return {
      url: url.href,
      finish: async () => {
        await visitor.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
        const tokens = await client.authorizationCodeGrant(configuration, new URL(visitor.page.url()), {
          pkceCodeVerifier: verifier,
        });
        return tokens.claims()!;
      },
    };
  };

  it('signs in with a passkey, sees for whom, and is back there', async () => {
    await visitor.createAccount();
    const { name } = visitor;
    await visitor.signOut();
    const request = await ask(
      await add({ termsUri: 'https://shop.example/terms', logoUri: new URL('/logo.svg', callback).href }),
      { login_hint: name },
    );
    await visitor.page.goto(request.url);
    await visitor.page.getByText('to continue to Shop').waitFor();
    expect(await visitor.field().inputValue()).toBe(name);
    const logo = visitor.page.locator('.application-logo');
    await logo.evaluate((image: HTMLImageElement) => image.decode());
    await examine(visitor.page, 'application-sign-in', true);
    if (process.env['UPDATE_SCREENSHOT'] !== undefined) await visitor.page.screenshot({ path: PICTURE });
    await visitor.device.setPresent(true);
    await visitor.button('Sign in with a passkey').click();
    expect(await request.finish()).toMatchObject({
      preferred_username: name,
      acr: expect.stringMatching(/^phrh?$/),
    });
  });

  it('is asked once whether somebody else’s may know them', async () => {
    await visitor.createAccount();
    const configuration = await add({ thirdParty: true });
    const refused = await ask(configuration);
    await visitor.page.goto(refused.url);
    await visitor.page.getByRole('heading', { name: 'May Shop know who you are?' }).waitFor();
    await visitor.page.getByText('See your name').waitFor();
    await examine(visitor.page, 'application-consent', true);
    await visitor.button('Refuse').click();
    await visitor.page.waitForURL(/error=access_denied/);
    const request = await ask(configuration);
    await visitor.page.goto(request.url);
    await visitor.button('Allow').click();
    expect(await request.finish()).toMatchObject({ sub: expect.any(String) });
    const again = await ask(configuration);
    await visitor.page.goto(again.url);
    await again.finish();

    await visitor.page.goto(`${stage.url}/account`);
    await visitor.page.getByRole('heading', { name: 'Connected applications' }).waitFor();
    await examine(visitor.page, 'connected-applications', true);
    visitor.page.once('dialog', (dialog) => void dialog.accept());
    await visitor.button('Disconnect Shop').click();
    await visitor.sees('Shop is disconnected.');
    const later = await ask(configuration);
    await visitor.page.goto(later.url);
    await visitor.page.getByRole('heading', { name: 'May Shop know who you are?' }).waitFor();
  });

  it('is asked for the account that is signed in now, when another one has signed in since', async () => {
    await visitor.createAccount();
    const request = await ask(await add({ thirdParty: true }));
    await visitor.page.goto(request.url);
    await visitor.page.getByRole('heading', { name: 'May Shop know who you are?' }).waitFor();
    const other = await Visitor.at(stage.browser, stage.url);
    await other.createAccount(`other-${visitor.name}`);
    const cookies = await other.page.context().cookies();
    await visitor.page.context().addCookies(cookies.filter(({ name }) => name === 'experience_session'));
    await other.leave();
    await visitor.button('Allow').click();
    await visitor.isTold(`other-${visitor.name} is signed in in this browser now.`);
    await visitor.button('Allow').click();
    expect(await request.finish()).toMatchObject({ preferred_username: `other-${visitor.name}` });
    visitor.complaints.length = 0;
  });

  it('is told that the server does not say what the application asks for, and goes on once it does', async () => {
    await visitor.createAccount();
    const request = await ask(await add({ thirdParty: true }));
    await visitor.page.route(
      '**/api/experience/authorization',
      (route) => route.fulfill({ status: 503, json: { code: 'database.unavailable', message: '' } }),
      { times: 1 },
    );
    await visitor.page.goto(request.url);
    await visitor.isTold('We can not reach our database right now.');
    await visitor.page.getByRole('alert').getByRole('link', { name: 'Continue' }).click();
    await visitor.button('Allow').click();
    expect(await request.finish()).toMatchObject({ sub: expect.any(String) });
  });

  it('proves again that it is them where the application asks, and stays signed in elsewhere', async () => {
    await visitor.createAccount();
    const configuration = await add();
    const request = await ask(configuration, { prompt: 'login' });
    await stage.server.query(
      `UPDATE passkey.sessions SET authenticated_at = authenticated_at - interval '1 minute'`,
    );
    await visitor.page.goto(request.url);
    await visitor.page.getByText('to continue to Shop').waitFor();
    await visitor.button('Sign in with a passkey').click();
    await request.finish();
  });

  it('creates an account where the application asks for that', async () => {
    const request = await ask(await add(), { prompt: 'create', login_hint: 'newcomer-of-the-shop' });
    await visitor.page.goto(request.url);
    await visitor.page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await visitor.button('Create a passkey').click();
    expect(await request.finish()).toMatchObject({ preferred_username: 'newcomer-of-the-shop' });
  });

  it('sees pages that help: a device’s code, a sign-out, a mistake', async () => {
    await visitor.createAccount();
    const television = await add({ name: 'Television', type: 'device', redirectUris: null });
    const device = await client.initiateDeviceAuthorization(television, { scope: 'openid' });
    await visitor.page.goto(device.verification_uri_complete!);
    const confirm = visitor.page.getByRole('heading', { name: 'Sign in to Television on a device?' });
    await visitor.page.goto(device.verification_uri);
    await examine(visitor.page, 'device', true);
    await visitor.page.getByLabel('Code').fill(device.user_code);
    await visitor.button('Continue').click();
    await confirm.waitFor();
    await examine(visitor.page, 'device-confirmation', true);
    await visitor.button('Allow').click();
    await visitor.page.getByRole('heading', { name: 'Your device is signed in' }).waitFor();
    await client.pollDeviceAuthorizationGrant(television, { ...device, interval: 0 });

    await visitor.page.goto(`${stage.url}/oidc/session/end`);
    await examine(visitor.page, 'sign-out', true);
    await visitor.button('Sign out').click();
    await visitor.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await visitor.page.goto(`${stage.url}/oidc/auth?client_id=nobody`);
    await visitor.page.getByRole('heading', { name: 'This did not work' }).waitFor();
    await examine(visitor.page, 'mistake', true);
  });
});
