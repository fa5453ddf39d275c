import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeProfile, openPage, VirtualAuthenticator } from './chromium';
import { examine as examinePage } from './examine';
import { setStage } from './stage';

const PICTURE_OF_SIGN_IN = join(__dirname, '../../docs/sign-in.png');
const PICTURE_OF_ACCOUNT = join(__dirname, '../../docs/account.png');

// As README has whoever tries it start the server: without a name.
const stage = setStage({ RP_NAME: '' });

describe.each([
  ['phone', { width: 390, height: 844 }],
  ['desktop', { width: 1280, height: 800 }],
])('on a %s', (device, viewport) => {
  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    const isPictured = device === 'desktop' && colorScheme === 'light';
    const takesPictures = isPictured && process.env['UPDATE_SCREENSHOT'] !== undefined;
    const userName = isPictured ? 'alice' : `alice-${device}-${colorScheme}`;

    const examine = (page: Page, name: string, fullPage = false) =>
      examinePage(page, `${name}-${device}-${colorScheme}`, fullPage);

    const takePictureOfAccount = async (page: Page) => {
      for (const name of ['Old phone', 'My phone', 'Key ring']) {
        await page
          .getByRole('button', { name: /^Rename Chrome on/ })
          .first()
          .click();
        await page.getByRole('textbox', { name: 'Name' }).fill(name);
        await page.keyboard.press('Enter');
        await page.getByText(`Renamed to ${name}`).waitFor();
      }
      await page.reload();
      await page.getByRole('heading', { name: 'Key ring' }).waitFor();
      await page.screenshot({ path: PICTURE_OF_ACCOUNT, fullPage: true });
    };

    it('the pages fit, and are accessible', async () => {
      const { page, complaints } = await openPage(stage.browser, { viewport, colorScheme });
      const authenticator = await VirtualAuthenticator.in(page);
      await page.goto(stage.url);
      await page.getByRole('button', { name: 'Continue' }).waitFor();
      await examine(page, 'sign-in');
      if (takesPictures) await page.screenshot({ path: PICTURE_OF_SIGN_IN });
      await page.getByRole('textbox', { name: 'Username' }).fill('nobody');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('There is no account').waitFor();
      await examine(page, 'problem');
      await page.getByRole('link', { name: 'Create an account' }).first().click();
      await examine(page, 'create');
      await page.getByRole('textbox', { name: 'Username' }).fill(userName);
      await page.getByRole('button', { name: 'Create a passkey' }).click();
      await page.getByText('Created today').waitFor();
      await examine(page, 'account');
      const { height = Infinity } = (await page.locator('.passkey').first().boundingBox()) ?? {};
      if (device === 'phone') expect(height).toBeLessThan(150);
      await page.getByRole('button', { name: /^Rename Chrome on/ }).click();
      await examine(page, 'rename');
      await page.getByRole('button', { name: 'Cancel' }).click();

      await page.getByRole('button', { name: 'Create recovery codes' }).click();
      const codes = page.getByRole('dialog', { name: 'Your recovery codes' });
      const code = await codes.getByRole('listitem').first().innerText();
      await examine(page, 'codes');
      await page.getByRole('button', { name: 'I have saved them' }).click();
      await page.getByRole('button', { name: 'Create new codes' }).click();
      await examine(page, 'replace-codes');
      await page.getByRole('button', { name: 'Keep the old ones' }).click();

      await authenticator.forgetEverything();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Lost your passkeys?' }).click();
      await page.getByRole('heading', { name: 'Get back in' }).waitFor();
      await examine(page, 'recover');
      await page.getByRole('textbox', { name: 'Username' }).fill(userName);
      await page.getByRole('button', { name: 'Send me a code' }).click();
      await page.getByText('a code is on its way').waitFor();
      await examine(page, 'sent-code');
      await page.getByRole('link', { name: 'Back to sign-in' }).click();
      await page.getByRole('link', { name: 'Lost your passkeys?' }).click();
      await page.getByRole('textbox', { name: 'Recovery code' }).fill(code);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('You came in with a code.').waitFor();
      await examine(page, 'offer');

      await page.getByRole('button', { name: 'Create a passkey' }).click();
      await page.getByText('Your new passkey is ready').waitFor();
      await VirtualAuthenticator.in(page, 'usb');
      // After a recovery the new passkey proves presence first; then the key is what is touched.
      let asked = 0;
      await page.route('**/web-authn/registration', async (route) => {
        await authenticator.setPresent(++asked === 1);
        await route.continue();
      });
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByText('Stays on one device').waitFor();
      await examine(page, 'passkeys', true);
      if (takesPictures) await takePictureOfAccount(page);
      await closeProfile(page);
      expect(complaints).toEqual([]);
    });

    it('Swagger UI fits, is accessible, calls the server, and keeps no token', async () => {
      const { page, complaints } = await openPage(stage.browser, { viewport, colorScheme });
      page.setDefaultTimeout(60_000);
      await page.goto(`${stage.url}/docs`);
      await page.getByRole('button', { name: 'Expand operation' }).first().click();
      await page.getByRole('button', { name: /without identifier$/ }).click();
      await page.getByRole('button', { name: 'Try it out' }).click();
      await page.getByRole('button', { name: 'Execute' }).click();
      await page.getByText('Response headers').waitFor();
      await examine(page, 'docs');

      const authorizations = page.getByRole('dialog');
      const openAuthorizations = () => page.getByRole('button', { name: 'Authorize', exact: true }).click();
      await openAuthorizations();
      await authorizations.getByRole('textbox').last().fill('token-of-the-figures');
      await authorizations.getByRole('button', { name: 'Authorize' }).last().click();
      await authorizations.getByRole('button', { name: 'Logout' }).waitFor();
      await examine(page, 'docs-authorizations');
      await page.goto('about:blank');
      await page.goto(`${stage.url}/docs`);
      await openAuthorizations();
      await authorizations.getByRole('button', { name: 'Authorize' }).last().waitFor();
      expect(await authorizations.getByRole('button', { name: 'Logout' }).count()).toBe(0);
      await closeProfile(page);
      expect(complaints).toEqual([]);
    }, 180_000);
  });
});
