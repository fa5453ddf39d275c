import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { Browser } from '../support/browser';
import { codesSentTo } from '../support/sent-codes';
import { untilAutofillListens, VirtualAuthenticator } from './chromium';
import { setStage } from './stage';
import { Visitor } from './visitor';

describe('whoever lost every passkey', () => {
  const stage = setStage();
  let visitor: Visitor;

  const manager = () => new Browser(stage, undefined, null);

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
  });
  afterEach(() => visitor.leave());

  const createCodes = async (): Promise<string[]> => {
    await visitor.button('Create recovery codes').click();
    const dialog = visitor.page.getByRole('dialog', { name: 'Your recovery codes' });
    await dialog.getByText('They are not shown again').waitFor();
    return dialog.getByRole('listitem').allInnerTexts();
  };

  const loseEverything = async () => {
    await visitor.device.forgetEverything();
    await visitor.signOut();
    await visitor.page.getByRole('link', { name: 'Lost your passkeys?' }).click();
    await visitor.page.getByRole('heading', { name: 'Get back in' }).waitFor();
  };

  const enter = async (code: string, name = visitor.name) => {
    // This one is in no other view, which may be shown a moment longer.
    await visitor.field('Recovery code').fill(code);
    await visitor.field().fill(name);
    await visitor.button('Continue').click();
  };

  it('creates codes that are shown once, and can be copied, downloaded and printed', async () => {
    await visitor.createAccount();
    await visitor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const codes = await createCodes();
    expect(codes).toEqual(Array(10).fill(expect.stringMatching(/^(\w{4}-){5}\w{4}$/)));

    await visitor.button('Copy').click();
    await visitor.sees('Copied.');
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toContain(codes.join('\n'));

    const download = visitor.page.waitForEvent('download');
    await visitor.button('Download').click();
    expect((await download).suggestedFilename()).toBe('recovery-codes.txt');
    expect(await readFile(await (await download).path(), 'utf8')).toContain(codes.join('\n'));

    await visitor.page.keyboard.press('Escape');
    expect(await visitor.page.getByRole('dialog').isVisible()).toBe(true);
    await visitor.page.emulateMedia({ media: 'print' });
    expect(await visitor.page.getByText(codes[9]!).isVisible()).toBe(true);
    expect(await visitor.button('Sign out').isVisible()).toBe(false);
    await visitor.page.emulateMedia({ media: 'screen' });

    for (let press = 0; press < 4; press++) await visitor.page.keyboard.press('Escape');
    expect(await visitor.page.locator('#codes').isVisible()).toBe(true);
    await visitor.button('I have saved them').click();
    await visitor.sees('You have 10 unused codes, made today.');
    // The dialog's closing is told a moment later.
    await visitor.page.waitForFunction((code) => !document.body.outerHTML.includes(code!), codes[0]);
  });

  it('sees codes until they are put away, though the session has ended', async () => {
    await visitor.createAccount();
    const codes = await createCodes();
    await visitor.device.setPresent(false);
    await visitor.page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    const looked = visitor.page.waitForResponse('**/api/my-account');
    await visitor.page.evaluate(() => dispatchEvent(new Event('focus')));
    await looked;
    await visitor.page.evaluate(() => fetch('/health/live'));
    expect(await visitor.page.getByRole('dialog').getByRole('listitem').allInnerTexts()).toEqual(codes);
    await visitor.button('I have saved them').click();
    await visitor.page.waitForURL(`${stage.url}/`);
  });

  it('sees codes though nothing more is answered', async () => {
    await visitor.createAccount();
    await visitor.page.route('**/recovery-codes', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    expect(await createCodes()).toHaveLength(10);
    await visitor.button('I have saved them').click();
    await visitor.isTold('The server does not answer.');
  });

  it('is asked before new codes make the old ones void', async () => {
    await visitor.createAccount();
    const [old = ''] = await createCodes();
    await visitor.button('I have saved them').click();
    await visitor.button('Create new codes').click();
    await visitor.button('Keep the old ones').click();
    await visitor.button('Create new codes').click();
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Create new codes' }).click();
    await visitor.button('I have saved them').click();
    await loseEverything();
    await enter(old);
    await visitor.isTold('That name and that code do not go together, or the code was used already.');
  });

  it('gets in by a code, is led to a new passkey, and signs in with it', async () => {
    await visitor.createAccount();
    const [code = ''] = await createCodes();
    await visitor.button('I have saved them').click();
    await loseEverything();
    await enter('0000-0000-0000-0000');
    await visitor.isTold('That name and that code do not go together');
    await enter(code.toLowerCase().replaceAll('-', ' '));
    await visitor.isOnAccountPage();
    await visitor.sees('You came in with a code. Make a new passkey now');
    await visitor.sees('You have 9 unused codes');

    await visitor.device.setPresent(true);
    await visitor.button('Create a passkey').click();
    await visitor.isTold('Your new passkey is ready.');
    expect(await visitor.button('Create a passkey').isVisible()).toBe(false);
    expect(await visitor.passkeys().count()).toBe(2);
    await visitor.page.reload();
    await visitor.isOnAccountPage();
    expect(await visitor.button('Create a passkey').isVisible()).toBe(false);

    await visitor.signOut();
    await visitor.device.setPresent(true);
    await visitor.button('Sign in with a passkey').click();
    await visitor.isOnAccountPage();
  });

  it('gets in by a code that was sent, after a wrong one', async () => {
    const address = `${visitor.name}@example.com`;
    await visitor.createAccount(address);
    await loseEverything();
    await visitor.field().fill(address);
    await visitor.button('Send me a code').click();
    await visitor.isTold('a code is on its way to it');
    const field = visitor.field('Code that was sent to you');
    await field.fill('1');
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold('That is not the code that was sent.');
    await field.fill(codesSentTo(stage.server, { value: address })[0]!);
    await visitor.page.keyboard.press('Enter');
    await visitor.isOnAccountPage(address);
    await visitor.sees('You came in with a code.');
  });

  it('gets in by a link once, which the address bar forgets and nothing but the button spends', async () => {
    await visitor.createAccount();
    const { body: users } = await manager().manage<{ users: { id: string }[] }>(
      'GET',
      `/api/users?identifier=${visitor.name}`,
    );
    const { body: link } = await manager().manage<{ secret: string }>(
      'POST',
      `/api/users/${users.users[0]!.id}/recovery-link`,
    );
    const open = () => visitor.page.goto(`${stage.url}/?again=${Math.random()}#recovery-link=${link.secret}`);
    // Also where somebody is signed in.
    await open();
    await visitor.page.getByRole('heading', { name: 'Get back in' }).waitFor();
    await open();
    await visitor.sees('This link lets you in once.');
    expect(visitor.page.url()).not.toContain(link.secret);
    // As when another language is chosen.
    await visitor.page.reload();
    await visitor.button('Continue').click();
    await visitor.isOnAccountPage();
    expect(await visitor.page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(link.secret);
    await visitor.sees('You came in with a code. Make a new passkey now');
    await open();
    await visitor.button('Continue').click();
    await visitor.isTold('That link was used already, or has expired.');
  });

  it('is told when to try again after five wrong codes', async () => {
    await visitor.page.goto(`${stage.url}/#recover`);
    await visitor.field().fill(`${visitor.name}@example.com`);
    await visitor.button('Send me a code').click();
    for (let tries = 0; tries < 5; tries += 1) {
      await visitor.field('Code that was sent to you').fill(`0000000${tries}`);
      await visitor.button('Continue').click();
      await visitor.isTold('That is not the code that was sent.');
    }
    await visitor.button('Continue').click();
    await visitor.isTold('Too many attempts. Wait 15 minutes, then try again.');
  });

  it('learns from the page nothing of who has an account', async () => {
    await visitor.page.goto(`${stage.url}/#recover`);
    await visitor.field().fill('nobody-of-this-name');
    await visitor.button('Send me a code').click();
    await visitor.isTold(
      'If this account has an email address or a phone number, a code is on its way to it.',
    );
    await visitor.page.getByRole('link', { name: 'Back to sign-in' }).click();
    await visitor.page.getByRole('link', { name: 'Lost your passkeys?' }).click();
    await enter('0000-0000-0000-0000', 'nobody-of-this-name');
    await visitor.isTold('That name and that code do not go together');
  });

  it('is told what is missing', async () => {
    await visitor.page.goto(`${stage.url}/#recover`);
    await visitor.button('Send me a code').click();
    await visitor.isTold('Type your username, email address or phone number.');
    await visitor.field().fill(visitor.name);
    await visitor.button('Continue').click();
    await visitor.isTold('Type one of your recovery codes');
    expect(await visitor.field('Recovery code').getAttribute('aria-invalid')).toBe('true');
  });

  it('may put the offer of a passkey off', async () => {
    await visitor.createAccount();
    const [code = ''] = await createCodes();
    await visitor.button('I have saved them').click();
    await loseEverything();
    await enter(code);
    await visitor.button('Not now').click();
    expect(await visitor.button('Create a passkey').isVisible()).toBe(false);
    expect(new URL(visitor.page.url()).hash).toBe('');
  });

  describe('with a password manager that makes passkeys without a prompt', () => {
    /**
     * Chromium's virtual authenticators never answer a conditional creation, which goes to the password manager
     * alone. Here the device answers in its place, as soon as it is asked, with neither a prompt nor a click.
     */
    const standIn = async (page: Page) => {
      await page.addInitScript(() => {
        const { credentials } = navigator;
        const create = credentials.create.bind(credentials);
        credentials.create = (options) => {
          const { mediation, ...others } = options as CredentialCreationOptions & { mediation?: string };
          document.documentElement.dataset['creation'] = mediation ?? 'prompted';
          return create(others);
        };
      });
    };

    it('has one at once, without a click', async () => {
      await standIn(visitor.page);
      await visitor.createAccount();
      const [code = ''] = await createCodes();
      await visitor.button('I have saved them').click();
      await loseEverything();
      await visitor.device.setPresent(true);
      await enter(code);
      await visitor.isOnAccountPage();
      await visitor.isTold('A passkey was made for you. Next time, sign in with it.');
      expect(await visitor.page.locator('html').getAttribute('data-creation')).toBe('conditional');
      expect(await visitor.button('Create a passkey').isVisible()).toBe(false);
      expect(await visitor.passkeys().count()).toBe(2);
      expect(await visitor.device.credentials()).toHaveLength(1);
    });
  });
});

describe('whoever signed in with a passkey of another device', () => {
  const stage = setStage();
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await Visitor.at(stage.browser, stage.url, 'usb');
    await visitor.createAccount();
  });

  /** @param autofill whether the browser has a device that it can offer a passkey of */
  const signInWithTheKey = async ({ autofill }: { autofill: boolean }) => {
    await visitor.device.setPresent(false);
    await visitor.button('Sign out').click();
    await visitor.page.waitForURL(/\/$/);
    if (autofill) await untilAutofillListens(visitor.page);
    await visitor.device.setPresent(true);
    await visitor.field().fill(visitor.name);
    await visitor.button('Continue').click();
    await visitor.isOnAccountPage();
  };

  it('is offered none where this one can keep none', async () => {
    await signInWithTheKey({ autofill: false });
    expect(await visitor.button('Create a passkey').isVisible()).toBe(false);
  });

  it('is offered one of this device, until there is one', async () => {
    const device = await VirtualAuthenticator.in(visitor.page, 'internal');
    await device.setPresent(false);
    await signInWithTheKey({ autofill: true });
    await visitor.sees('You signed in with a passkey of another device.');
    await visitor.device.setPresent(false);
    await device.setPresent(true);
    await visitor.button('Create a passkey').click();
    await visitor.isTold('Your new passkey is ready.');
    expect(await device.credentials()).toHaveLength(1);
    await visitor.page.reload();
    await visitor.isOnAccountPage();
    expect(await visitor.button('Create a passkey').isVisible()).toBe(false);
    await visitor.leave();
  });
});

describe('where no code can be sent', () => {
  const stage = setStage({ MESSENGER: 'off' });

  it('none is offered, neither to get in nor for a new address', async () => {
    const visitor = await Visitor.at(stage.browser, stage.url);
    const { page } = visitor;
    await page.goto(`${stage.url}/#recover`);
    await visitor.field('Recovery code').waitFor();
    expect(await visitor.button('Send me a code').isVisible()).toBe(false);
    expect(await page.locator('#recover-otherwise').isVisible()).toBe(false);

    const address = `${visitor.name}@example.com`;
    await visitor.createAccount(address);
    await visitor.button('Add: Username').click();
    await visitor.field('New username').fill(visitor.name);
    await page.keyboard.press('Enter');
    await visitor.isTold('Saved.');
    expect(await visitor.button('Add: Phone').isVisible()).toBe(false);
    await visitor.button('Change: Email').click();
    expect(await visitor.button('Send me a code').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await visitor.isTold('Saved.');
    expect(await page.getByText(address).count()).toBe(0);
    expect(await visitor.button('Add: Email').isVisible()).toBe(false);
    await visitor.leave();
  });
});

describe('where a code of each kind is asked for', () => {
  const stage = setStage({ RP_POLICY: '{"recovery":"two-codes"}' });

  it.each(['saved', 'sent'] as const)(
    'the keyboard is at the second code, after the %s one',
    async (first) => {
      const visitor = await Visitor.at(stage.browser, stage.url);
      const { page } = visitor;
      const address = `${visitor.name}@example.com`;
      await visitor.createAccount(address);
      await visitor.button('Create recovery codes').click();
      const code = await page.getByRole('dialog').getByRole('listitem').first().innerText();
      await visitor.button('I have saved them').click();
      await visitor.signOut();
      await page.goto(`${stage.url}/#recover`);
      const fields = {
        saved: visitor.field('Recovery code'),
        sent: visitor.field('Code that was sent to you'),
      };
      await fields.saved.waitFor();
      await visitor.field().fill(address);
      const sentCode = () => codesSentTo(stage.server, { value: address }).at(-1)!;
      if (first === 'saved') {
        await fields.saved.fill(code);
        await page.keyboard.press('Enter');
        await visitor.isTold('a code is on its way to it');
      } else {
        await visitor.button('Send me a code').click();
        await visitor.isTold('a code is on its way to it');
        await fields.sent.fill(sentCode());
        await page.keyboard.press('Enter');
        await visitor.isTold('That was right.');
      }
      await page.locator('main button:enabled:visible').first().waitFor();
      await page.keyboard.type(first === 'saved' ? sentCode() : code);
      await page.keyboard.press('Enter');
      await visitor.isOnAccountPage(address);
      await visitor.leave();
    },
  );
});
