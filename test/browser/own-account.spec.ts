import { codesSentTo } from '../support/sent-codes';
import { examine } from './examine';
import { setStage } from './stage';
import { Visitor } from './visitor';

const PHONE = { width: 390, height: 844 };

describe('the owner of an account, on its page', () => {
  const stage = setStage();
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url, 'internal', { viewport: PHONE });
  });
  afterEach(() => visitor.leave());

  const latestCode = (value: string) => codesSentTo(stage.server, { value }).at(-1)!;
  const press = (name: string) => visitor.button(name).click();
  const isRefused = async (name: string, text: string) => {
    await visitor.isTold(text);
    const field = visitor.field(name);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  };
  const anHourPasses = () =>
    stage.server.query(`UPDATE passkey.sessions SET authenticated_at = authenticated_at - interval '1 hour'`);

  it('changes the user name, and is told at the field what can not be', async () => {
    const taken = await Visitor.at(stage.browser, stage.url);
    await taken.createAccount();
    await taken.leave();
    await visitor.createAccount();
    await press('Change: Username');
    const field = visitor.field('New username');
    expect(await field.inputValue()).toBe(visitor.name);
    expect(await visitor.button('Remove').isVisible()).toBe(false);
    await examine(visitor.page, 'new-username-phone', true);
    await field.fill('');
    await visitor.page.keyboard.press('Enter');
    await isRefused('New username', 'Type the new one first.');
    await field.fill(taken.name);
    await visitor.page.keyboard.press('Enter');
    await isRefused('New username', 'That username is taken. Choose another one.');
    await examine(visitor.page, 'username-taken-phone', true);
    await field.fill(`${visitor.name}-now`);
    await anHourPasses();
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold('Saved.');
    await visitor.isOnAccountPage(`${visitor.name}-now`);
    expect(await visitor.button('Change: Username').evaluate((it) => it === document.activeElement)).toBe(
      true,
    );
    await visitor.signOut();
    await visitor.device.setPresent(true);
    await visitor.field().fill(`${visitor.name}-now`);
    await press('Continue');
    await visitor.isOnAccountPage(`${visitor.name}-now`);
  });

  it('gets an email address by the code that was sent there and not before, and takes it away', async () => {
    await visitor.createAccount();
    const address = `${visitor.name}@example.com`;
    await press('Add: Email');
    await visitor.field('New email address').fill('no address');
    await visitor.page.keyboard.press('Enter');
    await isRefused('New email address', 'That does not look like');
    await visitor.field('New email address').fill(address);
    await anHourPasses();
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold(`A code is on its way to ${address}.`);
    await examine(visitor.page, 'address-code-phone', true);
    const code = visitor.field('Code that was sent to you');
    await code.fill('1');
    await visitor.page.keyboard.press('Enter');
    await isRefused('Code that was sent to you', 'That is not the code that was sent.');
    expect(await visitor.page.locator('#identifiers').innerText()).not.toContain(address);
    const first = latestCode(address);
    const isSentAgain = visitor.page.waitForResponse('**/api/my-account/addresses');
    await press('Send another code');
    await isSentAgain;
    expect(latestCode(address)).not.toBe(first);
    await code.fill(latestCode(address));
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold('Saved.');
    await visitor.sees(`${address} (proved)`);

    await press('Change: Email');
    await press('Cancel');
    expect(await visitor.field('New email address').isVisible()).toBe(false);
    await press('Change: Email');
    await press('Remove');
    await visitor.isTold('Saved.');
    expect(await visitor.page.getByText(address).count()).toBe(0);
    await visitor.button('Add: Email').waitFor();
  });

  it('is told at the address that another account has it', async () => {
    const other = await Visitor.at(stage.browser, stage.url);
    const address = `${other.name}@example.com`;
    await other.createAccount(address);
    await other.leave();
    await visitor.createAccount();
    await press('Add: Email');
    await visitor.field('New email address').fill(address);
    await press('Send me a code');
    await visitor.isTold('A code is on its way');
    await visitor.field('Code that was sent to you').fill(latestCode(address));
    await press('Save');
    await isRefused('New email address', 'Another account has that email address.');
    expect(await visitor.field('New email address').inputValue()).toBe(address);
  });

  it('sees what happened in words, with time and browser, and earlier things by asking', async () => {
    await visitor.createAccount();
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight']) {
      await visitor.page.getByRole('button', { name: /^Rename / }).click();
      await visitor.field('Name').fill(name);
      await visitor.page.keyboard.press('Enter');
      await visitor.isTold(`Renamed to ${name}.`);
    }
    await press('Change: Username');
    await visitor.field('New username').fill(`${visitor.name}-2`);
    await visitor.page.keyboard.press('Enter');
    await visitor.isTold('Saved.');
    const events = visitor.page.locator('#events').getByRole('listitem');
    await press('Show what happened');
    await visitor.button('Show earlier').waitFor();
    expect(await events.count()).toBe(10);
    expect(await events.first().innerText()).toMatch(
      /^Changed: Username\s+today, \d+:\d\d.*Chrome on \w+\s+From the network 127\.0\.0\.0\/24$/,
    );
    expect(await events.first().evaluate((item) => item === document.activeElement)).toBe(true);
    await examine(visitor.page, 'events-phone', true);
    await press('Show earlier');
    await visitor.sees('Account created');
    expect(await visitor.button('Show earlier').isVisible()).toBe(false);
    const titles = await events.getByRole('heading').allInnerTexts();
    expect(titles.slice(0, 2)).toEqual(['Changed: Username', 'Passkey renamed']);
    expect(titles.slice(-3)).toEqual(['Signed in', 'Passkey added', 'Account created']);
    expect(titles).not.toContain('Something else');
  });

  it('deletes the account with a passkey at hand, and is signed out', async () => {
    await visitor.createAccount();
    await press('Delete account');
    const dialog = visitor.page.getByRole('dialog', { name: 'Delete your account?' });
    await examine(visitor.page, 'account-deletion-phone');
    await dialog.getByRole('button', { name: 'Keep the account' }).click();
    const remove = async () => {
      await press('Delete account');
      await dialog.getByRole('button', { name: 'Delete account' }).click();
    };
    // Somebody who finds the page open has no finger of its owner.
    await visitor.device.setUserVerified(false);
    await remove();
    await visitor.isTold('Nothing happened: it was cancelled');
    await visitor.page.reload();
    await visitor.isOnAccountPage();
    await visitor.device.setUserVerified(true);
    await remove();
    await visitor.page.waitForURL(`${stage.url}/`);
    await visitor.isTold('Your account is deleted.');
    expect(await visitor.device.credentials()).toEqual([]);
    expect(
      await stage.server.query('SELECT FROM passkey.user_identifiers WHERE value = $1', [visitor.name]),
    ).toEqual([]);
    await visitor.page.reload();
    await visitor.button('Continue').waitFor();
    expect(await visitor.page.getByText('Your account is deleted.').count()).toBe(0);
  });
});
