import type { BrowserContextOptions } from 'playwright-core';
import { closeProfile, openPage } from './chromium';
import { examine } from './examine';
import { setStage } from './stage';
import { Visitor } from './visitor';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

describe('the language of the pages', () => {
  const stage = setStage();

  const visit = (locale: string, options?: BrowserContextOptions) =>
    Visitor.at(stage.browser, stage.url, 'internal', { locale, ...options });

  const languageOf = ({ page }: Visitor) => page.locator('html').getAttribute('lang');

  it('is German for a German browser, from the account to the next sign-in', async () => {
    const visitor = await visit('de-AT');
    const { page } = visitor;
    await page.goto(stage.url);
    await page.getByRole('link', { name: 'Konto erstellen' }).click();
    await page.getByRole('heading', { name: 'Konto erstellen' }).waitFor();
    expect(await page.title()).toBe('Konto erstellen · Test');
    await visitor.button('Passkey erstellen').click();
    await visitor.isTold('Geben Sie Ihren Benutzernamen');
    await visitor.field('Benutzername, E-Mail oder Telefon').fill(visitor.name);
    await visitor.button('Passkey erstellen').click();
    await visitor.isOnAccountPage();
    await visitor.sees('Erstellt heute, noch nicht verwendet');
    expect(await languageOf(visitor)).toBe('de');

    await page.getByRole('button', { name: /^Umbenennen: Chrome/ }).click();
    await visitor.field('Name').fill('Schlüsselbund');
    await visitor.button('Speichern').click();
    await visitor.isTold('Der Passkey heißt jetzt Schlüsselbund.');

    await visitor.device.setPresent(false);
    await visitor.button('Abmelden').click();
    await page.waitForURL(`${stage.url}/`);
    await visitor.field('Benutzername, E-Mail oder Telefon').fill('niemand');
    await visitor.button('Weiter').click();
    await visitor.isTold('Es gibt kein Konto mit diesem Namen.');
    await visitor.device.setPresent(true);
    await visitor.field('Benutzername, E-Mail oder Telefon').fill(visitor.name);
    await visitor.button('Weiter').click();
    await visitor.isOnAccountPage();
    await visitor.sees('zuletzt verwendet heute');
    await visitor.leave();
  });

  it('is Arabic, with passkeys named by a date without the marks that no name may have', async () => {
    const visitor = await visit('ar');
    await visitor.page.goto(`${stage.url}/#create`);
    await visitor.page.locator('#create-identifier').fill(visitor.name);
    await visitor.page.locator('#create-form button').click();
    await visitor.isOnAccountPage();
    const names = visitor.passkeys().getByRole('heading');
    expect(await names.allTextContents()).toEqual([expect.stringMatching(/^Chrome .*, [^\u200F]+$/)]);
    await visitor.leave();
  });

  it('fits in German, and is as accessible', async () => {
    const visitor = await visit('de');
    const { page } = visitor;
    const look = async (name: string) => {
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        await examine(page, `german-${name}-${size}`, true);
      }
    };
    await visitor.device.setPresent(false);
    for (const view of ['sign-in', 'create', 'recover']) {
      await page.goto(`${stage.url}/#${view}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look(view);
    }
    await visitor.field('Benutzername, E-Mail oder Telefon').fill(visitor.name);
    await visitor.button('Code zusenden').click();
    await visitor.isTold('ist ein Code dorthin unterwegs');
    await look('sent-code');

    await page.goto(`${stage.url}/#create`);
    await visitor.device.setPresent(true);
    await visitor.field('Benutzername, E-Mail oder Telefon').fill(visitor.name);
    await visitor.button('Passkey erstellen').click();
    await visitor.isOnAccountPage();
    await look('account');
    for (const [opening, closing, name] of [
      [/^Umbenennen: Chrome/, 'Abbrechen', 'rename'],
      ['Codes erstellen', 'Ich habe sie gespeichert', 'codes'],
      ['Neue Codes erstellen', 'Alte Codes behalten', 'replace-codes'],
    ] as const) {
      await page.getByRole('button', { name: opening }).click();
      await visitor.button(closing).waitFor();
      await look(name);
      await visitor.button(closing).click();
    }
    await page.getByRole('button', { name: /^Löschen: Chrome/ }).click();
    await visitor.isTold('Das ist Ihr einziger Passkey');
    await look('problem');
    await visitor.leave();
  });

  it('is English for a browser of another language', async () => {
    const visitor = await visit('cy-GB');
    await visitor.page.goto(stage.url);
    await visitor.button('Sign in with a passkey').waitFor();
    expect(await languageOf(visitor)).toBe('en');
    await visitor.leave();
  });

  it('is the one that the address asks for, on the account page too', async () => {
    const visitor = await visit('en-US');
    await visitor.page.goto(`${stage.url}/?ui_locales=cy%20de#create`);
    await visitor.field('Benutzername, E-Mail oder Telefon').fill(visitor.name);
    await visitor.button('Passkey erstellen').click();
    await visitor.isOnAccountPage();
    await visitor.button('Abmelden').waitFor();
    await visitor.leave();
  });

  it('is not English first', async () => {
    const visitor = await visit('de');
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    await visitor.page.route('**/assets/de-*.js', async (route) => {
      asked();
      await arrived;
      await route.continue();
    });
    await visitor.page.goto(stage.url, { waitUntil: 'commit' });
    await isAsked;
    await visitor.page.locator('#sign-in').waitFor({ state: 'attached' });
    expect(await visitor.page.getByText('Sign in with a passkey').isVisible()).toBe(false);
    arrive();
    await visitor.button('Weiter').waitFor();
    await visitor.leave();
  });

  it('is English when the other one does not arrive', async () => {
    const visitor = await visit('de');
    await visitor.page.route('**/assets/de-*.js', (route) => route.abort());
    await visitor.page.goto(stage.url);
    await visitor.button('Sign in with a passkey').waitFor();
    expect(await languageOf(visitor)).toBe('en');
    await visitor.leave();
  });

  it('is English, and to be read, without script', async () => {
    const { page } = await openPage(stage.browser, { javaScriptEnabled: false });
    await page.goto(stage.url);
    await page.locator('noscript p').waitFor();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await closeProfile(page);
  });
});
