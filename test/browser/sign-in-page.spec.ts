import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import {
  closeProfile,
  launchChromium,
  openPage,
  untilAutofillHasEnded,
  untilAutofillListens,
  VirtualAuthenticator,
} from './chromium';
import { examine } from './examine';
import { startPageServer } from './page-server';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { until } from '../support/until';
import { ServerProcess } from './server-process';

describe('the pages', () => {
  let browser: Browser;
  let server: ServerProcess;
  let dataDir: string;
  let page: Page;
  let complaints: string[];
  let authenticator: VirtualAuthenticator;

  const startServer = (env: Record<string, string> = {}) =>
    ServerProcess.start({ DATA_DIR: dataDir, MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN, ...env });

  beforeAll(async () => {
    browser = await launchChromium();
    dataDir = await mkdtemp(join(tmpdir(), 'passkey-browser-'));
    server = await startServer();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    ({ page, complaints } = await openPage(browser));
    authenticator = await VirtualAuthenticator.in(page);
  });
  afterEach(async () => {
    await closeProfile(page);
    expect(complaints).toEqual([]);
  });

  let names = 0;
  const freshName = () => `person-${++names}`;

  const passkeys = () => page.locator('#passkeys').getByRole('listitem');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = () => page.getByRole('textbox', { name: 'Username, email or phone' });
  const message = () => page.getByRole('alert');

  const createAccount = async (name = freshName()) => {
    await page.goto(`${server.url}/#create`);
    await button('Create a passkey').waitFor();
    await field().fill(name);
    await button('Create a passkey').click();
    await onAccountPageOf(name);
    return name;
  };

  const onAccountPageOf = async (name: string) => {
    await page.waitForURL('**/account');
    await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
    await page.locator('#account:not([aria-busy])').waitFor();
  };

  /** Signs out with nobody at the authenticator: autofill would sign in at once. */
  const signOut = async () => {
    await authenticator.setPresent(false);
    await button('Sign out').click();
    await page.waitForURL(`${server.url}/`);
    await untilAutofillListens(page);
  };

  const continueAs = async (name: string) => {
    await authenticator.setPresent(true);
    await field().fill(name);
    await button('Continue').click();
  };

  it('create an account with a passkey, and show both', async () => {
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    const name = freshName();
    await field().fill(name);
    await page.keyboard.press('Enter');
    await onAccountPageOf(name);
    expect(await passkeys().allInnerTexts()).toEqual([
      expect.stringMatching(
        /Synced: works on your other devices too, and is backed up\s+Created today, not used yet/,
      ),
    ]);
  });

  it('sign out', async () => {
    await createAccount();
    await signOut();
    await page.goto(`${server.url}/account`);
    await page.waitForURL(`${server.url}/`);
    expect(await message().textContent()).toBe('');
  });

  it('sign in by identifier', async () => {
    const name = await createAccount();
    await signOut();
    await continueAs(name);
    await onAccountPageOf(name);
    await page.getByText('last used today').waitFor();
  });

  it('sign in by the passkey button, also while autofill is pending', async () => {
    const name = await createAccount();
    await signOut();
    await authenticator.setPresent(true);
    await button('Sign in with a passkey').click();
    await onAccountPageOf(name);
  });

  it('sign in by autofill', async () => {
    const name = await createAccount();
    await signOut();
    await authenticator.setPresent(true);
    await page.reload();
    await onAccountPageOf(name);
  });

  it('send someone who is signed in on to the account', async () => {
    const name = await createAccount();
    await page.goto(server.url);
    await onAccountPageOf(name);
  });

  it('tell in plain words that there is no such user', async () => {
    await page.goto(server.url);
    await continueAs('nobody-of-this-name');
    await message().getByText('There is no account with that name.').waitFor();
    await button('Continue').waitFor();
    expect(await button('Continue').isEnabled()).toBe(true);
  });

  it('tell in plain words that an account has no passkey on this device', async () => {
    const name = await createAccount();
    await authenticator.forgetEverything();
    await signOut();
    await continueAs(name);
    await message().getByText('this device has no passkey for this account').waitFor();
  });

  it('tell in plain words that a name is taken, or missing', async () => {
    const name = await createAccount();
    await signOut();
    await page.goto(`${server.url}/#create`);
    await button('Create a passkey').click();
    await message().getByText('Type your username').waitFor();
    expect(await field().getAttribute('aria-invalid')).toBe('true');
    await field().fill(name);
    await button('Create a passkey').click();
    await message().getByText('That username is taken').waitFor();
    expect(await field().getAttribute('aria-invalid')).toBe('true');
    await message().getByRole('link', { name: 'Sign in' }).click();
    expect(await field().inputValue()).toBe(name);
    await page.goto(`${server.url}/#create`);
    await field().fill('030 1234567');
    await button('Create a passkey').click();
    await message().getByText('Begin a phone number with +').waitFor();
  });

  it('stay usable after a cancelled sign-in, with autofill armed again', async () => {
    const name = await createAccount();
    await signOut();
    await authenticator.setUserVerified(false);
    await authenticator.setPresent(true);
    await field().fill(name);
    await button('Continue').click();
    await message().getByText('it was cancelled').waitFor();
    // Ended by the button, armed again after the failure, and ended since nobody is recognised.
    await untilAutofillHasEnded(page, 2);
    await authenticator.setUserVerified(true);
    await continueAs(name);
    await onAccountPageOf(name);
  });

  it('say what to do while the browser asks, stop when they are told to, and stay where they are meanwhile', async () => {
    const name = await createAccount();
    await page.getByRole('heading', { name: 'Never be locked out' }).waitFor();
    await signOut();
    await field().fill(name);
    const top = async () => (await field().boundingBox())!.y;
    const before = await top();
    await button('Continue').click();
    await page.getByRole('status').getByText('Your browser asks for your passkey').waitFor();
    await page.getByRole('link', { name: 'Create an account' }).click({ force: true });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await examine(page, 'waiting');
    await button('Cancel').click();
    await message().getByText('It was stopped.').waitFor();
    expect(await page.getByRole('status').innerText()).toBe('');
    expect(await top()).toBe(before);
    await field().fill('nobody-of-this-name');
    await button('Continue').click();
    await message().getByText('There is no account').waitFor();
    expect(await top()).toBe(before);
    expect(await field().evaluate((input) => input === document.activeElement)).toBe(true);
    await message().getByRole('link', { name: 'Create an account' }).click();
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  });

  it('fit a long name, and tell what happened in view', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await createAccount(`person-${'x'.repeat(100)}`);
    await page.getByRole('button', { name: /^Rename Chrome on/ }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(120));
    await page.keyboard.press('Enter');
    await message().getByText('Renamed to').waitFor();
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight);
    });
    const { y, height } = (await message().boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThan(844);
    await examine(page, 'long-name', true);
    expect((await passkeys().first().boundingBox())!.height).toBeLessThan(400);
  });

  it('stay usable after a cancelled registration', async () => {
    await authenticator.setUserVerified(false);
    await page.goto(`${server.url}/#create`);
    const name = freshName();
    await field().fill(name);
    await button('Create a passkey').click();
    await message().getByText('No passkey was made').waitFor();
    await authenticator.setUserVerified(true);
    await button('Create a passkey').click();
    await onAccountPageOf(name);
  });

  it('say that the server does not answer, and work once it does', async () => {
    const name = await createAccount();
    await signOut();
    await page.context().setOffline(true);
    await continueAs(name);
    await message().getByText('The server does not answer').waitFor();
    await page.context().setOffline(false);
    await button('Continue').click();
    await onAccountPageOf(name);
  });

  it('still sign in after the server was killed and started again', async () => {
    const name = await createAccount();
    await signOut();
    await server.stop('SIGKILL');
    server = await startServer({ PORT: server.port });
    await continueAs(name);
    await onAccountPageOf(name);
  });

  it('add, rename and delete a passkey', async () => {
    await createAccount();
    await button('Add a passkey').click();
    await message().getByText('This device already has a passkey').waitFor();
    await authenticator.setPresent(false);
    await VirtualAuthenticator.in(page, 'usb');
    await button('Add a passkey').click();
    await message().getByText('Your new passkey is ready').waitFor();
    expect(await passkeys().count()).toBe(2);
    await page.getByText('Stays on one device').waitFor();

    await page
      .getByRole('button', { name: /^Rename Chrome on/ })
      .last()
      .click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Key ring');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Key ring' }).waitFor();

    await button('Delete Key ring').click();
    expect(await page.getByRole('dialog').getByText('Key ring').isVisible()).toBe(true);
    await button('Keep it').click();
    expect(await passkeys().count()).toBe(2);
    await button('Delete Key ring').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await message().getByText('Key ring is deleted').waitFor();
    expect(await passkeys().count()).toBe(1);

    await page.getByRole('button', { name: /^Delete Chrome on/ }).click();
    await message().getByText('This is your only passkey').waitFor();
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
  });

  it('show a passkey that could not be given a name', async () => {
    await page.route('**/api/my-account/passkeys/*', (route) => route.abort());
    await createAccount();
    expect(await passkeys().count()).toBe(1);
    expect(await message().textContent()).toBe('');
  });

  it('ask to sign in at an address that names nothing', async () => {
    await page.goto(`${server.url}/#constructor`);
    await button('Sign in with a passkey').waitFor();
  });

  it('begin anew where somebody comes back by the history of the browser', async () => {
    await page.goto(server.url);
    await untilAutofillListens(page);
    await page.evaluate(() => {
      document.body.dataset['kept'] = 'true';
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await page.locator('body:not([data-kept])').waitFor();
    await untilAutofillListens(page);
  });

  it('tell the authenticator that a passkey was deleted', async () => {
    await createAccount();
    expect(await authenticator.credentials()).toHaveLength(1);
    await authenticator.setPresent(false);
    const key = await VirtualAuthenticator.in(page, 'usb');
    await button('Add a passkey').click();
    await message().getByText('Your new passkey is ready').waitFor();
    await page
      .getByRole('button', { name: /^Delete Chrome on/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await message()
      .getByText(/^Chrome on .* is deleted/)
      .waitFor();
    await until(
      async () => (await authenticator.credentials()).length === 0,
      'the passkey is there still',
      30,
    );
    expect(await key.credentials()).toHaveLength(1);
  });

  it('tell the authenticator that a passkey is not known, after saying so', async () => {
    const name = await createAccount();
    const management = { authorization: `Bearer ${MANAGEMENT_TOKEN}` };
    const users = `${server.url}/api/users`;
    const { users: all } = (await (await fetch(`${users}?limit=200`, { headers: management })).json()) as {
      users: { id: string; username: string }[];
    };
    const { id } = all.find(({ username }) => username === name)!;
    await signOut();
    expect((await fetch(`${users}/${id}`, { method: 'DELETE', headers: management })).status).toBe(204);
    await authenticator.setPresent(true);
    await button('Sign in with a passkey').click();
    await message().getByText('is not known here').waitFor();
    await until(
      async () => (await authenticator.credentials()).length === 0,
      'the passkey is there still',
      30,
    );
  });

  const VERIFY = '**/authentication/verify';
  const PREFLIGHT = '**/sign-in-web-authn/authentication';
  const inVain = (route: Route) =>
    route.fulfill({ status: 404, json: { code: 'session.mfa.pending_info_not_found', message: '' } });

  it('listen for autofill again, with a fresh challenge, after a passkey was picked in vain', async () => {
    const name = await createAccount();
    await signOut();
    await page.route(VERIFY, inVain, { times: 1 });
    await authenticator.setPresent(true);
    await page.reload();
    await onAccountPageOf(name);
  });

  it('say so of a passkey picked in vain while a new challenge could not be had, and listen again', async () => {
    const name = await createAccount();
    await signOut();
    await page.addInitScript(() => {
      const picked = new Promise((pick) => Object.assign(window, { pick }));
      const get = navigator.credentials.get.bind(navigator.credentials);
      navigator.credentials.get = async (options) => {
        const credential = await get(options);
        if (options?.mediation === 'conditional') await picked;
        return credential;
      };
    });
    await authenticator.setPresent(true);
    await page.reload();
    await untilAutofillListens(page);
    const failed = page.waitForEvent('requestfailed');
    await page.route(PREFLIGHT, (route) => route.abort(), { times: 1 });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await failed;
    let told: string | null = null;
    await page.route(VERIFY, inVain, { times: 1 });
    await page.route(
      PREFLIGHT,
      async (route) => {
        told = await message().textContent();
        await route.continue();
      },
      { times: 1 },
    );
    await page.evaluate(() => {
      (window as unknown as { pick(): void }).pick();
    });
    await onAccountPageOf(name);
    expect(told).toMatch(/^That took too long/);
  });

  it('listen for autofill by and by, though no challenge could be had at first', async () => {
    const name = await createAccount();
    await signOut();
    await authenticator.setPresent(true);
    await page.clock.install();
    await page.route(PREFLIGHT, (route) => route.abort(), { times: 1 });
    const failed = page.waitForEvent('requestfailed');
    await page.reload();
    await failed;
    await page.clock.fastForward(60_000);
    await onAccountPageOf(name);
  });

  it('renew the challenge of autofill before it expires', async () => {
    const hasty = await startPageServer({ CHALLENGE_TTL_SECONDS: '5' });
    try {
      await page.goto(`${hasty.url}/#create`);
      await field().fill('hasty');
      await button('Create a passkey').click();
      await onAccountPageOf('hasty');
      await authenticator.setPresent(false);
      await button('Sign out').click();
      await untilAutofillHasEnded(page, 2);
      await authenticator.setPresent(true);
      await onAccountPageOf('hasty');
    } finally {
      await closeProfile(page);
      await hasty.server.stop();
    }
  });

  it('know a number as it is dialled at home, where the server has a region', async () => {
    const regional = await startPageServer({ PHONE_REGION: 'DE' });
    try {
      await page.goto(`${regional.url}/#create`);
      await field().fill('030 901820');
      await button('Create a passkey').click();
      await onAccountPageOf('+4930901820');
      await authenticator.setPresent(false);
      await button('Sign out').click();
      await page.waitForURL(`${regional.url}/`);
      await untilAutofillListens(page);
      await continueAs('(030) 90-1820');
      await onAccountPageOf('+4930901820');
    } finally {
      await closeProfile(page);
      await regional.server.stop();
    }
  });

  it('say how long to wait after too many attempts', async () => {
    const limited = await startPageServer({ RATE_LIMIT: 'on', RATE_LIMIT_PER_IDENTIFIER: '1' });
    try {
      await page.goto(limited.url);
      await continueAs('somebody');
      await message().getByText('There is no account with that name.').waitFor();
      await button('Continue').click();
      await message()
        .getByText(/^Too many attempts\. Wait (a second|a minute|\d+ seconds), then try again\.$/)
        .waitFor();
      expect(await button('Continue').isEnabled()).toBe(true);
    } finally {
      // A server waits for the connections that a browser keeps open.
      await closeProfile(page);
      await limited.server.stop();
    }
  });

  it('say that they need a secure origin', async () => {
    await page.route('http://insecure.example/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: server.url + pathname }) });
    });
    await page.goto('http://insecure.example/');
    await message().getByText('Passkeys need a secure page').waitFor();
    for (const name of ['Continue', 'Sign in with a passkey']) {
      expect(await button(name).isEnabled()).toBe(false);
    }
  });

  it('say that the browser has no passkeys', async () => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'PublicKeyCredential');
    });
    await page.goto(server.url);
    await message().getByText('This browser can not use passkeys.').waitFor();
  });

  it('tell people that there is no page at an address, and programs in JSON', async () => {
    const lost = `${server.url}/no/such/page`;
    expect((await page.goto(lost))!.status()).toBe(404);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await examine(page, 'not-found');
    for (const path of ['/no/such/page', '/api/no/such/call']) {
      const headers = { accept: path.startsWith('/api') ? 'text/html' : '*/*' };
      const answer = await fetch(server.url + path, { headers });
      expect([answer.status, await answer.json()]).toEqual([
        404,
        { code: 'request.not_found', message: expect.any(String) },
      ]);
    }
    const icon = await fetch(`${server.url}/favicon.ico`);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('work by keyboard alone', async () => {
    const name = freshName();
    await page.goto(server.url);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Enter');
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await press('Tab');
    await page.keyboard.type(name);
    await press('Tab', 'Enter');
    await onAccountPageOf(name);
  });
});
