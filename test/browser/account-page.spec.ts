import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { TestServer } from '../support/test-server';
import { closeProfile, launchChromium, VirtualAuthenticator } from './chromium';
import { examine } from './examine';
import { startPageServer } from './page-server';
import { Visitor } from './visitor';

/** Of Chromium's virtual authenticators. */
const AAGUID = '01020304-0506-0708-0102-030405060708';

const ICON =
  'data:image/svg+xml;base64,' +
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>').toString('base64');

describe('the account page', () => {
  let browser: Browser;
  let server: TestServer;
  let url: string;
  let folder: string;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = await mkdtemp(join(tmpdir(), 'passkey-providers-'));
    const providers = join(folder, 'providers.json');
    await writeFile(providers, JSON.stringify({ [AAGUID]: { name: 'Virtual Keychain', icon: ICON } }));
    ({ server, url } = await startPageServer({
      PASSKEY_PROVIDERS: providers,
      RP_POLICY: JSON.stringify({ signCountRegression: 'mark' }),
    }));
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    visitor = await Visitor.at(browser, url);
  });
  afterEach(() => visitor.leave());

  /** Whoever signed in an hour ago must prove presence for what is sensitive. */
  const anHourPasses = () =>
    server.query(`UPDATE passkey.sessions SET authenticated_at = authenticated_at - interval '1 hour'`);

  it('shows the provider of a passkey with its icon, and what it is in words', async () => {
    await visitor.createAccount();
    expect(await visitor.passkeys().allInnerTexts()).toEqual([
      expect.stringMatching(
        /^Virtual Keychain\s+Synced: works on your other devices too, and is backed up\s+Created today, not used yet\s+You are signed in with it now\.\s+Rename\s+Delete$/,
      ),
    ]);
    const icon = visitor.passkeys().locator('img');
    expect(await icon.getAttribute('src')).toBe(ICON);
    expect(await icon.evaluate((image: HTMLImageElement) => image.decode().then(() => 'shown'))).toBe(
      'shown',
    );
  });

  it('says of an address whether it is proved', async () => {
    const address = `${visitor.name}@example.com`;
    await visitor.createAccount(address);
    await visitor.sees(`${address} (not proved yet)`);
    await server.query('UPDATE passkey.user_identifiers SET verified_at = now() WHERE value = $1', [address]);
    await visitor.page.reload();
    await visitor.sees(`${address} (proved)`);
  });

  it('adds a passkey of a security key, and offers to name it', async () => {
    await visitor.createAccount();
    await visitor.device.setPresent(false);
    await VirtualAuthenticator.in(visitor.page, 'usb');
    await visitor.button('Add a passkey').click();
    await visitor.isTold('Your new passkey is ready. Give it a name');
    await visitor.sees('Stays on one device: lost with it');
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.page.getByRole('dialog').innerText()).toContain('Chrome on');
    expect(await visitor.field('Name').inputValue()).toMatch(/^Chrome on \w+, /);
    await visitor.field('Name').fill('Key ring');
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold('Renamed to Key ring.');
    await visitor.page.getByRole('heading', { name: 'Key ring' }).waitFor();
  });

  it('warns of a passkey that may have been copied', async () => {
    await visitor.createAccount();
    await server.query(`UPDATE passkey.credential_records SET clone_suspected_at = now()`);
    await visitor.page.reload();
    await visitor.sees('It may have been copied');
  });

  it('says nothing of usernames where the name of a passkey is refused', async () => {
    await visitor.createAccount();
    await visitor.page.getByRole('button', { name: /^Rename/ }).click();
    await visitor.field('Name').fill('turned\u202Eround');
    await visitor.button('Save').click();
    await visitor.isTold('This page sent something wrong.');
  });

  it('says that the only passkey stays', async () => {
    await visitor.createAccount();
    await visitor.button('Delete Virtual Keychain').click();
    await visitor.isTold('This is your only passkey: without it you could not sign in.');
    expect(await visitor.passkeys().count()).toBe(1);
  });

  it('asks for a passkey again, long after the sign-in, and then does what was asked for', async () => {
    await visitor.createAccount();
    await anHourPasses();
    const key = await VirtualAuthenticator.in(visitor.page, 'usb');
    // The device has a passkey already: once it has proved presence, the key is what is touched.
    let asked = 0;
    await visitor.page.route('**/web-authn/registration', async (route) => {
      await visitor.device.setPresent(++asked === 1);
      await route.continue();
    });
    await visitor.button('Add a passkey').click();
    await visitor.isTold('Your new passkey is ready.');
    expect(asked).toBe(2);
    expect(await key.credentials()).toHaveLength(1);
    expect(await visitor.passkeys().count()).toBe(2);

    await anHourPasses();
    await visitor.button('Delete Virtual Keychain').last().click();
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await visitor.isTold('is deleted.');
    expect(await visitor.passkeys().count()).toBe(1);
    await visitor.sees('last used today');
  });

  it('does nothing when presence is not proved, and says so', async () => {
    await visitor.createAccount();
    await anHourPasses();
    await visitor.device.setUserVerified(false);
    await visitor.button('Create recovery codes').click();
    await visitor.isTold('Nothing happened: it was cancelled');
    await visitor.sees('You have none.');
    await visitor.device.setUserVerified(true);
    await visitor.button('Create recovery codes').click();
    await visitor.page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await visitor.button('I have saved them').click();
    await visitor.sees('You have 10 unused codes, made today.');
  });

  it('shows where somebody is signed in, signs out elsewhere, and what else a deleted passkey had opened', async () => {
    await visitor.createAccount();
    const elsewhere = async () => {
      const other = await Visitor.at(browser, url);
      await visitor.device.syncTo(other.device);
      await other.page.goto(`${url}/`);
      await other.isOnAccountPage(visitor.name);
      return other;
    };
    const others = [await elsewhere(), await elsewhere()];
    await visitor.page.reload();
    const sessions = visitor.page.locator('#sessions').getByRole('listitem');
    await visitor.sees('Last used today, signed in today');
    expect(await sessions.count()).toBe(3);
    expect(await sessions.filter({ hasText: 'This browser' }).allInnerTexts()).toEqual([
      expect.stringMatching(
        /^Chrome on \w+\s+This browser\s+With the passkey Virtual Keychain\s+From the network 127/,
      ),
    ]);
    await examine(visitor.page, 'sessions', true);
    await sessions.getByRole('button').first().click();
    await visitor.isTold('is signed out.');
    expect(await sessions.count()).toBe(2);
    await visitor.button('Sign out everywhere else').click();
    await visitor.isTold('You are signed out everywhere else.');
    expect(await sessions.count()).toBe(1);
    expect(await visitor.button('Sign out everywhere else').isVisible()).toBe(false);
    for (const other of others) {
      // Autofill would sign in again at once.
      await other.device.setPresent(false);
      await other.page.goto(`${url}/account`);
      await other.page.waitForURL((address) => address.pathname === '/');
      await closeProfile(other.page);
    }
  });

  it('sends whoever was signed out meanwhile to the sign-in page', async () => {
    await visitor.createAccount();
    await server.query(`DELETE FROM passkey.sessions`);
    await visitor.button('Add a passkey').click();
    await visitor.page.waitForURL(`${url}/`);
  });
});

describe('the account page, where passkeys may need a username', () => {
  it('upgrades one that does, on the same security key', async () => {
    const browser = await launchChromium();
    const { server, url } = await startPageServer({
      RP_POLICY: JSON.stringify({ residentKey: 'discouraged' }),
    });
    try {
      const visitor = await Visitor.at(browser, url, 'usb');
      await visitor.createAccount();
      await visitor.sees('Needs your username: you must type it first');
      const [before] = await visitor.device.credentials();
      await visitor.page.getByRole('button', { name: /^Upgrade Chrome on/ }).click();
      await visitor.isTold('Your new passkey is ready.');
      expect(await visitor.passkeys().count()).toBe(1);
      expect(await visitor.page.getByText('Needs your username').count()).toBe(0);
      expect((await visitor.device.credentials()).map(({ credentialId }) => credentialId)).not.toEqual([
        before!.credentialId,
      ]);
      await visitor.button('Sign out').click();
      await visitor.page.waitForURL(`${url}/`);
      await visitor.button('Sign in with a passkey').click();
      await visitor.isOnAccountPage();
      await visitor.leave();
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
