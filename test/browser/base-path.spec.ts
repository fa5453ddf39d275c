import type { Browser } from 'playwright-core';
import { launchChromium, untilAutofillListens } from './chromium';
import { startPageServer } from './page-server';
import { Visitor } from './visitor';
import { Browser as ApiBrowser, expectStatus } from '../support/browser';
import type { TestServer } from '../support/test-server';

describe('the pages below a path', () => {
  let browser: Browser;
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    browser = await launchChromium();
    ({ server, url } = await startPageServer({ BASE_PATH: '/auth' }));
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it('create an account, sign out and in, and never leave it', async () => {
    const visitor = await Visitor.at(browser, `${url}/auth`, 'internal', { locale: 'de-DE' });
    const asked = new Set<string>();
    visitor.page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    await visitor.page.goto(`${url}/auth#create`);
    await visitor.page.waitForURL(`${url}/auth/#create`);
    await visitor.field('Benutzername, E-Mail oder Telefon').fill(visitor.name);
    await visitor.button('Passkey erstellen').click();
    await visitor.isOnAccountPage();
    expect(visitor.page.url()).toMatch(`${url}/auth/account`);
    await visitor.device.setPresent(false);
    await visitor.button('Abmelden').click();
    await visitor.page.waitForURL(`${url}/auth/`);
    await untilAutofillListens(visitor.page);
    await visitor.device.setPresent(true);
    await visitor.button('Mit einem Passkey anmelden').click();
    await visitor.isOnAccountPage();
    const cookies = await visitor.page.context().cookies();
    expect(cookies.map(({ path }) => path)).toEqual(cookies.map(() => '/auth'));
    expect([...asked].filter((path) => !path.startsWith('/auth'))).toEqual([]);
    await visitor.page.goto(`${url}/auth/nothing/here`);
    await visitor.page.getByRole('link', { name: 'Ihr Konto' }).click();
    await visitor.isOnAccountPage();
    visitor.complaints.length = 0;
    await visitor.leave();
  });

  it('show the logo of an application, from below it', async () => {
    const visitor = await Visitor.at(browser, `${url}/auth`);
    const application = {
      ...{ name: 'Shop', type: 'web', redirectUris: ['https://shop.example/callback'] },
      logoUri: 'https://shop.example/logo.svg',
    };
    const manager = new ApiBrowser({ url: `${url}/auth` }, undefined, null);
    const { id } = expectStatus(
      201,
      await manager.manage<{ id: string }>('POST', '/api/applications', application),
    );
    const asked = visitor.page.waitForRequest(/\/logo$/);
    const request = new URLSearchParams({
      ...{
        client_id: id,
        redirect_uri: application.redirectUris[0]!,
        response_type: 'code',
        scope: 'openid',
      },
      ...{ code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' },
    });
    await visitor.page.goto(`${url}/auth/oidc/auth?${request.toString()}`);
    await visitor.sees('to continue to Shop');
    expect((await asked).url()).toBe(`${url}/auth/api/applications/${id}/logo`);
    visitor.complaints.length = 0;
    await visitor.leave();
  });

  it('have the documentation of the API, which says where it is', async () => {
    const visitor = await Visitor.at(browser, `${url}/auth`);
    await visitor.page.goto(`${url}/auth/docs#/Operation`);
    await visitor.sees('Can it serve');
    expect(await visitor.page.locator('.servers select').inputValue()).toBe('/auth');
    await visitor.leave();
  });
});
