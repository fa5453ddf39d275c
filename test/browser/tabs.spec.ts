import type { Page } from 'playwright-core';
import { codesSentTo } from '../support/sent-codes';
import { untilAutofillListens } from './chromium';
import { setStage } from './stage';
import { Visitor } from './visitor';

describe('tabs of one browser', () => {
  const stage = setStage();
  let visitor: Visitor;

  beforeEach(async () => {
    visitor = await Visitor.at(stage.browser, stage.url);
  });
  afterEach(() => visitor.leave());

  const openTab = async (path: string): Promise<Page> => {
    const tab = await visitor.page.context().newPage();
    await tab.goto(stage.url + path);
    return tab;
  };

  /** Whoever has the account of `page` is signed out in another tab, and somebody else signs up there. */
  const somebodyElse = async (): Promise<string> => {
    const name = `other-${visitor.name}`;
    const tab = await openTab('/account');
    await tab.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await tab.close();
    const cookies = await cookiesOfNewAccount(name);
    await visitor.page.context().addCookies(cookies);
    return name;
  };

  const cookiesOfNewAccount = async (name: string) => {
    const other = await Visitor.at(stage.browser, stage.url);
    await other.createAccount(name);
    const cookies = await other.page.context().cookies();
    await other.leave();
    return cookies.filter((cookie) => cookie.name === 'experience_session');
  };

  const countOf = async (name: string, table: string) => {
    const [row] = await stage.server.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM passkey.${table} t
         JOIN passkey.user_identifiers i ON i.user_id = t.user_id WHERE i.value = $1`,
      [name],
    );
    return row!.count;
  };

  it.each([
    ['a passkey', 'Add a passkey', 'credential_records', 1],
    ['recovery codes', 'Create recovery codes', 'recovery_codes', 0],
  ])('give %s to nobody but who is shown, and say who is signed in now', async (_, button, table, before) => {
    await visitor.createAccount();
    const other = await somebodyElse();
    await visitor.button(button).click();
    await visitor.isTold(`${other} is signed in in this browser now.`);
    await visitor.isOnAccountPage(other);
    expect(await countOf(other, table)).toBe(before);
    expect(await countOf(visitor.name, table)).toBe(before);
    visitor.complaints.length = 0;
  });

  it('look again when somebody comes back to them', async () => {
    await visitor.createAccount();
    const other = await somebodyElse();
    await visitor.page.evaluate(() => dispatchEvent(new Event('focus')));
    await visitor.isTold(`${other} is signed in in this browser now.`);
    visitor.complaints.length = 0;
  });

  it('show nothing of an account that was signed out, also from the history of the browser', async () => {
    await visitor.createAccount();
    await visitor.page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
    );
    expect(await visitor.page.getByText(visitor.name).filter({ visible: true }).count()).toBe(0);
    await visitor.page.evaluate(() =>
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    );
    await visitor.sees(visitor.name);
    await visitor.page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await visitor.device.setPresent(false);
    await visitor.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await visitor.page.waitForURL(`${stage.url}/`);
    visitor.complaints.length = 0;
  });

  it('let a code be used that was sent in one of them, though another one listens for passkeys', async () => {
    await visitor.createAccount();
    const email = `${visitor.name}@example.com`;
    await stage.server.query(
      `INSERT INTO passkey.user_identifiers (tenant, type, value, user_id)
       SELECT 'default', 'email', $2, user_id FROM passkey.user_identifiers WHERE value = $1`,
      [visitor.name, email],
    );
    await visitor.signOut();
    await visitor.page.goto(`${stage.url}/#recover`);
    await visitor.field().fill(email);
    await visitor.button('Send me a code').click();
    await visitor.sees('a code is on its way');
    const tab = await openTab('/');
    await untilAutofillListens(tab);
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await untilAutofillListens(tab);
    const code = codesSentTo(stage.server, { value: email }).at(-1)!;
    await visitor.page.getByRole('textbox', { name: 'Code that was sent to you' }).fill(code);
    await visitor.page
      .getByRole('button', { name: 'Continue', exact: true })
      .and(visitor.page.locator(':visible'))
      .click();
    await visitor.page.waitForURL(/\/account/);
    visitor.complaints.length = 0;
  });
});
