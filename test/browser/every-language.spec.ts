import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as client from 'openid-client';
import type { Page } from 'playwright-core';
import type { Template } from '../../apps/sign-in/src/texts/template';
import { Browser, expectStatus } from '../support/browser';
import { openPage } from './chromium';
import { expectToFit, takePicture } from './examine';
import { toPseudoLocale } from './pseudo-locale';
import { setStage } from './stage';
import { Visitor } from './visitor';

const ROOT = join(__dirname, '../..');
const BUILT_IN = readdirSync(join(ROOT, 'apps/sign-in/src/languages')).map((file) => basename(file, '.ts'));
const RIGHT_TO_LEFT = ['ar', 'he'];
/** CLDR's tag for accented English. */
const PSEUDO = 'en-XA';
const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenverkauf';

describe('on a phone, in every language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'languages-'));
  beforeAll(() => {
    const { template } = JSON.parse(readFileSync(join(ROOT, 'dist/apps/sign-in/texts.json'), 'utf8')) as {
      template: Template;
    };
    writeFileSync(join(folder, `${PSEUDO}.json`), JSON.stringify(toPseudoLocale(template)));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const stage = setStage({ LANGUAGES_DIR: folder });
  let stranger: Page;
  let visitor: Visitor;
  let consent: string;
  let device: client.DeviceAuthorizationResponse;

  const add = async (application: object) => {
    const manager = new Browser(stage.server, undefined, null);
    const { id, secret } = expectStatus(
      201,
      await manager.manage<{ id: string; secret?: string }>('POST', '/api/applications', application),
    );
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be seen: the issuer is on localhost
    const execute = [client.allowInsecureRequests];
    const authentication = secret === undefined ? client.None() : undefined;
    return client.discovery(new URL(`${stage.url}/oidc`), id, secret, authentication, { execute });
  };

  beforeAll(async () => {
    const phone = { viewport: { width: 390, height: 844 } };
    ({ page: stranger } = await openPage(stage.browser, phone));
    visitor = await Visitor.at(stage.browser, stage.url, 'internal', phone);
    const { page } = visitor;
    const callback = `${stage.url}/callback`;
    await visitor.createAccount('someone.with.a.long.address@mail.department.example');
    const shop = await add({ name: LONG_NAME, type: 'web', redirectUris: [callback], thirdParty: true });
    const request = client.buildAuthorizationUrl(shop, {
      ...{ redirect_uri: callback, scope: 'openid profile email phone groups offline_access' },
      ...{ prompt: 'consent', code_challenge_method: 'S256' },
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    });
    consent = request.href;
    await page.goto(consent);
    await visitor.button('Allow').click();
    await page.waitForURL(`${callback}?code=**`);
    const television = await add({ name: LONG_NAME, type: 'device', redirectUris: null });
    device = await client.initiateDeviceAuthorization(television, { scope: 'openid' });
  });
  afterAll(() => visitor.leave());

  it.each([...BUILT_IN, PSEUDO])('%s fits, and runs as it is written', async (language) => {
    const direction = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
    const look = async (page: Page) => {
      expect(await page.evaluate(rootElement)).toEqual({ lang: language, dir: direction });
      await expectToFit(page);
    };
    const isMirrored = async (page: Page, before: string, after: string) => {
      const [first, second] = await Promise.all(
        [before, after].map((selector) => page.locator(selector).first().boundingBox()),
      );
      expect(first!.x < second!.x).toBe(direction === 'ltr');
    };
    const seesSignIn = async (page: Page) => {
      await page.goto(`${stage.url}/?of=${language}`);
      await page.locator('#sign-in').waitFor();
      await look(page);
      await isMirrored(page, '#passkey-button svg', '#passkey-button span');
      await takePicture(page, `sign-in-${language}`, true);
      const field = page.locator('#sign-in-identifier');
      expect(await field.evaluate((input) => getComputedStyle(input).direction)).toBe(direction);
      await page.locator('#sign-in-form button').click();
      await page.locator('#message:not(:empty)').waitFor();
      await look(page);
      for (const view of ['create', 'recover']) {
        await page.evaluate((name) => (location.hash = name), view);
        await page.locator(`#${view}`).waitFor();
        await look(page);
      }
      await page.goto(`${stage.url}/no-such-page`);
      await page.locator('html[dir]').waitFor();
      await look(page);
    };

    const seesAccount = async (page: Page) => {
      await page.goto(consent);
      await page.locator('#consent').waitFor();
      await look(page);
      await page.goto(`${stage.url}/account`);
      await page.locator('#account:not([aria-busy]) #applications li').waitFor();
      await look(page);
      await isMirrored(page, 'header img', '#sign-out');
      expect(await page.locator('#passkeys h3').evaluate(gapBefore)).toBeLessThan(1);
      await takePicture(page, `account-${language}`, true);
      const dialogs = await page.locator('dialog').evaluateAll((all) => all.map(({ id }) => id));
      expect(dialogs.length).toBeGreaterThan(3);
      for (const id of dialogs) {
        const dialog = page.locator(`#${id}`);
        await dialog.evaluate((element: HTMLDialogElement) => {
          element.showModal();
        });
        await look(page);
        await dialog.evaluate((element: HTMLDialogElement) => {
          element.close();
        });
      }
    };

    const seesProvider = async (page: Page) => {
      await page.goto(device.verification_uri);
      await look(page);
      await page.locator('#code').fill(device.user_code);
      await page.locator('button.primary').click();
      await page.locator('button[name=abort]').waitFor();
      await look(page);
      await page.goto(`${stage.url}/oidc/session/end`);
      await look(page);
    };

    for (const page of [stranger, visitor.page]) {
      await page.context().addCookies([{ name: 'language', value: language, url: stage.url }]);
    }
    const { page } = visitor;
    await Promise.all([seesSignIn(stranger), seesAccount(page).then(() => seesProvider(page))]);
  });
});

/** Runs in the page. */
function rootElement() {
  const { lang, dir } = document.documentElement;
  return { lang, dir };
}

/** Runs in the page: how far the text of an element is from where its lines begin, in pixels. */
function gapBefore(element: HTMLElement): number {
  const box = element.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(element);
  const text = range.getBoundingClientRect();
  return document.documentElement.dir === 'rtl' ? box.right - text.right : text.left - box.left;
}
