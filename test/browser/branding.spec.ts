import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../support/free-port';
import { MANAGEMENT_TOKEN, TestServer } from '../support/test-server';
import { launchChromium, openPage } from './chromium';
import { examine } from './examine';
import { Visitor } from './visitor';

const PAGES = join(__dirname, '../../dist/apps/sign-in');

const logo = (color: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 48" width="160" height="48"><rect width="160" height="48" rx="8" fill="${color}"/></svg>`;

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

describe('the pages of a product', () => {
  let browser: Browser;
  let server: TestServer;
  let folder: string;
  let port: number;
  /** Of two products on one server. */
  const url = { acme: '', garden: '' };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-branding-'));
    const file = async (name: string, content: string) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    port = await freePort();
    Object.assign(url, { acme: `http://localhost:${port}`, garden: `http://garden.localhost:${port}` });
    await file('logo.svg', logo('#7a0026'));
    await file('logo-dark.svg', logo('#ffd9e2'));
    await file('acme.css', 'h1 { font-style: italic }\r\n.card { border-color: var(--line) }\r\n');
    const branding = {
      name: 'Acme <Mail> & more',
      logo: { light: 'logo.svg', dark: 'logo-dark.svg' },
      colors: {
        light: { accent: '#7a0026', background: '#fff6f8' },
        dark: { accent: '#ff9ab5', surface: '#2a1219', background: '#1b0a0f' },
      },
      radius: 2,
      termsUri: 'https://acme.example/terms?a=1&b=2',
      privacyUri: 'https://acme.example/privacy',
      css: 'acme.css',
    };
    const tenant = { hosts: ['garden.localhost'], id: 'garden.localhost', origins: [url.garden] };
    server = await TestServer.start(
      {
        ...{ PORT: String(port), RP_ORIGINS: url.acme },
        BRANDING: await file('acme.json', JSON.stringify(branding)),
        RP_TENANTS: await file(
          'tenants.json',
          JSON.stringify([
            {
              ...{ ...tenant, name: 'Garden' },
              branding: { radius: 24, colors: { light: { accent: '#ffcc00' } } },
            },
          ]),
        ),
      },
      undefined,
      PAGES,
    );
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const styleOf = (page: Page, selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

  describe.each(Object.entries(SIZES))('on a %s', (size, viewport) => {
    it.each([
      ['light', 'rgb(122, 0, 38)', 'rgb(255, 255, 255)', 'logo'],
      ['dark', 'rgb(255, 154, 181)', 'rgb(42, 18, 25)', 'logo-dark'],
    ] as const)(
      'bear its name, logo, colours and shape in %s',
      async (colorScheme, accent, surface, file) => {
        const { page, complaints } = await openPage(browser, { viewport, colorScheme });
        await page.goto(url.acme);
        await page.getByRole('button', { name: 'Continue' }).waitFor();
        expect(await page.title()).toBe('Sign in · Acme <Mail> & more');
        await page.getByText('Acme <Mail> & more', { exact: true }).waitFor();
        expect(await styleOf(page, 'button.primary', 'background-color')).toBe(accent);
        expect(await styleOf(page, '.card', 'background-color')).toBe(surface);
        expect(await styleOf(page, 'button.primary', 'border-radius')).toBe('2px');
        expect(await styleOf(page, 'h1', 'font-style')).toBe('italic');
        const picture = await page
          .locator('img.logo')
          .evaluate((image: HTMLImageElement) => ({ src: image.currentSrc, width: image.naturalWidth }));
        expect(picture.width).toBe(160);
        const answer = await fetch(picture.src);
        expect(await answer.text()).toBe(logo(file === 'logo' ? '#7a0026' : '#ffd9e2'));
        expect(answer.headers.get('content-security-policy')).toContain('sandbox');
        await examine(page, `branded-sign-in-${size}-${colorScheme}`, true);
        await page.getByRole('link', { name: 'Create an account' }).click();
        await page.waitForFunction(() => document.title === 'Create an account · Acme <Mail> & more');
        await page.context().close();
        expect(complaints).toEqual([]);
      },
    );

    it.each(['light', 'dark'] as const)('are another’s for another host in %s', async (colorScheme) => {
      const { page, complaints } = await openPage(browser, { viewport, colorScheme });
      await page.goto(url.garden);
      await page.getByRole('button', { name: 'Continue' }).waitFor();
      expect(await page.title()).toBe('Sign in · Garden');
      expect(await styleOf(page, 'button.primary', 'background-color')).toBe('rgb(255, 204, 0)');
      expect(await styleOf(page, 'button.primary', 'color')).toBe('rgb(0, 0, 0)');
      expect(await styleOf(page, 'button.primary', 'border-radius')).toBe('24px');
      expect(await styleOf(page, 'h1', 'font-style')).toBe('normal');
      expect(await page.getByRole('link', { name: 'Terms' }).count()).toBe(0);
      await examine(page, `branded-garden-${size}-${colorScheme}`, true);
      await page.context().close();
      expect(complaints).toEqual([]);
    });

    it('bear it on the account page, and where nothing is', async () => {
      const visitor = await Visitor.at(browser, url.acme, 'internal', { viewport });
      const { page } = visitor;
      await visitor.createAccount();
      expect(await page.title()).toBe('Your account · Acme <Mail> & more');
      await visitor.sees('Acme <Mail> & more');
      await examine(page, `branded-account-${size}`, true);
      await page.goto(`${url.acme}/no/such/page`);
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
      expect(await page.title()).toBe('There is no such page · Acme <Mail> & more');
      expect(await page.locator('img.logo').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
        160,
      );
      await examine(page, `branded-not-found-${size}`);
      await visitor.leave();
    });
  });

  describe.each(['light', 'dark'] as const)('of the OpenID Provider in %s', (colorScheme) => {
    it('bear it', async () => {
      const visitor = await Visitor.at(browser, url.acme, 'internal', {
        viewport: SIZES.phone,
        colorScheme,
      });
      const { page } = visitor;
      await visitor.createAccount();
      const isLight = colorScheme === 'light';
      for (const [name, path, heading] of [
        ['error', '/oidc/auth?client_id=nobody', 'This did not work'],
        ['device', '/oidc/device', 'Connect a device'],
        ['sign-out', '/oidc/session/end', 'Sign out?'],
        ['signed-out', '/oidc/session/end/success', 'You are signed out'],
      ] as const) {
        await page.goto(url.acme + path);
        await page.getByRole('heading', { name: heading }).waitFor();
        expect(await page.title()).toBe(`${heading} · Acme <Mail> & more`);
        await page.getByText('Acme <Mail> & more', { exact: true }).waitFor();
        expect(await styleOf(page, 'main', 'background-color')).toBe(
          isLight ? 'rgb(255, 255, 255)' : 'rgb(42, 18, 25)',
        );
        expect(await styleOf(page, 'h1', 'font-style')).toBe('italic');
        const width = await page
          .locator('img.logo')
          .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
        expect(width).toBe(160);
        const terms = page.getByRole('link', { name: 'Terms' });
        expect(await terms.getAttribute('href')).toBe('https://acme.example/terms?a=1&b=2');
        if (await page.locator('button.primary').count()) {
          expect(await styleOf(page, 'button.primary', 'background-color')).toBe(
            isLight ? 'rgb(122, 0, 38)' : 'rgb(255, 154, 181)',
          );
          expect(await styleOf(page, 'button', 'border-radius')).toBe('2px');
        }
        await examine(page, `branded-${name}-${colorScheme}`);
      }
      await page.goto(`${url.garden}/oidc/session/end/success`);
      expect(await page.title()).toBe('You are signed out · Garden');
      expect(await page.locator('img.logo').count()).toBe(0);
      await visitor.leave();
    });
  });

  it('bear it where an application asks for consent', async () => {
    const answer = await fetch(`${url.acme}/api/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MANAGEMENT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ name: 'Shop', type: 'spa', thirdParty: true },
        redirectUris: ['http://127.0.0.1:9/callback'],
      }),
    });
    const { id } = (await answer.json()) as { id: string };
    const visitor = await Visitor.at(browser, url.acme);
    await visitor.createAccount();
    const query = new URLSearchParams({
      ...{ client_id: id, response_type: 'code', redirect_uri: 'http://127.0.0.1:9/callback' },
      ...{ scope: 'openid email', state: 'a-state', prompt: 'consent' },
      ...{ code_challenge: hash('sha256', 'verifier', 'base64url'), code_challenge_method: 'S256' },
    });
    await visitor.page.goto(`${url.acme}/oidc/auth?${query}`);
    await visitor.button('Allow').waitFor();
    expect(await visitor.page.title()).toMatch(/Shop.* · Acme <Mail> & more$/);
    await visitor.sees('Acme <Mail> & more');
    const terms = visitor.page.getByRole('link', { name: 'Terms' });
    expect(await terms.getAttribute('href')).toBe('https://acme.example/terms?a=1&b=2');
    await examine(visitor.page, 'branded-consent');
    await visitor.leave();
  });

  it('lead to its terms and its privacy policy, in the language of the person', async () => {
    const { page } = await openPage(browser, { locale: 'de' });
    for (const [path, heading] of [
      ['', 'Bei Acme <Mail> & more anmelden'],
      ['/oidc/session/end/success', 'Sie sind abgemeldet'],
      ['/oidc/auth?client_id=nobody', 'Das hat nicht geklappt'],
    ] as const) {
      await page.goto(url.acme + path);
      await page.getByRole('heading', { name: heading }).waitFor();
      const terms = page.getByRole('link', { name: 'Nutzungsbedingungen' });
      expect(await terms.getAttribute('href')).toBe('https://acme.example/terms?a=1&b=2');
      expect(await page.locator('.links a').nth(1).getAttribute('href')).toBe('https://acme.example/privacy');
    }
    await page.context().close();
  });

  it('allow its styles by their hash, and no others', async () => {
    const { page, complaints } = await openPage(browser);
    for (const at of [url.garden, url.acme]) {
      const answer = await page.goto(at);
      const style = /<style>([^]*?)<\/style>/.exec((await answer?.text()) ?? '')?.[1] ?? '';
      const policy = answer?.headers()['content-security-policy'] ?? '';
      expect(policy).toContain("img-src 'self' data:;");
      expect(style.includes('h1 { font-style: italic }\n')).toBe(at === url.acme);
      expect(policy).toContain(`style-src 'self' 'sha256-${hash('sha256', style, 'base64')}';`);
    }
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'h1 { color: rgb(1, 2, 3) }';
      document.head.append(style);
    });
    expect(await styleOf(page, 'h1', 'color')).not.toBe('rgb(1, 2, 3)');
    await page.context().close();
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy')]);
  });
});
